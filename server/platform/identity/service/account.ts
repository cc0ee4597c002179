/** A person's own account: name, password, and the browsers that are signed in. */
import { and, desc, eq, gt, ne, sql } from "drizzle-orm";
import { z } from "zod";
import { sessions, users } from "@/drizzle/schema/identity";
import type { InstanceContext } from "../../context";
import { type Db, database } from "../../db";
import { Forbidden, Invalid, NotFound } from "../../errors";
import { instanceMutation, instanceQuery } from "../../mutation";
import { type AccountView, ChangePasswordInput, RenameAccountInput, RevokeSessionInput } from "../contract";
import { hashPassword, verifyPassword } from "../secrets";
import { countPasswordTry, givePasswordTryBack } from "../sign-in";

/** Tokens have no account: these verbs are for someone who signed in. */
function personOf({ actor }: InstanceContext): string {
  if (actor.kind !== "user" || !actor.userId) throw new Forbidden("An account is changed by its person, signed in, not by a token.");
  return actor.userId;
}

async function requireUser(db: Db, id: string): Promise<typeof users.$inferSelect> {
  const [user] = await db.select().from(users).where(eq(users.id, id));
  if (!user) throw new NotFound("The account is gone.");
  return user;
}

export const getAccount = instanceQuery("identity.getAccount", "user", z.object({}), async ({ db, ctx }): Promise<AccountView> => {
  const id = personOf(ctx);
  const { name, email, isAdmin, createdAt } = await requireUser(db, id);
  const open = await db
    .select({ id: sessions.id, userAgent: sessions.userAgent, createdAt: sessions.createdAt, lastSeenAt: sessions.lastSeenAt, expiresAt: sessions.expiresAt })
    .from(sessions)
    .where(and(eq(sessions.userId, id), gt(sessions.expiresAt, sql`now()`)))
    .orderBy(desc(sessions.lastSeenAt))
    .limit(200);
  return { name, email, isAdmin, createdAt, sessions: open.map((session) => ({ ...session, isThis: session.id === ctx.actor.sessionId })) };
});

export const renameAccount = instanceMutation("identity.renameAccount", "user", RenameAccountInput, async ({ tx, ctx, input, subject }) => {
  const id = personOf(ctx);
  await tx.update(users).set({ name: input.name }).where(eq(users.id, id));
  subject({ kind: "user", id, name: input.name });
  return { name: input.name };
});

/** Ends every other session: whoever knew the old password is out. */
export const changePassword = instanceMutation("identity.changePassword", "user", ChangePasswordInput, async ({ tx, ctx, input, subject }) => {
  const id = personOf(ctx);
  const user = await requireUser(tx, id);
  // Counted outside this transaction, which ends with the refusal.
  await countPasswordTry(database(), user.email);
  if (!(await verifyPassword(input.current, user.passwordHash))) throw new Invalid("The current password is wrong.", { field: "current" });
  await givePasswordTryBack(database(), user.email);
  await tx.update(users).set({ passwordHash: await hashPassword(input.next) }).where(eq(users.id, id));
  const ended = await tx.delete(sessions).where(and(eq(sessions.userId, id), ne(sessions.id, ctx.actor.sessionId ?? id))).returning({ id: sessions.id });
  subject({ kind: "user", id, name: user.name }, { sessionsEnded: ended.length });
  return { sessionsEnded: ended.length };
});

export const revokeSession = instanceMutation("identity.revokeSession", "user", RevokeSessionInput, async ({ tx, ctx, input, subject }) => {
  const id = personOf(ctx);
  const ended = await tx.delete(sessions).where(and(eq(sessions.userId, id), eq(sessions.id, input.sessionId))).returning({ id: sessions.id });
  if (ended.length === 0) throw new NotFound("That session has ended already.");
  subject({ kind: "user", id, name: ctx.actor.name });
  return {};
});

/** All of them, or all but the one that asks. */
export const revokeSessions = instanceMutation("identity.revokeSessions", "user", z.object({ keepThis: z.boolean().default(true) }), async ({ tx, ctx, input, subject }) => {
  const id = personOf(ctx);
  const kept = input.keepThis && ctx.actor.sessionId ? [ne(sessions.id, ctx.actor.sessionId)] : [];
  const ended = await tx.delete(sessions).where(and(eq(sessions.userId, id), ...kept)).returning({ id: sessions.id });
  subject({ kind: "user", id, name: ctx.actor.name }, { sessionsEnded: ended.length });
  return { sessionsEnded: ended.length };
});
