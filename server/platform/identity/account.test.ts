/** Accounts on the real database: the limit on sign-ins, links that end, sessions that are revoked, projects put away. */
import { eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { memberships, oneTimeLinks, sessions, signInAttempts, users } from "@/drizzle/schema/identity";
import { sealAudit, verifyAudit } from "../audit/seal";
import { listAudit } from "../audit/service";
import type { Actor, InstanceContext } from "../context";
import { database } from "../db";
import { Conflict, Forbidden, Invalid, NotFound, TooMany, Unauthenticated } from "../errors";
import { newId } from "../ids";
import { oneOfEight } from "../testing/one-of-eight";
import { type TestProject, testProject } from "../testing/project";
import { acceptLink, createOneTimeLink, readLink } from "./one-time-links";
import { projectContextOf } from "./project-access";
import { resolveApiToken } from "./resolve-token";
import { hashPassword, hashToken } from "./secrets";
import { changePassword, getAccount, revokeSession, revokeSessions } from "./service/account";
import { joinProject } from "./service/join-project";
import { createPasswordReset, inviteMember, listInvitations, listMembers, revokeInvitation } from "./service/members";
import { archiveProject, createProject, listArchivedProjects, listProjects, restoreProject, updateProject } from "./service/projects";
import { createProjectToken, createToken } from "./service/tokens";
import { createSession, resolveSession } from "./sessions";
import { signIn } from "./sign-in";

const password = "a long enough password";
const secretOf = (url: string) => url.split("#")[1] ?? "";
const linkOf = (secret: string) => eq(oneTimeLinks.secretHash, hashToken(secret));
let a: TestProject;
let email = "";
let hash = "";
/** As if so many had gone before. */
const setFailures = (mail: string, failures: number) => database().insert(signInAttempts).values({ subject: `email:${mail}`, failures, windowStart: sql`now()` }).onConflictDoUpdate({ target: signInAttempts.subject, set: { failures } });
const address = () => ({ address: `10.0.0.${newId()}`, userAgent: "test" });

async function invited(input: { role?: "viewer" | "member"; email?: string } = {}): Promise<string> {
  const { url } = await inviteMember(a.ctx, { role: input.role ?? "member", email: input.email ?? null });
  return secretOf(url);
}

/** A member with a password, signed in; the hash is made once, for it is slow by design. */
async function makePerson(mail = `p-${newId()}@example.test`): Promise<{ ctx: InstanceContext & { actor: Actor }; sessionId: string; email: string }> {
  const id = newId();
  await database().insert(users).values({ id, email: mail, name: "Pia", passwordHash: hash });
  await database().insert(memberships).values({ projectId: a.project.id, userId: id, role: "member" });
  const sessionId = await createSession(database(), id, "test");
  const actor = await resolveSession(database(), sessionId);
  if (!actor) throw new Error("no session");
  return { ctx: { actor, requestId: newId() }, sessionId, email: mail };
}

beforeAll(async () => {
  hash = await hashPassword(password);
});
beforeEach(async () => {
  a = await testProject();
  email = `p-${newId()}@example.test`;
});

describe("signing in", () => {
  it("is refused after eight wrong passwords, also with the right one, whatever the address; another person is not touched", async () => {
    await makePerson(email);
    const other = await makePerson();
    await expect(signIn(database(), { email, password: "wrong" }, address())).rejects.toThrow(Unauthenticated);
    expect(await database().select().from(signInAttempts).where(eq(signInAttempts.subject, `email:${email}`))).toMatchObject([{ failures: 1 }]);
    await setFailures(email, 7);
    await expect(signIn(database(), { email, password: "wrong" }, address())).rejects.toThrow(Unauthenticated);
    await expect(signIn(database(), { email: email.toUpperCase(), password }, address())).rejects.toThrow(TooMany);
    await expect(signIn(database(), { email, password }, address())).rejects.toMatchObject({ detail: { retryAfterSeconds: expect.any(Number) } });
    expect(await signIn(database(), { email: other.email, password }, address())).toMatchObject({ email: other.email });
    await database().execute(sql`update sign_in_attempts set window_start = now() - interval '16 minutes' where subject = ${`email:${email}`}`);
    expect(await signIn(database(), { email, password }, address())).toMatchObject({ email });
  });

  it("lets eight of thirty wrong passwords at the same time be tried", async () => {
    await makePerson(email);
    const from = address();
    const tries = await Promise.all(Array.from({ length: 30 }, () => signIn(database(), { email, password: "wrong" }, from).catch((error: Error) => error.constructor)));
    expect(tries.filter((refusal) => refusal === Unauthenticated)).toHaveLength(8);
    expect(tries.filter((refusal) => refusal === TooMany)).toHaveLength(22);
    await expect(signIn(database(), { email, password }, address())).rejects.toThrow(TooMany);
    // A refused try counts for nothing: the address has 32 left.
    expect(await database().select().from(signInAttempts).where(eq(signInAttempts.subject, `address:${from.address}`))).toMatchObject([{ failures: 8 }]);
  });

  it("counts no right password, however many at the same time", async () => {
    await makePerson(email);
    const from = address();
    await signIn(database(), { email, password: "wrong" }, from).catch(() => undefined);
    await Promise.all(Array.from({ length: 6 }, () => signIn(database(), { email, password }, from)));
    expect(await database().select().from(signInAttempts).where(eq(signInAttempts.subject, `email:${email}`))).toEqual([]);
    expect(await database().select().from(signInAttempts).where(eq(signInAttempts.subject, `address:${from.address}`))).toMatchObject([{ failures: 1 }]);
  });

  it("answers the same for an unknown e-mail and a disabled account", async () => {
    await makePerson(email);
    await database().update(users).set({ disabledAt: sql`now()` }).where(eq(users.email, email));
    const messages = await Promise.all([email, "nobody@example.test"].map((mail) => signIn(database(), { email: mail, password }, address()).catch((error: Error) => error.message)));
    expect(messages).toEqual(["E-mail or password is wrong.", "E-mail or password is wrong."]);
  });
});

describe("a one-time link", () => {
  it("works once, also when two use it at the same time", async () => {
    const secret = await invited();
    const tries = await Promise.allSettled([1, 2].map((n) => acceptLink(database(), { secret, name: "Pia", email: `${n}-${email}`, password }, null)));
    expect(tries.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(readLink(database(), secret)).rejects.toThrow(NotFound);
    expect((await listMembers(a.ctx, {})).filter((member) => member.name === "Pia")).toHaveLength(1);
  });

  it("of eight links for one e-mail, used at once, makes one account", async () => {
    const secrets = await Promise.all(Array.from({ length: 8 }, () => invited()));
    expect(await oneOfEight((n) => acceptLink(database(), { secret: secrets[n] ?? "", name: "Pia", email, password }, null))).toEqual([expect.stringContaining("There is an account with this e-mail already")]);
  });

  it("of the first owner is told in the chain of each project that they own by it", async () => {
    const other = await testProject();
    const secret = secretOf((await createOneTimeLink(database(), { kind: "first_owner" })).url);
    await acceptLink(database(), { secret, name: "Ada", email, password }, null);
    for (const { ctx, project } of [a, other]) {
      const { rows } = await listAudit(ctx, { action: "identity.acceptLink" });
      expect(rows).toMatchObject([{ actorName: "Ada", actorKind: "user", subjectKind: "user", subjectName: "Ada", details: { kind: "first_owner", role: "owner" } }]);
      await sealAudit(database());
      expect(await verifyAudit(database(), project.id)).toMatchObject({ sealed: 1, unsealed: 0, brokenAt: null });
    }
  });

  it("ends at its time, and when it is revoked", async () => {
    const [late, revoked] = [await invited(), await invited({ email })];
    await database().update(oneTimeLinks).set({ expiresAt: sql`now() - interval '1 second'` }).where(linkOf(late));
    const open = await listInvitations(a.ctx, {});
    expect(open).toMatchObject([{ email, role: "member" }]);
    await revokeInvitation(a.ctx, { linkId: open[0]?.id ?? "" });
    expect(await listInvitations(a.ctx, {})).toEqual([]);
    for (const secret of [late, revoked, "x".repeat(43)]) await expect(acceptLink(database(), { secret, name: "Pia", email, password }, null)).rejects.toThrow(NotFound);
  });

  it("into a project that is archived says so", async () => {
    const secret = await invited();
    await archiveProject({ ...a.ctx, actor: (await makePerson()).ctx.actor }, { slug: a.project.slug });
    await expect(readLink(database(), secret)).rejects.toThrow(`The project ${a.project.name} is archived: nobody can join it until an admin restores it.`);
  });

  it("fixes the address it was made for", async () => {
    const { email: got } = await acceptLink(database(), { secret: await invited({ email }), name: "Pia", email: "other@example.test", password }, null);
    expect(got).toBe(email);
  });

  it("lets a person with an account join another project, once, and only the one it is for", async () => {
    const person = await makePerson();
    const home = a;
    a = await testProject();
    await expect(acceptLink(database(), { secret: await invited(), name: "Pia", email: person.email, password }, null)).rejects.toThrow(Conflict);
    await expect(joinProject(person.ctx, { secret: await invited({ email: "someone@example.test" }) })).rejects.toThrow(Forbidden);
    const secret = await invited({ role: "viewer" });
    expect(await joinProject(person.ctx, { secret })).toEqual({ project: a.project.slug });
    expect((await listAudit(a.ctx, { action: "identity.joinProject" })).rows).toMatchObject([{ actorName: "Pia", details: { role: "viewer" } }]);
    await expect(joinProject(person.ctx, { secret })).rejects.toThrow(NotFound);
    expect((await listProjects(person.ctx, {})).map((project) => project.slug).sort()).toEqual([home.project.slug, a.project.slug].sort());
    expect(await projectContextOf(database(), person.ctx.actor, a.project.slug, "r")).toMatchObject({ role: "viewer" });
  });

  it("resets a password for an admin only: the older reset and all sessions end", async () => {
    const person = await makePerson();
    const userId = person.ctx.actor.userId ?? "";
    await expect(createPasswordReset(a.ctx, { userId })).rejects.toThrow(Forbidden);
    const admin = { ...a.ctx, actor: { ...a.ctx.actor, isAdmin: true } };
    const [first, second] = [await createPasswordReset(admin, { userId }), await createPasswordReset(admin, { userId })];
    await expect(readLink(database(), secretOf(first.url))).rejects.toThrow(NotFound);
    await acceptLink(database(), { secret: secretOf(second.url), password: "another long password" }, null);
    expect(await resolveSession(database(), person.sessionId)).toBeNull();
    await expect(signIn(database(), { email: person.email, password }, address())).rejects.toThrow(Unauthenticated);
    expect(await signIn(database(), { email: person.email, password: "another long password" }, address())).toMatchObject({ email: person.email });
  });
});

describe("an account", () => {
  it("lists its sessions and ends one, the others, or all", async () => {
    const person = await makePerson();
    const userId = person.ctx.actor.userId ?? "";
    const [second] = await Promise.all([1, 2, 3].map(() => createSession(database(), userId, "another browser")));
    const other = await makePerson();
    const { sessions: open } = await getAccount(person.ctx, {});
    expect(open).toHaveLength(4);
    expect(open.filter((session) => session.isThis)).toMatchObject([{ id: person.sessionId }]);
    await expect(revokeSession(other.ctx, { sessionId: second ?? "" })).rejects.toThrow(NotFound);
    await revokeSession(person.ctx, { sessionId: second ?? "" });
    expect(await resolveSession(database(), second ?? "")).toBeNull();
    expect(await revokeSessions(person.ctx, {})).toEqual({ sessionsEnded: 2 });
    expect(await resolveSession(database(), person.sessionId)).not.toBeNull();
    expect(await revokeSessions(person.ctx, { keepThis: false })).toEqual({ sessionsEnded: 1 });
    expect(await resolveSession(database(), other.sessionId)).not.toBeNull();
  });

  it("changes its password with the current one, and ends the other sessions", async () => {
    const person = await makePerson();
    await createSession(database(), person.ctx.actor.userId ?? "", "another browser");
    await expect(changePassword(person.ctx, { current: "not it", next: "another long password" })).rejects.toThrow(Invalid);
    await expect(changePassword(person.ctx, { current: password, next: "short" })).rejects.toMatchObject({ detail: { field: "next" } });
    expect(await changePassword(person.ctx, { current: password, next: "another long password" })).toEqual({ sessionsEnded: 1 });
    expect(await database().select().from(sessions).where(eq(sessions.userId, person.ctx.actor.userId ?? ""))).toMatchObject([{ id: person.sessionId }]);
    await setFailures(person.email, 8);
    await expect(changePassword(person.ctx, { current: "another long password", next: password })).rejects.toThrow(TooMany);
  });

  it("is not a token's", async () => {
    const token: Actor = { kind: "token", id: newId(), name: "t", userId: a.ctx.actor.userId, isAdmin: true };
    await expect(getAccount({ actor: token, requestId: "r" }, {})).rejects.toThrow(Forbidden);
  });
});

describe("a job's own token", () => {
  it("makes nothing that would outlive the job, whatever its person may do; a token of theirs does", async () => {
    const { userId } = a.ctx.actor;
    const attempt: Actor = { kind: "attempt", id: newId(), name: "train", userId, isAdmin: true, attempt: { jobId: newId(), number: 1 } };
    const job = { ...a.ctx, actor: attempt };
    const input = { name: "kept", scopes: ["write" as const], expiresInDays: null };
    await expect(createToken(job, input)).rejects.toThrow(Forbidden);
    await expect(inviteMember(job, { role: "viewer", email: null })).rejects.toThrow(Forbidden);
    await expect(createPasswordReset(job, { userId: userId ?? "" })).rejects.toThrow(Forbidden);
    expect(await createToken({ ...a.ctx, actor: { ...attempt, kind: "token", attempt: undefined } }, input)).toMatchObject({ token: expect.stringMatching(/^slw_/) });
  });
});

describe("a project", () => {
  const admin = (): InstanceContext => ({ ...a.ctx, actor: { ...a.ctx.actor, isAdmin: true } });

  it("is made by an admin, who owns it, and renamed by an owner; the slug is taken once", async () => {
    const slug = `made-${newId().slice(-8)}`;
    await expect(createProject({ actor: a.ctx.actor, requestId: "r" }, { slug, name: "Made" })).rejects.toThrow(Forbidden);
    await createProject(admin(), { slug, name: "Made" });
    await expect(createProject(admin(), { slug, name: "Again" })).rejects.toThrow(Conflict);
    await expect(createProject(admin(), { slug: "Not A Slug", name: "x" })).rejects.toThrow(Invalid);
    const ctx = await projectContextOf(database(), a.ctx.actor, slug, "r");
    expect(ctx.role).toBe("owner");
    expect((await listAudit(ctx, {})).rows).toMatchObject([{ action: "identity.createProject", subjectName: slug }]);
    expect(await updateProject(ctx, { name: "Renamed", description: "why" })).toMatchObject({ slug, name: "Renamed", description: "why" });
    await expect(updateProject(await a.as("maintainer"), { name: "Mine" })).rejects.toThrow(Forbidden);
  });

  it("that is archived is gone for its people, tokens and invitations until an admin restores it", async () => {
    const { token } = await createToken(a.ctx, { name: "t", scopes: ["write"] });
    const secret = await invited();
    await expect(archiveProject(a.ctx, { slug: "something-else" })).rejects.toThrow(Invalid);
    await expect(archiveProject(await a.as("maintainer"), { slug: a.project.slug })).rejects.toThrow(Forbidden);
    await archiveProject(a.ctx, { slug: a.project.slug });
    await expect(projectContextOf(database(), a.ctx.actor, a.project.slug, "r")).rejects.toThrow(NotFound);
    expect(await resolveApiToken(database(), hashToken(token))).toBeNull();
    await expect(readLink(database(), secret)).rejects.toThrow(NotFound);
    expect(await listProjects({ actor: a.ctx.actor, requestId: "r" }, {})).toEqual([]);
    expect((await listArchivedProjects(admin(), {})).map((project) => project.slug)).toContain(a.project.slug);
    await expect(restoreProject({ actor: a.ctx.actor, requestId: "r" }, { project: a.project.slug })).rejects.toThrow(Forbidden);
    await restoreProject(admin(), { project: a.project.slug });
    await expect(restoreProject(admin(), { project: a.project.slug })).rejects.toThrow(NotFound);
    expect(await resolveApiToken(database(), hashToken(token))).toMatchObject({ role: "member" });
    expect(await projectContextOf(database(), a.ctx.actor, a.project.slug, "r")).toMatchObject({ role: "owner" });
    expect(await readLink(database(), secret)).toMatchObject({ kind: "invitation" });
  });
});

describe("a token that is made for a project from outside", () => {
  it("stands in the project's chain", async () => {
    const { ctx } = await makePerson();
    const made = await createProjectToken({ ...ctx, actor: { ...ctx.actor, isAdmin: true } }, { project: a.project.slug, name: "ci", scopes: ["read"] });
    expect((await listAudit(a.ctx, { action: "identity.createProjectToken" })).rows).toMatchObject([{ actorName: "Pia", subjectKind: "token", subjectId: made.tokenId, subjectName: "ci", details: { scopes: ["read"] } }]);
    await sealAudit(database());
    expect(await verifyAudit(database(), a.project.id)).toMatchObject({ unsealed: 0, brokenAt: null });
  });
});
