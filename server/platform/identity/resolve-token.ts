/** API tokens → who asks. A project's token acts in its project only; an admin token in no project. */
import { and, eq, gt, isNull, or, sql } from "drizzle-orm";
import { apiTokens, memberships, projects, users } from "@/drizzle/schema/identity";
import type { Actor, Project, Role } from "../context";
import type { Db } from "../db";
import { roleOfToken } from "../policy/token-scopes";

export type TokenIdentity = { actor: Actor; project: Project | null; role: Role | null };

/** Null for a token that is unknown, expired, revoked, or whose person lost the project. */
export async function resolveApiToken(db: Db, hash: string): Promise<TokenIdentity | null> {
  const [row] = await db
    .select({
      id: apiTokens.id, kind: apiTokens.kind, name: apiTokens.name, scopes: apiTokens.scopes, userId: apiTokens.userId,
      lastUsedAt: apiTokens.lastUsedAt, isDisabled: sql<boolean>`${users.disabledAt} is not null`, isAdmin: users.isAdmin,
      project: { id: projects.id, slug: projects.slug, name: projects.name }, role: memberships.role, archivedAt: projects.archivedAt,
    })
    .from(apiTokens)
    .leftJoin(users, eq(users.id, apiTokens.userId))
    .leftJoin(projects, eq(projects.id, apiTokens.projectId))
    .leftJoin(memberships, and(eq(memberships.projectId, apiTokens.projectId), eq(memberships.userId, apiTokens.userId)))
    .where(and(eq(apiTokens.hash, hash), isNull(apiTokens.revokedAt), or(isNull(apiTokens.expiresAt), gt(apiTokens.expiresAt, sql`now()`))));
  if (!row || row.isDisabled || row.archivedAt) return null;
  await touch(db, row.id, row.lastUsedAt);
  const isAdminToken = row.kind === "admin";
  const actor: Actor = { kind: "token", id: row.id, name: row.name, userId: row.userId, isAdmin: isAdminToken };
  if (isAdminToken) return { actor, project: null, role: null };
  if (!row.project) return null;
  // A token without a person is the installation's own, made at first start; it keeps its scopes' role.
  const personRole = row.userId === null || row.isAdmin ? "owner" : (row.role as Role | null);
  if (!personRole) return null;
  return { actor, project: row.project, role: roleOfToken(row.scopes, personRole) };
}

/** Last use is kept to the minute, so that a busy token does not write on each request. */
async function touch(db: Db, id: string, lastUsedAt: Date | null): Promise<void> {
  if (lastUsedAt && Date.now() - lastUsedAt.getTime() < 60_000) return;
  await db.update(apiTokens).set({ lastUsedAt: sql`now()` }).where(eq(apiTokens.id, id));
}
