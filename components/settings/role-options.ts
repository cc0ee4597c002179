/** Roles as choices, lowest first. */
export type RoleName = "viewer" | "member" | "maintainer" | "owner";

export const roleOptions: { value: RoleName; label: string }[] = [
  { value: "viewer", label: "viewer" },
  { value: "member", label: "member" },
  { value: "maintainer", label: "maintainer" },
  { value: "owner", label: "owner" },
];

/** Whether `role` is not above `most`. */
export const isRoleWithin = (role: RoleName, most: RoleName): boolean =>
  roleOptions.findIndex((option) => option.value === role) <= roleOptions.findIndex((option) => option.value === most);
