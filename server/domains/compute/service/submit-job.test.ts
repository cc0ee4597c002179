import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { blobGrants, blobHolds } from "@/drizzle/schema/platform";
import { storeBlob } from "@/server/platform/blob-store/blobs";
import { systemInstanceContext } from "@/server/platform/context";
import { database } from "@/server/platform/db";
import { Conflict, Forbidden, Invalid, NotFound, Unauthenticated } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { clearQueue, testAgent, testHost } from "../testing/test-agents";
import { cordonAgent, getAgent, listAgents, removeAgent, uncordonAgent } from "./agents";
import { cancelJob } from "./cancel-job";
import { countJobs, getHistory, listQueue } from "./compute-overview";
import { createEnrolmentToken, registerAgent } from "./enrol-agent";
import { getJob, listJobs } from "./read-jobs";
import { retryJob, submitJob } from "./submit-job";

const admin = systemInstanceContext("test admin");
let a: TestProject;

beforeEach(async () => {
  await clearQueue();
  a = await testProject();
});

describe("submitJob", () => {
  it("fills defaults in and keeps the spec", async () => {
    const { jobId } = await submitJob(a.ctx, { name: "train", command: ["python", "-V"] });
    const job = await getJob(a.ctx, { jobId });
    expect(job).toMatchObject({ state: "queued", attempt: 0, resources: { cpus: 1, gpus: 0 }, attempts: [] });
    expect(job.spec).toMatchObject({ timeLimitSeconds: 86_400, maxAttempts: 1, onLostTouch: "requeue" });
    expect(job.pending?.reason).toBe("No agent is registered. Add one on the Compute page.");
    expect(job.submittedBy.name).toBe(a.ctx.actor.name);
  });

  it("answers a repeat under one Idempotency-Key with the same job", async () => {
    const ctx = { ...a.ctx, idempotencyKey: newId() };
    const first = await submitJob(ctx, { name: "once", command: ["true"] });
    expect(await submitJob(ctx, { name: "once", command: ["true"] })).toEqual(first);
    expect((await listJobs(a.ctx, {})).jobs).toHaveLength(1);
  });

  it.each([
    ["command", { command: [] }],
    ["command.0", { command: [""] }],
    ["command.1", { command: ["x", "a\u0000b"] }],
    ["name", { name: "" }],
    ["inputs.0.path", { inputs: [{ path: "../up", sha256: "a".repeat(64) }] }],
    ["inputs.0.path", { inputs: [{ path: "/abs", sha256: "a".repeat(64) }] }],
    ["code", { code: "nothex" }],
    ["code", { code: "b".repeat(64) }],
    ["inputs.0.sha256", { inputs: [{ path: "in", sha256: "b".repeat(64) }] }],
    ["env", { env: { SLIPWAY_TOKEN: "mine" } }],
    ["env.BIG", { env: { BIG: "x".repeat(40_000) } }],
    ["resources.cpus", { resources: { cpus: 0 } }],
    ["resources.gpus", { resources: { gpus: -1 } }],
    ["timeLimitSeconds", { timeLimitSeconds: 0 }],
    ["labels", { labels: Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`l${i}`, ""])) }],
  ])("refuses a bad %s by name", async (field, change) => {
    const attempt = submitJob(a.ctx, { name: "bad", command: ["true"], ...change });
    await expect(attempt).rejects.toBeInstanceOf(Invalid);
    await expect(attempt).rejects.toMatchObject({ detail: { field } });
    expect((await listJobs(a.ctx, {})).jobs).toHaveLength(0);
  });

  it("refuses a field that it does not know", async () => {
    const spec = { name: "typo", command: ["true"], timeLimitSecond: 5 };
    await expect(submitJob(a.ctx, spec)).rejects.toBeInstanceOf(Invalid);
  });

  it("is not for viewers, and other projects do not see the job", async () => {
    await expect(submitJob(await a.as("viewer"), { name: "no", command: ["true"] })).rejects.toBeInstanceOf(Forbidden);
    const { jobId } = await submitJob(a.ctx, { name: "mine", command: ["true"] });
    const b = await testProject();
    await expect(getJob(b.ctx, { jobId })).rejects.toBeInstanceOf(NotFound);
    await expect(cancelJob(b.ctx, { jobId })).rejects.toBeInstanceOf(NotFound);
    expect((await listJobs(b.ctx, {})).jobs).toEqual([]);
  });
});

