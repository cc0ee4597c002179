/** One-time links stand in for mail: the first owner's, invitations, password resets. */
import { and, eq, isNull, sql } from "drizzle-orm";
import { memberships, oneTimeLinks, projects, users } from "@/drizzle/schema/identity";
import { appendAudit } from "../audit/append";
import type { Actor } from "../context";
import { type Database, database, type Db, type Tx } from "../db";
import { publicUrl } from "../env";
import { Conflict, Invalid, NotFound, unlessTaken } from "../errors";
import { newId } from "../ids";
import { parseInput } from "../verb";
import { AcceptLinkInput, type LinkFacts, type LinkKind } from "./contract";
import { hashPassword, hashToken, mintLinkSecret } from "./secrets";
import { createSession, revokeSessionsOf } from "./sessions";

const hoursOf: Record<LinkKind, number> = { first_owner: 24, invitation: 24 * 7, password_reset: 24 };

export type NewLink = { kind: LinkKind; projectId?: string; userId?: string; role?: string; email?: string | null; createdBy?: string | null };

/** Makes a link and gives its URL: the only time that its secret is known. */
export async function createOneTimeLink(db: Db, link: NewLink): Promise<{ id: string; url: string }> {
  const secret = mintLinkSecret();
  const id = newId();
  const expiresAt = sql`now() + make_interval(hours => ${hoursOf[link.kind]})`;
  await db.insert(oneTimeLinks).values({ id, secretHash: hashToken(secret), expiresAt, ...link });
  return { id, url: `${publicUrl()}/welcome#${secret}` };
}

/** A new reset ends the older ones of that person. */
export async function endPasswordResets(db: Db, userId: string): Promise<void> {
  await db.update(oneTimeLinks).set({ usedAt: sql`now()` }).where(and(eq(oneTimeLinks.kind, "password_reset"), eq(oneTimeLinks.userId, userId), isNull(oneTimeLinks.usedAt)));
}

type LinkRow = typeof oneTimeLinks.$inferSelect;

export async function findOpenLink(db: Db, secret: string): Promise<LinkRow> {
  const [row] = await db
    .select({ link: oneTimeLinks, project: { name: projects.name, archivedAt: projects.archivedAt }, now: sql`now()`.mapWith(oneTimeLinks.expiresAt) })
    .from(oneTimeLinks)
    .leftJoin(projects, eq(projects.id, oneTimeLinks.projectId))
    .where(eq(oneTimeLinks.secretHash, hashToken(secret)));
  if (!row) throw new NotFound("There is no such link here. Copy all of it, or ask for a new one.");
  if (row.link.usedAt) throw new NotFound("This link works once, and was used already or taken back. If you used it, sign in; else ask for a new one.");
  if (row.link.expiresAt.getTime() <= row.now.getTime()) throw new NotFound("This link has expired. Ask for a new one; if you have an account, sign in.");
  if (row.project?.archivedAt) throw new NotFound(`The project ${row.project.name} is archived: nobody can join it until an admin restores it.`);
  return row.link;
}

export async function readLink(db: Db, secret: string): Promise<LinkFacts> {
  const row = await findOpenLink(db, secret);
  const [project] = row.projectId ? await db.select().from(projects).where(eq(projects.id, row.projectId)) : [];
  const [user] = row.userId ? await db.select().from(users).where(eq(users.id, row.userId)) : [];
  return {
    kind: row.kind as LinkKind,
    project: project?.name ?? null,
    role: row.role,
    email: row.email ?? user?.email ?? null,
    expiresAt: row.expiresAt,
  };
}

