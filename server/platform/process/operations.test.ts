import { sql } from "drizzle-orm";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { ProjectContext } from "../context";
import { database } from "../db";
import { Invalid, Unavailable } from "../errors";
import { mutation } from "../mutation";
import { cancelOperation, defineOperation, getOperation, giveUpAbandoned, runOperation, startOperation } from "../operations";
import { testProject } from "../testing/project";

/** What the next tries do, in order; after the last one it goes well. */
const faults: Error[] = [];
let meanwhile: () => Promise<unknown> = async () => {};
/** Payload holders that were let go of, in the transaction that ended it. */
const released: string[] = [];

const flaky = defineOperation({
  kind: "test-flaky",
  schema: z.object({}),
  run: async ({ progress }) => {
    await progress("working", 0.5);
    await meanwhile();
    const fault = faults.shift();
    if (fault) throw fault;
    return { done: true };
  },
  ended: async (_tx, projectId) => void released.push(projectId),
});

const start = mutation("operations.startFlaky", "member", z.object({}), async (write) => {
  const subject = { kind: "test", id: "1", name: "flaky" };
  write.subject(subject, {});
  return startOperation(write, flaky, subject, {});
});

const run = (operationId: string) => runOperation.run({ operationId }, { attempt: 1, maxAttempts: 12, signal: new AbortController().signal });

/** The queue's rows for it: how many, and whether any may run. */
async function queued(operationId: string) {
  const { rows } = await database().execute<{ later: boolean }>(
    sql`select run_at > now() as later from graphile_worker._private_jobs where payload->>'operationId' = ${operationId} order by id`,
  );
  return rows.map(({ later }) => (later ? "later" : "now"));
}

const useUp = (operationId: string) =>
  database().execute(sql`update graphile_worker._private_jobs set attempts = max_attempts where payload->>'operationId' = ${operationId}`);

async function started(): Promise<{ ctx: ProjectContext; operationId: string }> {
  const { ctx } = await testProject("member");
  return { ctx, ...(await start(ctx, {})) };
}

afterEach(() => {
  faults.length = 0;
  released.length = 0;
  meanwhile = async () => {};
});

describe("an operation", () => {
  it("is tried again later when the database went away, and then succeeds", async () => {
    const { ctx, operationId } = await started();
    faults.push(Object.assign(new Error("terminating connection"), { code: "57P01", severity: "FATAL" }), new Error("Client has encountered a connection error and is not queryable"));
    await run(operationId);
    expect(await getOperation(ctx, { operationId })).toMatchObject({ state: "running", error: null });
    expect(await queued(operationId)).toEqual(["later"]);
    await run(operationId);
    expect(await getOperation(ctx, { operationId })).toMatchObject({ state: "running" });
    await run(operationId);
    expect(await getOperation(ctx, { operationId })).toMatchObject({ state: "succeeded", result: { done: true } });
    expect(released).toEqual([]);
  });

  const noFile = Object.assign(new Error("ENOENT: no such file"), { code: "ENOENT", syscall: "open" });
  it.each([
    ["what its input lacks", new Invalid("There are no rows."), "There are no rows."],
    ["a model that can't be loaded", new Unavailable("The model can't be loaded: bad graph"), "The model can't be loaded: bad graph"],
    ["a file that is not there", noFile, "An unexpected error ended it; the server's log has the details."],
  ])("fails at once for %s", async (_what, fault, error) => {
    const { ctx, operationId } = await started();
    faults.push(fault);
    await run(operationId);
    expect(await getOperation(ctx, { operationId })).toMatchObject({ state: "failed", error });
    expect(released).toEqual([ctx.project.id]);
  });

  it("that was cancelled while it ran stays so, whatever its run ends with, and lets go once", async () => {
    for (const fault of [new Invalid("There are no rows."), null]) {
      const { ctx, operationId } = await started();
      meanwhile = () => cancelOperation(ctx, { operationId });
      if (fault) faults.push(fault);
      await run(operationId);
      expect(await getOperation(ctx, { operationId })).toMatchObject({ state: "cancelled", error: null, result: null });
      expect(released.filter((id) => id === ctx.project.id)).toHaveLength(1);
    }
  });

  it("is given up, and says so, once every try has ended with its worker", async () => {
    const { ctx, operationId } = await started();
    const alive = await start(ctx, {});
    await giveUpAbandoned();
    expect(await getOperation(ctx, { operationId })).toMatchObject({ state: "queued" });
    await useUp(operationId);
    await giveUpAbandoned();
    const { state, error } = await getOperation(ctx, { operationId });
    expect([state, error]).toEqual(["failed", expect.stringMatching(/^It was given up after 0 tries: each ended with its worker/)]);
    expect(released).toEqual([ctx.project.id]);
    expect(await getOperation(ctx, alive)).toMatchObject({ state: "queued" });
    expect(await queued(operationId)).toEqual([]);
    await giveUpAbandoned();
    expect(released).toHaveLength(1);
  });
});
