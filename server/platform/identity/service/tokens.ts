import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { apiTokens, projects, users } from "@/drizzle/schema/identity";
import { appendAudit } from "../../audit/append";
import { hasRole } from "../../context";
import type { Tx } from "../../db";
import { Forbidden, NotFound } from "../../errors";
import { newId } from "../../ids";
import { instanceMutation, mutation, query } from "../../mutation";
import { assertMayPassRightsOn } from "../../policy/access";
import { roleOfToken } from "../../policy/token-scopes";
import { CreateTokenInput, ProjectSlug, RevokeTokenInput } from "../contract";
import { hashToken, mintToken } from "../secrets";

type NewToken = { kind: "project" | "admin"; projectId: string | null; userId: string | null; name: string; scopes: string[]; expiresInDays: number | null };

/** Stores the hash and gives the token: the only time that it is known. */
export async function insertToken(tx: Tx, made: NewToken): Promise<{ tokenId: string; token: string; hint: string }> {
  const token = mintToken();
  const tokenId = newId();
  const hint = `${token.slice(0, 8)}…${token.slice(-4)}`;
  const { expiresInDays, ...row } = made;
  const expiresAt = expiresInDays === null ? null : sql`now() + make_interval(days => ${expiresInDays})`;
  await tx.insert(apiTokens).values({ id: tokenId, hash: hashToken(token), hint, expiresAt, ...row });
  return { tokenId, token, hint };
}

export const createToken = mutation("identity.createToken", "member", CreateTokenInput, async ({ tx, ctx, input, subject }) => {
  assertMayPassRightsOn(ctx.actor, "A token");
  const asked = roleOfToken(input.scopes, "owner");
  if (!hasRole(ctx.role, asked)) throw new Forbidden(`As ${ctx.role} you can't make a token that acts as ${asked}.`, { field: "scopes" });
  const made = await insertToken(tx, { kind: "project", projectId: ctx.project.id, userId: ctx.actor.userId, ...input });
  subject({ kind: "token", id: made.tokenId, name: input.name }, { scopes: input.scopes, expiresInDays: input.expiresInDays });
  return made;
});

/** For scripts that set an installation up: a token of any project, by its slug, with the admin token. */
export const createProjectToken = instanceMutation(
  "identity.createProjectToken",
  "admin",
  CreateTokenInput.extend({ project: ProjectSlug }),
  async ({ tx, ctx, input, subject }) => {
    const [project] = await tx.select().from(projects).where(eq(projects.slug, input.project));
    if (!project) throw new NotFound(`There is no project ${input.project}.`);
    const { project: _, ...rest } = input;
    const made = await insertToken(tx, { kind: "project", projectId: project.id, userId: ctx.actor.userId, ...rest });
    const token = { kind: "token", id: made.tokenId, name: input.name };
    const details = { scopes: input.scopes, expiresInDays: input.expiresInDays };
    subject(token, { project: project.slug, ...details });
    // The row above stands in the installation's chain; the project's people read their own.
    await appendAudit(tx, { ...ctx, project, role: "owner" }, "identity.createProjectToken", token, details);
    return made;
  },
);

export const listTokens = query("identity.listTokens", "member", z.object({}), async ({ db, ctx }) => {
  const own = hasRole(ctx.role, "maintainer") ? [] : [eq(apiTokens.userId, ctx.actor.userId ?? ctx.actor.id)];
  return db
    .select({
      id: apiTokens.id, name: apiTokens.name, hint: apiTokens.hint, scopes: apiTokens.scopes, owner: users.name,
      createdAt: apiTokens.createdAt, expiresAt: apiTokens.expiresAt, lastUsedAt: apiTokens.lastUsedAt,
    })
    .from(apiTokens)
    .leftJoin(users, eq(users.id, apiTokens.userId))
    .where(and(eq(apiTokens.projectId, ctx.project.id), isNull(apiTokens.revokedAt), ...own))
    .orderBy(desc(apiTokens.createdAt))
    .limit(500);
});

/** One's own token, or any of the project for a maintainer. It stops working at once. */
export const revokeToken = mutation("identity.revokeToken", "member", RevokeTokenInput, async ({ tx, ctx, input, subject }) => {
  const own = hasRole(ctx.role, "maintainer") ? [] : [eq(apiTokens.userId, ctx.actor.userId ?? ctx.actor.id)];
  const [row] = await tx
    .update(apiTokens)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(apiTokens.projectId, ctx.project.id), eq(apiTokens.id, input.tokenId), isNull(apiTokens.revokedAt), ...own))
    .returning();
  if (!row) throw new NotFound("There is no such token that you may revoke.");
  subject({ kind: "token", id: row.id, name: row.name });
  return { tokenId: row.id };
});
