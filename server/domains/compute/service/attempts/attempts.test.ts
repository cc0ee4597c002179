
import { Readable } from "node:stream";
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { storeBlob } from "@/server/platform/blob-store/blobs";
import { database } from "@/server/platform/db";
import { Conflict, NotFound } from "@/server/platform/errors";
import { hashToken, isTokenShaped } from "@/server/platform/identity/secrets";
import { newId } from "@/server/platform/ids";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import type { SubmitJobInput } from "../../contract/job";
import type { AttemptResult, Claim } from "../../contract/protocol";
import { clearQueue, lapse, type TestAgent, testAgent, testHost } from "../../testing/test-agents";
import { cancelJob } from "../cancel-job";
import { getJob } from "../read-jobs";
import { readLogs, readUsage } from "../read-logs";
import { submitJob } from "../submit-job";
import { appendLogs } from "./append-logs";
import { resolveAttemptToken } from "./attempt-token";
import { claimJobs } from "./claim-jobs";
import { expireLeases } from "./expire-leases";
import { heartbeat } from "./heartbeat";
import { helloAgent } from "./hello-agent";
import { finishAttempt, reportUsage, startAttempt } from "./report-attempt";

let a: TestProject;
let agent: TestAgent;

const submit = async (change: Partial<SubmitJobInput> = {}) =>
  (await submitJob(a.ctx, { name: "j", command: ["true"], ...change })).jobId;
const stateOf = async (jobId: string) => (await getJob(a.ctx, { jobId })).state;

const done: AttemptResult = {
  cause: "completed",
  exitCode: 0,
  signal: null,
  message: "It ended with exit code 0.",
  ran: true,
  durationSeconds: 1,
  cpuSeconds: 1,
  maxMemoryBytes: 1,
};
const failed: AttemptResult = { ...done, cause: "exit_code", exitCode: 3, message: "It ended with exit code 3." };

async function claimOne(by = agent): Promise<Claim> {
  const [claim] = await by.claim(1);
  if (!claim) throw new Error("nothing was claimed");
  return claim;
}

const finish = ({ attemptId }: Claim, result: Partial<AttemptResult> = {}, by = agent) =>
  finishAttempt(by.ctx, { attemptId, result: { ...done, ...result } });
const append = ({ attemptId }: Claim, offset: number, text: string | Buffer, by = agent) =>
  appendLogs(by.ctx, { attemptId, offset, bytes: Buffer.from(text) });
const beat = (claims: Claim[], by = agent) => heartbeat(by.ctx, { attempts: claims.map((claim) => claim.attemptId) });

/** The sweep before was a moment ago: the next one expires instead of extending. */
async function sweptJustNow(): Promise<void> {
  await database().execute(sql`insert into compute_lease_watch (id, swept_at) values (1, clock_timestamp())
    on conflict (id) do update set swept_at = clock_timestamp()`);
}

beforeEach(async () => {
  await clearQueue();
  await sweptJustNow();
  a = await testProject();
  agent = await testAgent();
});

