/** What an API token may do: scopes, and the role each stands for. */
import type { Role } from "../context";
import { lowerRole } from "../context";

export const tokenScopes = ["read", "write", "manage"] as const;
export type TokenScope = (typeof tokenScopes)[number];

const roleOfScope: Record<TokenScope, Role> = { read: "viewer", write: "member", manage: "maintainer" };

/** The role of a token: the highest of its scopes, never above that of the person it belongs to. */
export function roleOfToken(scopes: readonly string[], ownerRole: Role): Role {
  let best: Role = "viewer";
  for (const scope of tokenScopes) {
    if (scopes.includes(scope)) best = roleOfScope[scope];
  }
  return lowerRole(best, ownerRole);
}
