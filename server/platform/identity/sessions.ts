/** Sessions live in the database: the cookie carries a session id only, and revoking deletes the row. */
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { sessions, users } from "@/drizzle/schema/identity";
import type { Actor } from "../context";
import type { Db } from "../db";
import { newId } from "../ids";

export const sessionDays = 14;

export async function createSession(db: Db, userId: string, userAgent: string | null): Promise<string> {
  const id = newId();
  const expiresAt = sql`now() + make_interval(days => ${sessionDays})`;
  await db.insert(sessions).values({ id, userId, userAgent: userAgent?.slice(0, 300) ?? null, expiresAt });
  return id;
}

/** The person behind a session id, or null when it expired, was revoked, or the account is disabled. */
export async function resolveSession(db: Db, sessionId: string): Promise<Actor | null> {
  const [row] = await db
    .select({ userId: users.id, name: users.name, isAdmin: users.isAdmin })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.id, sessionId), gt(sessions.expiresAt, sql`now()`), isNull(users.disabledAt)));
  if (!row) return null;
  return { kind: "user", id: row.userId, name: row.name, userId: row.userId, isAdmin: row.isAdmin };
}

export async function revokeSession(db: Db, sessionId: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.id, sessionId));
}

export async function revokeSessionsOf(db: Db, userId: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.userId, userId));
}
