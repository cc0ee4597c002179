/** Roles as choices, lowest first. */
export type RoleName = "viewer" | "member" | "maintainer" | "owner";

export const roleOptions: { value: RoleName; label: string }[] = [
  { value: "viewer", label: "Viewer" },
  { value: "member", label: "Member" },
  { value: "maintainer", label: "Maintainer" },
  { value: "owner", label: "Owner" },
];

/** How a role is written where it stands by itself. */
export const roleLabel = (role: string): string => roleOptions.find((option) => option.value === role)?.label ?? role;

/** Whether `role` is not above `most`. */
export const isRoleWithin = (role: RoleName, most: RoleName): boolean =>
  roleOptions.findIndex((option) => option.value === role) <= roleOptions.findIndex((option) => option.value === most);

/** In a sentence: `a maintainer`, `an owner`. */
export const roleWords = (role: string): string => `${role === "owner" ? "an" : "a"} ${role}`;