describe("claimJobs", () => {
  it("gives each job to one agent, however many ask at once", async () => {
    const ids = await Promise.all(
      Array.from({ length: 12 }, () => submit({ resources: { cpus: 0.1, memoryBytes: 2 ** 26 } })),
    );
    const agents = [agent, ...(await Promise.all([1, 2, 3].map(() => testAgent())))];
    const claims: Claim[] = [];
    for (let round = 0; claims.length < ids.length && round < 20; round += 1) {
      claims.push(...(await Promise.all(agents.map((one) => one.claim(2)))).flat());
    }
    expect(claims.map((claim) => claim.jobId).sort()).toEqual([...ids].sort());
    expect(new Set(claims.map((claim) => claim.attemptId)).size).toBe(ids.length);
  });

  it("gives no more than fits, and more once something ended", async () => {
    for (let i = 0; i < 3; i += 1) await submit({ resources: { cpus: 2 } });
    const claims = await agent.claim();
    expect(claims).toHaveLength(2);
    expect(await agent.claim()).toEqual([]);
    await finish(claims[0] as Claim);
    expect(await agent.claim()).toHaveLength(1);
  });

  it("assigns GPUs by UUID, none twice", async () => {
    const gpus = ["GPU-a", "GPU-b"].map((uuid, index) => ({
      index,
      uuid,
      model: "H100",
      memoryBytes: 1,
      busId: "",
      migEnabled: false,
    }));
    const host = await testAgent({ gpus });
    for (let i = 0; i < 3; i += 1) await submit({ resources: { gpus: 1 } });
    const claims = await host.claim();
    expect(claims.flatMap((claim) => claim.devices).sort()).toEqual(["GPU-a", "GPU-b"]);
    expect(await agent.claim()).toEqual([]);
  });

  it("keeps jobs that need Python from an agent without it", async () => {
    const { sha256 } = await storeBlob(a.ctx, Readable.from([Buffer.from("numpy")]), {});
    await submit({ environment: { kind: "python", requirementsSha256: sha256 } });
    const bare = await testAgent({ pythons: [] });
    expect(await bare.claim()).toEqual([]);
    expect(await agent.claim()).toHaveLength(1);
  });

  it("answers the same claim again, token and all", async () => {
    await submit();
    const request = { claimId: newId(), max: 5 };
    const first = await claimJobs(agent.ctx, request);
    const again = await claimJobs(agent.ctx, request);
    expect(again.claims).toEqual(first.claims);
    expect(first.claims).toHaveLength(1);
  });

  it("hands out a token that lives as long as the attempt may write", async () => {
    const jobId = await submit();
    const claim = await claimOne();
    expect(isTokenShaped(claim.token)).toBe(true);
    const who = () => resolveAttemptToken(database(), hashToken(claim.token));
    expect(await who()).toMatchObject({ jobId, attempt: 1, project: { id: a.project.id } });
    await finish(claim);
    expect(await who()).toBeNull();
  });
});

describe("a run", () => {
  it("goes queued, preparing, running, succeeded", async () => {
    const jobId = await submit();
    const claim = await claimOne();
    expect(await stateOf(jobId)).toBe("preparing");
    await startAttempt(agent.ctx, { attemptId: claim.attemptId });
    expect(await stateOf(jobId)).toBe("running");
    await finish(claim);
    const job = await getJob(a.ctx, { jobId });
    expect(job).toMatchObject({ state: "succeeded", cause: "completed", exitCode: 0, attempt: 1 });
    expect(job.finishedAt?.getTime()).toBeGreaterThanOrEqual(job.startedAt?.getTime() ?? Number.POSITIVE_INFINITY);
  });

  it("takes every report twice and out of order", async () => {
    const jobId = await submit();
    const claim = await claimOne();
    await finish(claim, failed);
    await finish(claim, failed);
    await startAttempt(agent.ctx, { attemptId: claim.attemptId });
    await finish(claim, done);
    await append(claim, 0, "late log\n");
    const job = await getJob(a.ctx, { jobId });
    expect(job).toMatchObject({ state: "failed", cause: "exit_code", exitCode: 3, attempt: 1 });
    expect((await readLogs(a.ctx, { jobId })).text).toBe("late log\n");
    const usage = { second: 10, cpus: 0.5, memoryBytes: 100, gpus: [] };
    await reportUsage(agent.ctx, { attemptId: claim.attemptId, usage });
    await reportUsage(agent.ctx, { attemptId: claim.attemptId, usage });
    expect(await readUsage(a.ctx, { jobId })).toMatchObject([{ cpus: 0.5, memoryBytes: 100 }]);
  });

  it("is tried again as often as it may, and blames nobody for a stopped agent", async () => {
    const jobId = await submit({ maxAttempts: 2 });
    await finish(await claimOne(), { cause: "agent_stopped" });
    expect(await stateOf(jobId)).toBe("queued");
    await finish(await claimOne(), failed);
    const waiting = await getJob(a.ctx, { jobId });
    expect(waiting).toMatchObject({ state: "queued", attempt: 2 });
    expect(waiting.pending?.reason).toMatch(/^It is tried again in/);
    await database().execute(sql`update compute_jobs set not_before = null where id = ${jobId}`);
    await finish(await claimOne(), failed);
    expect(await getJob(a.ctx, { jobId })).toMatchObject({ state: "failed", attempt: 3 });
  });

  it("belongs to its agent: another one's reports are not found", async () => {
    await submit();
    const claim = await claimOne();
    const liar = await testAgent();
    await expect(finish(claim, {}, liar)).rejects.toBeInstanceOf(NotFound);
    await expect(append(claim, 0, "x", liar)).rejects.toBeInstanceOf(NotFound);
    await expect(startAttempt(liar.ctx, { attemptId: claim.attemptId })).rejects.toBeInstanceOf(NotFound);
    expect(await beat([claim], liar)).toEqual({
      extended: [],
      stop: [{ attemptId: claim.attemptId, reason: "stale" }],
    });
  });
});

