/** How estimates held is what was first said, against when the job was claimed. */
import { sql } from "drizzle-orm";
import { beforeEach, expect, it } from "vitest";
import { database } from "@/server/platform/db";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { clearQueue, type TestAgent, testAgent } from "../testing/test-agents";
import { getEstimateRecord, recordEstimates } from "./record-estimates";
import { submitJob } from "./submit-job";

let a: TestProject;
let agent: TestAgent;

const command = ["python", "train.py"];
const submit = async (change: object = {}) => (await submitJob(a.ctx, { name: "train", command, resources: { cpus: 4 }, ...change })).jobId;
const run = (statement: ReturnType<typeof sql>) => database().execute(statement);
const end = (jobId: string) => run(sql`update compute_jobs set state = 'succeeded', started_at = now() - interval '60 s', finished_at = now() where id = ${jobId}`);
const free = async (jobId: string) => {
  await end(jobId);
  await run(sql`update compute_attempts set state = 'succeeded', finished_at = now() where job_id = ${jobId}`);
};
const waited = (jobId: string) => run(sql`update compute_jobs set created_at = now() - interval '2 s' where id = ${jobId}`);
const record = () => getEstimateRecord(a.ctx, { hours: 1 });

beforeEach(async () => {
  await clearQueue();
  a = await testProject();
  agent = await testAgent();
});

it("counts a start within, before and after the first estimate, and a wait that had none", async () => {
  const before = await submit();
  await agent.claim();
  const unlike = await submit({ command: ["new"] });
  await waited(unlike);
  await recordEstimates();
  await free(before);
  await agent.claim();
  expect(await record()).toEqual({ held: 0, sooner: 0, later: 0, without: { nowhere: 0, unlike: 1, unknown: 0 } });
  const without = { nowhere: 0, unlike: 2, unknown: 0 };
  const next = await submit();
  await waited(next);
  await recordEstimates();
  // What runs is like nothing: this one has no estimate, and is not given one later for the same wait.
  await free(unlike);
  await recordEstimates();
  await agent.claim();
  expect(await record()).toMatchObject({ without });
  const known = await submit();
  await waited(known);
  await recordEstimates();
  const [kept] = (await run(sql`select start_earliest < start_latest as "isInterval" from compute_jobs where id = ${known}`)).rows;
  expect(kept).toEqual({ isInterval: true });
  await free(next);
  await agent.claim();
  const claimedAt = (at: ReturnType<typeof sql>) => run(sql`update compute_attempts set created_at = ${at} where job_id = ${known}`);
  expect(await record()).toEqual({ held: 0, sooner: 1, later: 0, without });
  await claimedAt(sql`(select start_latest from compute_jobs where id = ${known})`);
  expect(await record()).toEqual({ held: 1, sooner: 0, later: 0, without });
  await claimedAt(sql`(select start_latest + interval '5 s' from compute_jobs where id = ${known})`);
  expect(await record()).toEqual({ held: 0, sooner: 0, later: 1, without });
});

it("looks at no job that starts at once, and never twice at one", async () => {
  const first = await submit();
  await recordEstimates();
  const read = async () => (await run(sql`select estimated_at, start_latest from compute_jobs where id = ${first}`)).rows[0];
  expect(await read()).toEqual({ estimated_at: null, start_latest: null });
  await waited(first);
  await recordEstimates();
  const once = await read();
  expect(once?.estimated_at).not.toBeNull();
  await recordEstimates();
  expect(await read()).toEqual(once);
  expect((await getEstimateRecord((await testProject()).ctx, { hours: 1 })).held).toBe(0);
});

it("counts a wait for an agent apart from one that nothing was known of", async () => {
  await end(await submit());
  await run(sql`update compute_agents set cordoned_at = now() where id = ${agent.id}`);
  const cordoned = await submit();
  await waited(cordoned);
  await recordEstimates();
  await run(sql`update compute_agents set cordoned_at = null where id = ${agent.id}`);
  await agent.claim();
  expect(await record()).toEqual({ held: 0, sooner: 0, later: 0, without: { nowhere: 1, unlike: 0, unknown: 0 } });
  // Looked at before reasons were kept.
  await run(sql`update compute_jobs set unestimated = null where id = ${cordoned}`);
  expect(await record()).toEqual({ held: 0, sooner: 0, later: 0, without: { nowhere: 0, unlike: 0, unknown: 1 } });
});
