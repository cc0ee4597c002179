/** The identities that the access tests call as: tokens for the gateway, session cookies for tRPC. */
import { eq, sql } from "drizzle-orm";
import { encode } from "next-auth/jwt";
import { apiTokens, sessions, users } from "@/drizzle/schema/identity";
import { type Role, roles } from "@/server/platform/context";
import { database } from "@/server/platform/db";
import { sessionSecret } from "@/server/platform/env";
import { sessionCookieName } from "@/server/platform/identity/cookie";
import { insertToken, revokeToken } from "@/server/platform/identity/service/tokens";
import { createSession, revokeSession } from "@/server/platform/identity/sessions";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import type { Access } from "./access-table";

export type Answer = "in" | 401 | 403 | 404;

/** Whether a role reaches a verb: 403 below what it asks for. */
export function answerFor(role: Role, access: Access): Answer {
  if (access === "user") return "in";
  if (access === "admin") return 403;
  return roles.indexOf(role) >= roles.indexOf(access) ? "in" : 403;
}

// ---- Tokens ----------------------------------------------------------------------------------------------------------

export const tokenKinds = ["garbage", "expired", "revoked", "viewer", "member", "maintainer", "admin"] as const;
export type TokenKind = (typeof tokenKinds)[number];

async function makeToken(project: TestProject, scopes: string[], kind: "project" | "admin" = "project") {
  const projectId = kind === "project" ? project.project.id : null;
  return database().transaction((tx) =>
    insertToken(tx, { kind, projectId, userId: null, name: "t", scopes, expiresInDays: null }),
  );
}

export async function makeTokens(project: TestProject): Promise<Record<TokenKind, string>> {
  const expired = await makeToken(project, ["manage"]);
  await database()
    .update(apiTokens)
    .set({ expiresAt: sql`now() - interval '1 second'` })
    .where(eq(apiTokens.id, expired.tokenId));
  const revoked = await makeToken(project, ["manage"]);
  await revokeToken(project.ctx, { tokenId: revoked.tokenId });
  return {
    garbage: "slw_0000000000000000000000000000000000_000000",
    expired: expired.token,
    revoked: revoked.token,
    viewer: (await makeToken(project, ["read"])).token,
    member: (await makeToken(project, ["write"])).token,
    maintainer: (await makeToken(project, ["manage"])).token,
    admin: (await makeToken(project, [], "admin")).token,
  };
}

// ---- Sessions --------------------------------------------------------------------------------------------------------

async function cookieOf(sid: string): Promise<string> {
  return `${sessionCookieName()}=${await encode({ token: { sid }, secret: sessionSecret() })}`;
}

async function signIn(userId: string): Promise<{ sessionId: string; cookie: string }> {
  const sessionId = await createSession(database(), userId, null);
  return { sessionId, cookie: await cookieOf(sessionId) };
}

export const people = ["nobody", "forged", "expired", "revoked", "disabled", "stranger", ...roles, "admin"] as const;
export type Person = (typeof people)[number];

/** A session cookie of a person made for this one call, so that no call spoils the next. */
export async function cookieFor(person: Person, project: TestProject): Promise<string | null> {
  if (person === "nobody") return null;
  if (person === "forged") return `${sessionCookieName()}=${await encode({ token: { sid: "x" }, secret: "another" })}`;
  if (person === "stranger") return (await signIn((await (await testProject()).as("owner")).actor.id)).cookie;
  const role = (roles as readonly string[]).includes(person) ? (person as Role) : "owner";
  const { id } = (await project.as(role)).actor;
  const { sessionId, cookie } = await signIn(id);
  if (person === "expired") {
    const past = { expiresAt: sql`now() - interval '1 second'` };
    await database().update(sessions).set(past).where(eq(sessions.id, sessionId));
  }
  if (person === "revoked") await revokeSession(database(), sessionId);
  if (person === "disabled") await database().update(users).set({ disabledAt: sql`now()` }).where(eq(users.id, id));
  if (person === "admin") await database().update(users).set({ isAdmin: true }).where(eq(users.id, id));
  return cookie;
}
