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
    .select({ userId: users.id, name: users.name, isAdmin: users.isAdmin, lastSeenAt: sessions.lastSeenAt })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.id, sessionId), gt(sessions.expiresAt, sql`now()`), isNull(users.disabledAt)));
  if (!row) return null;
  await touch(db, sessionId, row.lastSeenAt);
  return { kind: "user", id: row.userId, name: row.name, userId: row.userId, isAdmin: row.isAdmin, sessionId };
}

/** Kept to the minute, so that a page's many calls don't each write. */
async function touch(db: Db, sessionId: string, lastSeenAt: Date): Promise<void> {
  if (Date.now() - lastSeenAt.getTime() < 60_000) return;
  await db.update(sessions).set({ lastSeenAt: sql`now()` }).where(eq(sessions.id, sessionId));
}

export async function revokeSession(db: Db, sessionId: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.id, sessionId));
}

export async function revokeSessionsOf(db: Db, userId: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.userId, userId));
}
