/** A repeated write gets the first answer again, and what is shown once does not lie in the database to be read. */
import { eq } from "drizzle-orm";
import { beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { idempotencyKeys } from "@/drizzle/schema/identity";
import type { ProjectContext } from "../context";
import { database } from "../db";
import { Forbidden } from "../errors";
import { newId } from "../ids";
import { mutation } from "../mutation";
import { createToken, listTokens } from "./service/tokens";
import { type TestProject, testProject } from "../testing/project";

let made: TestProject;

beforeEach(async () => {
  made = await testProject("owner");
});

const makeThing = mutation("test.makeThing", "member", z.object({}), async ({ subject }) => {
  const id = newId();
  subject({ kind: "thing", id });
  return { id };
});

const input = { name: "ci", scopes: ["read" as const], expiresInDays: 1 };

it("answers a repeat from the first write, once done", async () => {
  const ctx = { ...made.ctx, idempotencyKey: "once" };
  const first = await createToken(ctx, input);
  expect(await createToken(ctx, input)).toEqual(first);
  expect((await listTokens(made.ctx, {})).filter(({ name }) => name === "ci")).toHaveLength(1);
});

it("refuses the key for another request", async () => {
  const ctx = { ...made.ctx, idempotencyKey: "mixed" };
  await createToken(ctx, input);
  await expect(createToken(ctx, { ...input, name: "other" })).rejects.toMatchObject({ code: "Conflict" });
});

it("is the caller's own: who repeats another's key and input gets what they may do themselves, and none of the other's answer", async () => {
  const maintainer = { ...(await made.as("maintainer")), idempotencyKey: "shared" };
  const member = { ...(await made.as("member")), idempotencyKey: "shared" };
  const manage = { ...input, scopes: ["manage" as const] };
  await createToken(maintainer, manage);
  await expect(createToken(member, manage)).rejects.toBeInstanceOf(Forbidden);
  const theirs = await createToken({ ...maintainer, idempotencyKey: "plain" }, input);
  const own = await createToken({ ...member, idempotencyKey: "plain" }, input);
  expect(own.token).not.toBe(theirs.token);
});

it("is one for a person and their tokens, one for all attempts of a job, and another job's own", async () => {
  const speaker = (change: Partial<ProjectContext["actor"]>): ProjectContext => ({ ...made.ctx, actor: { ...made.ctx.actor, id: newId(), ...change }, idempotencyKey: "work" });
  const jobId = newId();
  const byToken = await makeThing(speaker({ kind: "token" }), {});
  expect(await makeThing(speaker({ kind: "user" }), {})).toEqual(byToken);
  const byJob = await makeThing(speaker({ kind: "attempt", attempt: { jobId, number: 1 } }), {});
  expect(await makeThing(speaker({ kind: "attempt", attempt: { jobId, number: 2 } }), {})).toEqual(byJob);
  const byAnother = await makeThing(speaker({ kind: "attempt", attempt: { jobId: newId(), number: 1 } }), {});
  const byNobodys = await makeThing(speaker({ kind: "token", userId: null }), {});
  expect(new Set([byToken.id, byJob.id, byAnother.id, byNobodys.id]).size).toBe(4);
});

it("keeps no token in the clear", async () => {
  const { token } = await createToken({ ...made.ctx, idempotencyKey: "secret" }, input);
  const [row] = await database().select().from(idempotencyKeys).where(eq(idempotencyKeys.scope, `${made.project.id}:${made.ctx.actor.id}`));
  expect(row?.response).toEqual(expect.any(String));
  expect(JSON.stringify(row)).not.toContain(token);
});