describe("leases", () => {
  it("that lapse put the job back in the queue, and the attempt is stale once it is claimed again", async () => {
    const jobId = await submit();
    const first = await claimOne();
    await startAttempt(agent.ctx, { attemptId: first.attemptId });
    await lapse(first.attemptId);
    expect(await expireLeases()).toMatchObject({ expired: 1 });
    expect(await stateOf(jobId)).toBe("queued");
    await append(first, 0, "spooled while away\n");
    const second = await claimOne(await testAgent());
    expect(second).toMatchObject({ jobId, attempt: 2 });
    for (const write of [
      () => finish(first),
      () => append(first, 19, "more"),
      () => startAttempt(agent.ctx, { attemptId: first.attemptId }),
    ]) {
      await expect(write()).rejects.toBeInstanceOf(Conflict);
    }
    expect(await beat([first])).toEqual({ extended: [], stop: [{ attemptId: first.attemptId, reason: "stale" }] });
    expect(await resolveAttemptToken(database(), hashToken(first.token))).toBeNull();
    expect((await readLogs(a.ctx, { jobId, attempt: 1 })).text).toBe("spooled while away\n");
    expect(await getJob(a.ctx, { jobId })).toMatchObject({ state: "preparing", attempt: 2 });
  });

  it("a lapsed attempt that nobody replaced goes on at its next heartbeat", async () => {
    const jobId = await submit();
    const claim = await claimOne();
    await startAttempt(agent.ctx, { attemptId: claim.attemptId });
    await lapse(claim.attemptId);
    await expireLeases();
    expect(await beat([claim])).toEqual({ extended: [claim.attemptId], stop: [] });
    expect(await stateOf(jobId)).toBe("running");
    await finish(claim);
    expect(await stateOf(jobId)).toBe("succeeded");
  });

  it("a lapsed attempt's result is taken while no higher attempt exists, even after the job was lost", async () => {
    const jobId = await submit();
    const claim = await claimOne();
    await database().execute(sql`update compute_jobs set unblamed = 7 where id = ${jobId}`);
    await lapse(claim.attemptId);
    await expireLeases();
    expect(await stateOf(jobId)).toBe("lost");
    await finish(claim);
    expect(await getJob(a.ctx, { jobId })).toMatchObject({ state: "succeeded", attempt: 1 });
  });

  it.each(["agent_stopped", "agent_lost"] as const)("an end that its agent told (%s) is not undone by a heartbeat from before it", async (cause) => {
    const jobId = await submit();
    const claim = await claimOne();
    if (cause === "agent_lost") {
      await lapse(claim.attemptId);
      await expireLeases();
    }
    const isKnown = async () => (await resolveAttemptToken(database(), hashToken(claim.token))) !== null;
    expect(await isKnown()).toBe(true);
    await finish(claim, { cause });
    expect(await beat([claim])).toMatchObject({ extended: [] });
    expect([await stateOf(jobId), await isKnown()]).toEqual(["queued", false]);
    expect(await claimOne(await testAgent())).toMatchObject({ jobId, attempt: 2 });
  });

  it("news of an end that comes an hour late tells when it was", async () => {
    const jobId = await submit();
    const claim = await claimOne();
    await startAttempt(agent.ctx, { attemptId: claim.attemptId });
    await database().execute(sql`update compute_attempts set started_at = now() - interval '1 hour' where id = ${claim.attemptId}`);
    await finish(claim, { durationSeconds: 90 });
    const { startedAt, finishedAt, attempts } = await getJob(a.ctx, { jobId });
    for (const one of [{ startedAt, finishedAt }, ...attempts]) expect(Number(one.finishedAt) - Number(one.startedAt)).toBe(90_000);
  });

  it("are extended, not expired, by a server that was away", async () => {
    const jobId = await submit();
    const claim = await claimOne();
    await lapse(claim.attemptId);
    await database().execute(sql`update compute_lease_watch set swept_at = now() - interval '10 minutes'`);
    expect(await expireLeases()).toEqual({ expired: 0, extended: 1 });
    expect(await expireLeases()).toEqual({ expired: 0, extended: 0 });
    expect(await stateOf(jobId)).toBe("preparing");
  });

  it("of a job that holds are kept for a day", async () => {
    const jobId = await submit({ onLostTouch: "hold" });
    const claim = await claimOne();
    await lapse(claim.attemptId);
    expect(await expireLeases()).toMatchObject({ expired: 0 });
    expect(await getJob(a.ctx, { jobId })).toMatchObject({ state: "preparing", outOfTouch: true });
    await database().execute(
      sql`update compute_attempts set lease_until = now() - interval '25 hours' where id = ${claim.attemptId}`,
    );
    expect(await expireLeases()).toMatchObject({ expired: 1 });
    expect(await stateOf(jobId)).toBe("queued");
  });

  it("survive two sweeps at once", async () => {
    const ids = await Promise.all([1, 2, 3].map(() => submit({ resources: { cpus: 1 } })));
    const claims = await agent.claim();
    for (const claim of claims) await lapse(claim.attemptId);
    const sweeps = await Promise.all([expireLeases(), expireLeases(), expireLeases()]);
    expect(sweeps.reduce((sum, sweep) => sum + sweep.expired, 0)).toBe(3);
    for (const jobId of ids) expect(await getJob(a.ctx, { jobId })).toMatchObject({ state: "queued", attempt: 1 });
  });

  it("an agent that comes back without an attempt gives it back at once", async () => {
    const [kept, gone] = [await submit(), await submit()];
    const claims = await agent.claim();
    const keep = claims.find((claim) => claim.jobId === kept);
    const hello = await helloAgent(agent.ctx, {
      protocol: 1,
      name: "back",
      host: testHost,
      attempts: [keep?.attemptId ?? ""],
    });
    expect(hello).toMatchObject({ mayClaim: true, notices: [] });
    expect([await stateOf(kept), await stateOf(gone)]).toEqual(["preparing", "queued"]);
    const old = await helloAgent(agent.ctx, {
      protocol: 9,
      name: "old",
      host: { ...testHost, pythons: [] },
      attempts: [keep?.attemptId ?? ""],
    });
    expect(old).toMatchObject({ mayClaim: false });
    expect(old.notices).toHaveLength(2);
    expect(await agent.claim()).toEqual([]);
  });
});