describe("listJobs", () => {
  it("pages newest first without gaps or repeats, and filters", async () => {
    const ids: string[] = [];
    for (let i = 0; i < 7; i += 1) {
      const labels = { parity: i % 2 ? "odd" : "even" };
      ids.push((await submitJob(a.ctx, { name: `job 50%_${i}`, command: ["true"], labels })).jobId);
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listJobs(a.ctx, { limit: 3, cursor });
      seen.push(...page.jobs.map((job) => job.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual([...ids].reverse());
    expect((await listJobs(a.ctx, { label: { key: "parity", value: "odd" } })).jobs).toHaveLength(3);
    expect((await listJobs(a.ctx, { name: "50%_3" })).jobs).toHaveLength(1);
    expect((await listJobs(a.ctx, { name: "50x" })).jobs).toHaveLength(0);
    expect((await listJobs(a.ctx, { states: ["running"] })).jobs).toHaveLength(0);
    expect(await countJobs(a.ctx, {})).toEqual({ queued: 7 });
  });
});

describe("cancelJob and retryJob", () => {
  it("says that what a job ran with was given back, when it can't be tried again", async () => {
    const { sha256 } = await storeBlob(a.ctx, Readable.from([randomBytes(40)]), {});
    const { jobId } = await submitJob(a.ctx, { name: "old", command: ["true"], code: sha256 });
    await cancelJob(a.ctx, { jobId });
    await database().delete(blobHolds).where(eq(blobHolds.holderId, jobId));
    await database().delete(blobGrants).where(eq(blobGrants.sha256, sha256));
    await expect(retryJob(a.ctx, { jobId })).rejects.toMatchObject({
      code: "Conflict", message: "It can't be tried again: what a job ran with is given back 30 days after its end, and its code is gone. Submit it anew.",
    });
  });

  it("cancels a waiting job at once, twice is once", async () => {
    const { jobId } = await submitJob(a.ctx, { name: "c", command: ["true"] });
    expect(await cancelJob(a.ctx, { jobId })).toMatchObject({ state: "cancelled" });
    expect(await cancelJob(a.ctx, { jobId })).toMatchObject({ state: "cancelled" });
    expect((await getJob(a.ctx, { jobId })).message).toContain("while it waited");
  });

  it("tries a finished job again as a new one that names the old", async () => {
    const { jobId } = await submitJob(a.ctx, { name: "again", command: ["true"], env: { A: "1" } });
    await expect(retryJob(a.ctx, { jobId })).rejects.toBeInstanceOf(Conflict);
    await cancelJob(a.ctx, { jobId });
    const again = await getJob(a.ctx, await retryJob(a.ctx, { jobId }));
    expect(again).toMatchObject({ retryOf: jobId, state: "queued", spec: { env: { A: "1" } } });
  });
});

describe("listQueue", () => {
  it("orders by priority, then age, and says why each waits", async () => {
    await testAgent({ cpus: 1 });
    const low = await submitJob(a.ctx, { name: "low", command: ["true"], priority: -1 });
    const first = await submitJob(a.ctx, { name: "first", command: ["true"] });
    const big = await submitJob(a.ctx, { name: "big", command: ["true"], resources: { cpus: 8 }, priority: 5 });
    const queue = await listQueue(a.ctx, {});
    expect(queue.map((job) => job.id)).toEqual([big.jobId, first.jobId, low.jobId]);
    expect(queue[0]?.pending.reason).toContain("more than any connected agent has");
    expect(queue[1]?.pending).toMatchObject({ position: 2 });
    expect(await getHistory(a.ctx, { hours: 1 })).toEqual([]);
  });
});

describe("agents", () => {
  it("are let in once per token, and a repeat with the same credential is the same agent", async () => {
    const { token } = await createEnrolmentToken(admin, { note: "gpu host" });
    const request = {
      name: "gpu-1",
      protocol: 1,
      credential: `c_${newId()}${newId()}`,
      host: testHost,
      enrolmentToken: token,
    };
    const first = await registerAgent(systemInstanceContext("enrolment"), request);
    expect(await registerAgent(systemInstanceContext("enrolment"), request)).toEqual(first);
    const other = { ...request, credential: `c_${newId()}${newId()}` };
    await expect(registerAgent(systemInstanceContext("enrolment"), other)).rejects.toBeInstanceOf(Unauthenticated);
    await expect(createEnrolmentToken(a.ctx, {})).rejects.toBeInstanceOf(Forbidden);
  });

  it("are shown with what they hold, but not another project's jobs", async () => {
    const agent = await testAgent();
    const { jobId } = await submitJob(a.ctx, { name: "mine", command: ["true"], resources: { cpus: 2 } });
    await agent.claim();
    const b = await testProject();
    expect((await listAgents(b.ctx, {})).find((one) => one.id === agent.id)).toMatchObject({
      state: "online",
      held: { cpus: 2, jobs: 1 },
    });
    expect((await getAgent(a.ctx, { agentId: agent.id })).jobs).toMatchObject([{ id: jobId }]);
    expect((await getAgent(b.ctx, { agentId: agent.id })).jobs).toEqual([]);
  });

  it("get nothing while cordoned, and are nobody once removed", async () => {
    const agent = await testAgent();
    await submitJob(a.ctx, { name: "waits", command: ["true"] });
    await cordonAgent(admin, { agentId: agent.id, reason: "sick fan" });
    expect(await agent.claim()).toEqual([]);
    expect((await listQueue(a.ctx, {}))[0]?.pending.reason).toBe("Every connected agent is cordoned or draining.");
    await uncordonAgent(admin, { agentId: agent.id });
    expect(await agent.claim()).toHaveLength(1);
    await removeAgent(admin, { agentId: agent.id });
    await expect(agent.claim()).rejects.toBeInstanceOf(Unauthenticated);
    await expect(cordonAgent(a.ctx, { agentId: agent.id })).rejects.toBeInstanceOf(Forbidden);
  });
});