/** Uses the link up: makes or mends the account, adds the membership, and signs the person in. */
export async function acceptLink(db: Database, raw: unknown, userAgent: string | null): Promise<{ sessionId: string; email: string }> {
  const input = parseInput(AcceptLinkInput, raw);
  const passwordHash = await hashPassword(input.password);
  return db.transaction(async (tx) => {
    const link = await findOpenLink(tx, input.secret);
    const used = await tx
      .update(oneTimeLinks)
      .set({ usedAt: sql`now()` })
      .where(and(eq(oneTimeLinks.id, link.id), isNull(oneTimeLinks.usedAt)))
      .returning({ id: oneTimeLinks.id });
    if (used.length === 0) throw new Conflict("This link was used a moment ago.");
    const user = link.kind === "password_reset" ? await resetPassword(tx, link, passwordHash) : await makeUser(tx, link, input, passwordHash);
    await auditAcceptance(tx, link, user);
    return { sessionId: await createSession(tx, user.id, userAgent), email: user.email };
  });
}

type Person = { id: string; name: string; email: string };

async function resetPassword(tx: Tx, link: LinkRow, passwordHash: string): Promise<Person> {
  const [user] = await tx.update(users).set({ passwordHash }).where(eq(users.id, link.userId ?? "")).returning();
  if (!user) throw new NotFound("The account is gone.");
  await revokeSessionsOf(tx, user.id);
  return user;
}

const emailTaken = () => new Conflict("There is an account with this e-mail already: choose \"I have an account\" and sign in to join.", { field: "email" });

async function makeUser(tx: Tx, link: LinkRow, input: { name?: string; email?: string }, passwordHash: string): Promise<Person> {
  const email = link.email ?? input.email;
  if (!input.name) throw new Invalid("name: say what people call you.", { field: "name" });
  if (!email) throw new Invalid("email: an e-mail address is needed to sign in.", { field: "email" });
  const [taken] = await tx.select().from(users).where(eq(sql`lower(${users.email})`, email.toLowerCase()));
  if (taken) throw emailTaken();
  const isFirst = link.kind === "first_owner";
  const making = tx.insert(users).values({ id: newId(), email: email.toLowerCase(), name: input.name, passwordHash, isAdmin: isFirst }).returning();
  const [user] = await unlessTaken(making, emailTaken);
  if (!user) throw new Error("the account was not made");
  if (link.projectId) {
    await tx.insert(memberships).values({ projectId: link.projectId, userId: user.id, role: link.role ?? "member" });
  }
  if (isFirst) {
    const all = await tx.select({ id: projects.id }).from(projects);
    for (const { id } of all) await tx.insert(memberships).values({ projectId: id, userId: user.id, role: "owner" }).onConflictDoNothing();
  }
  return user;
}

async function auditAcceptance(tx: Tx, link: LinkRow, user: Person): Promise<void> {
  const actor: Actor = { kind: "user", id: user.id, name: user.name, userId: user.id, isAdmin: false };
  const [project] = link.projectId ? await tx.select().from(projects).where(eq(projects.id, link.projectId)) : [];
  const ctx = { actor, requestId: newId() };
  const scoped = project ? { ...ctx, project, role: "viewer" as const } : ctx;
  const subject = { kind: "user", id: user.id, name: user.name };
  await appendAudit(tx, scoped, "identity.acceptLink", subject, { kind: link.kind, role: link.role });
  if (link.kind !== "first_owner") return;
  // Each project has a chain of its own: whoever reads one finds its owner's coming there.
  for (const owned of await tx.select().from(projects))
    await appendAudit(tx, { ...ctx, project: owned, role: "owner" }, "identity.acceptLink", subject, { kind: link.kind, role: "owner" });
}

/** Whether anybody could sign in at all. */
export async function hasAccounts(): Promise<boolean> {
  return (await database().select({ id: users.id }).from(users).limit(1)).length > 0;
}

/** A fresh link for the first owner, while there is no account yet. Older ones end. */
export async function firstOwnerLink(): Promise<string | null> {
  const db = database();
  if (await hasAccounts()) return null;
  await db.update(oneTimeLinks).set({ usedAt: sql`now()` }).where(and(eq(oneTimeLinks.kind, "first_owner"), isNull(oneTimeLinks.usedAt)));
  return (await createOneTimeLink(db, { kind: "first_owner" })).url;
}