describe("cancelJob against a running attempt", () => {
  it("tells the agent, takes its log meanwhile, and ends cancelled", async () => {
    const jobId = await submit({ maxAttempts: 5 });
    const claim = await claimOne();
    await startAttempt(agent.ctx, { attemptId: claim.attemptId });
    expect(await cancelJob(a.ctx, { jobId })).toMatchObject({ state: "running" });
    expect((await beat([claim])).stop).toEqual([{ attemptId: claim.attemptId, reason: "cancelled" }]);
    const polled = await claimJobs(agent.ctx, { claimId: newId(), max: 0, attempts: [claim.attemptId] });
    expect(polled.stop).toHaveLength(1);
    await append(claim, 0, "shutting down\n");
    await finish(claim, { cause: "cancelled", exitCode: null, signal: "SIGTERM" });
    expect(await getJob(a.ctx, { jobId })).toMatchObject({ state: "cancelled", cause: "cancelled" });
    await expect(append(claim, 14, "after\n")).rejects.toBeInstanceOf(Conflict);
    await expect(finish(claim)).rejects.toBeInstanceOf(Conflict);
  });

  it("loses to a result that came first, and wins over a lost agent", async () => {
    const first = await submit();
    const claim = await claimOne();
    await cancelJob(a.ctx, { jobId: first });
    await finish(claim);
    expect(await stateOf(first)).toBe("succeeded");
    await expect(cancelJob(a.ctx, { jobId: first })).resolves.toMatchObject({ state: "succeeded" });
    const second = await submit();
    const lost = await claimOne();
    await cancelJob(a.ctx, { jobId: second });
    await lapse(lost.attemptId);
    await expireLeases();
    expect(await stateOf(second)).toBe("cancelled");
  });

  it("and a result at the same moment leave one legal end", async () => {
    for (let i = 0; i < 10; i += 1) {
      const jobId = await submit();
      const claim = await claimOne();
      await Promise.allSettled([cancelJob(a.ctx, { jobId }), finish(claim), finish(claim, failed)]);
      expect(["succeeded", "failed"]).toContain(await stateOf(jobId));
    }
  });

  it("an agent's own word does not cancel", async () => {
    const jobId = await submit();
    await finish(await claimOne(), { cause: "cancelled" });
    expect(await stateOf(jobId)).toBe("queued");
  });
});
