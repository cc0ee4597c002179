/** A large job under a stream of small ones, through the verbs that an agent calls. */
import { sql } from "drizzle-orm";
import { beforeEach, expect, it } from "vitest";
import { database } from "@/server/platform/db";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import type { AttemptResult } from "../../contract/protocol";
import { clearQueue, type TestAgent, testAgent } from "../../testing/test-agents";
import { finishAttempt, startAttempt } from "../attempts/report-attempt";
import { cancelJob } from "../cancel-job";
import { getJob } from "../read-jobs";
import { submitJob } from "../submit-job";
import { reserveNow } from "./keep-reservations";

let a: TestProject;
let agent: TestAgent;

const done: AttemptResult = { cause: "completed", exitCode: 0, signal: null, message: "", ran: true, durationSeconds: 1, cpuSeconds: 1, maxMemoryBytes: 1 };
const submit = async (name: string, cpus: number, change: object = {}) => (await submitJob(a.ctx, { name, command: [name], resources: { cpus }, ...change })).jobId;
const waited = (jobId: string, minutes: number) => database().execute(sql`update compute_jobs set created_at = now() - make_interval(mins => ${minutes}) where id = ${jobId}`);
const claimed = async () => (await agent.claim()).map(({ spec }) => spec.name);
const reason = async (jobId: string) => (await getJob(a.ctx, { jobId })).pending?.reason ?? "";

/** It runs from now on; ends it. */
async function startNext(): Promise<() => Promise<unknown>> {
  const [claim] = await agent.claim(1);
  const attemptId = claim?.attemptId ?? "";
  await startAttempt(agent.ctx, { attemptId });
  return () => finishAttempt(agent.ctx, { attemptId, result: done });
}

/** Waited for long by a job of all 4 cores, under one of 3 cores that may take ten minutes. */
async function keptForLarge(): Promise<{ large: string; endFirst: () => Promise<unknown> }> {
  await submit("first", 3, { timeLimitSeconds: 600 });
  const endFirst = await startNext();
  const large = await submit("large", 4);
  await waited(large, 6);
  await reserveNow();
  return { large, endFirst };
}

beforeEach(async () => {
  await clearQueue();
  await database().execute(sql`delete from compute_reservations`);
  a = await testProject();
  agent = await testAgent();
});

it("smaller jobs pass a larger one until it has waited long; then those wait that would be in its way", async () => {
  await submit("first", 3, { timeLimitSeconds: 600 });
  await startNext();
  const large = await submit("large", 4);
  await submit("passes", 0.25, { timeLimitSeconds: 600 });
  await reserveNow();
  expect(await claimed()).toEqual(["passes"]);

  await waited(large, 6);
  await reserveNow();
  expect(await reason(large)).toMatch(/^It waits for 4 CPUs on (agent-\w+): 0.75 of 4 CPUs free\. Room on \1 is kept for it\. It is 1st in the queue\.$/);
  const long = await submit("long", 0.25, { timeLimitSeconds: 900 });
  expect(await reason(long)).toMatch(/^Room on agent-\w+ is kept for a larger job that comes before it\. It is 2nd in the queue\.$/);
  const urgent = await submit("urgent", 0.1, { priority: 5 });
  const brief = await submit("brief", 0.1, { timeLimitSeconds: 60 });
  expect(await reason(urgent)).toContain("It starts now");
  expect(await reason(brief)).toContain("It is 4th in the queue for");
  expect(await claimed()).toEqual(["urgent", "brief"]);

  // It was cancelled: who waited for it goes on.
  await cancelJob(a.ctx, { jobId: large });
  expect(await claimed()).toEqual(["long"]);
});

it("the larger one starts once there is room, though smaller ones would have taken it bit by bit", async () => {
  await submit("half", 2, { timeLimitSeconds: 600 });
  await submit("other half", 2, { timeLimitSeconds: 600 });
  const [endHalf, endOther] = [await startNext(), await startNext()];
  await waited(await submit("large", 4), 6);
  await submit("small", 2, { timeLimitSeconds: 900 });
  await reserveNow();
  await endHalf();
  expect(await claimed()).toEqual([]);
  await reserveNow();
  await endOther();
  expect(await claimed()).toEqual(["large"]);
});

it("what is spare beside it is given once, also to claims that follow each other at once", async () => {
  await submit("first", 3, { timeLimitSeconds: 600 });
  await startNext();
  await waited(await submit("large", 3), 6);
  await reserveNow();
  // Beside the larger one's 3 cores there is room for one of these.
  await submit("one", 0.5, { timeLimitSeconds: 900 });
  expect(await claimed()).toEqual(["one"]);
  await submit("two", 0.5, { timeLimitSeconds: 900 });
  expect(await claimed()).toEqual(["two"]);
  await database().execute(sql`update compute_reservations set spare = jsonb_set(spare, '{cpus}', '0.75'), made_at = clock_timestamp() - interval '5 seconds'`);
  await database().execute(sql`update compute_attempts set state = 'cancelled', finished_at = now() where job_id in (select id from compute_jobs where name = 'two' and project_id = ${a.project.id})`);
  await submit("three", 0.5, { timeLimitSeconds: 900 });
  expect(await claimed()).toEqual([]);
});

it("that it starts is not put off: past the time that was said only what fits beside it starts", async () => {
  const { large } = await keptForLarge();
  await database().execute(sql`update compute_reservations set starts_at = clock_timestamp() + interval '30 seconds' where job_id = ${large}`);
  await reserveNow();
  await submit("brief", 0.1, { timeLimitSeconds: 60 });
  expect(await claimed()).toEqual([]);
  await submit("briefer", 0.1, { timeLimitSeconds: 20 });
  expect(await claimed()).toEqual(["briefer"]);
});

it("holds for a moment only: where nobody looks over the queue any more, nothing is kept", async () => {
  await keptForLarge();
  await submit("small", 1);
  expect(await claimed()).toEqual([]);
  await database().execute(sql`update compute_reservations set made_at = now() - interval '1 minute'`);
  expect(await claimed()).toEqual(["small"]);
});

it("one that is tried again waits anew", async () => {
  const { large } = await keptForLarge();
  await database().execute(sql`update compute_jobs set not_before = now() - interval '1 minute' where id = ${large}`);
  await reserveNow();
  await submit("small", 1);
  expect(await claimed()).toEqual(["small"]);
});
