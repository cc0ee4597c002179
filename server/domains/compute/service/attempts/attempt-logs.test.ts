/** Logs and usage of attempts: every byte once, in order, whatever comes twice, late or stale. */
import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { database } from "@/server/platform/db";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import type { SubmitJobInput } from "../../contract/job";
import type { AttemptResult, Claim } from "../../contract/protocol";
import { clearQueue, type TestAgent, testAgent } from "../../testing/test-agents";
import { purgeLogs } from "../purge-logs";
import { getJob } from "../read-jobs";
import { downloadLog, readLogs } from "../read-logs";
import { submitJob } from "../submit-job";
import { appendLogs } from "./append-logs";
import { finishAttempt } from "./report-attempt";

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

async function claimOne(by = agent): Promise<Claim> {
  const [claim] = await by.claim(1);
  if (!claim) throw new Error("nothing was claimed");
  return claim;
}

const finish = ({ attemptId }: Claim, result: Partial<AttemptResult> = {}, by = agent) =>
  finishAttempt(by.ctx, { attemptId, result: { ...done, ...result } });
const append = ({ attemptId }: Claim, offset: number, text: string | Buffer, by = agent) =>
  appendLogs(by.ctx, { attemptId, offset, bytes: Buffer.from(text) });

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

describe("logs", () => {
  it("keep every byte once and in order through repeats and overlaps, also at once", async () => {
    const jobId = await submit();
    const claim = await claimOne();
    const text = randomBytes(6_000).toString("hex");
    const cuts = [0, 1_000, 1_500, 4_000, 9_000, text.length];
    for (let i = 1; i < cuts.length; i += 1) {
      const [from = 0, to = 0] = [cuts[i - 1], cuts[i]];
      const early = Math.max(0, from - 300);
      await Promise.all([
        append(claim, from, text.slice(from, to)),
        append(claim, early, text.slice(early, to)),
        append(claim, to + 10, "too early"),
      ]);
    }
    const log = await readLogs(a.ctx, { jobId });
    expect(log).toMatchObject({ text, size: text.length, from: 0, to: text.length, gaps: [], ended: false });
    await finish(claim);
    expect((await readLogs(a.ctx, { jobId, offset: -10 })).text).toBe(text.slice(-10));
  });

  it("are read without cutting characters", async () => {
    const jobId = await submit();
    const text = "naïve €uro 🚀 ".repeat(200);
    const claim = await claimOne();
    await append(claim, 0, text);
    await finish(claim);
    let read = "";
    for (let at = 0; ; ) {
      const slice = await readLogs(a.ctx, { jobId, offset: at, limit: 17 });
      read += slice.text;
      at = slice.to;
      if (at >= slice.size) break;
    }
    expect(read).toBe(text);
  });

  it("say what the bound left out, and what the agent dropped", async () => {
    const jobId = await submit();
    const claim = await claimOne();
    await append(claim, 0, "head\n");
    await appendLogs(agent.ctx, {
      attemptId: claim.attemptId,
      offset: 1_000,
      skipped: 995,
      bytes: Buffer.from("tail\n"),
    });
    await finish(claim);
    const log = await readLogs(a.ctx, { jobId });
    expect(log).toMatchObject({ text: "head\n", to: 5, size: 1_005, gaps: [{ from: 5, to: 1_000 }] });
    expect((await readLogs(a.ctx, { jobId, offset: log.to })).text).toBe("tail\n");
    const { bytes } = await downloadLog(a.ctx, { jobId });
    const parts: Uint8Array[] = [];
    for await (const part of bytes) parts.push(part);
    expect(Buffer.concat(parts).toString()).toBe("head\n\n[slipway: 995 bytes left out here]\ntail\n");
  });

  it("of 100 MB keep the head and the tail", async () => {
    const jobId = await submit();
    const claim = await claimOne();
    const megabyte = 1024 * 1024;
    for (let i = 0; i < 100; i += 1) await append(claim, i * megabyte, Buffer.alloc(megabyte, 65 + (i % 26)));
    const log = await readLogs(a.ctx, { jobId, offset: -megabyte, limit: megabyte });
    expect(log).toMatchObject({ size: 100 * megabyte, gaps: [{ from: 32 * megabyte, to: 68 * megabyte }] });
    expect(log.text).toBe(String.fromCharCode(65 + (99 % 26)).repeat(megabyte));
    const kept = await database().execute<{ n: number }>(
      sql`select sum(length)::int as n from compute_log_chunks where attempt_id = ${claim.attemptId}`,
    );
    expect(kept.rows[0]?.n).toBe(64 * megabyte);
  });

  it("go when their time is over; the job's record stays", async () => {
    const jobId = await submit();
    const claim = await claimOne();
    await append(claim, 0, "old\n");
    await finish(claim);
    expect(await purgeLogs(1)).toBe(0);
    await database().execute(
      sql`update compute_attempts set finished_at = now() - interval '2 days' where id = ${claim.attemptId}`,
    );
    expect(await purgeLogs(1)).toBeGreaterThanOrEqual(1);
    expect(await readLogs(a.ctx, { jobId })).toMatchObject({ text: "", expired: true, size: 4 });
    expect(await stateOf(jobId)).toBe("succeeded");
    // What comes later yet is taken as sent, and kept no more.
    expect(await append(claim, 4, "late\n")).toEqual({ size: 9 });
    expect(await readLogs(a.ctx, { jobId })).toMatchObject({ text: "", size: 4 });
  });
});

it("refuses a result that makes no sense", async () => {
  await submit();
  const { attemptId } = await claimOne();
  const nonsense = { attemptId, result: { ...done, cause: "because" as never } };
  await expect(finishAttempt(agent.ctx, nonsense)).rejects.toMatchObject({ detail: { field: "result.cause" } });
});
