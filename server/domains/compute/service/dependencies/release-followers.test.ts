/** Jobs that run after others: queued once those have ended as asked, and over where they can no longer. */
import { beforeEach, describe, expect, it } from "vitest";
import { Conflict, Invalid } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { subscriptions } from "@/server/subscriptions";
import type { JobAfter } from "../../contract/job";
import type { Claim } from "../../contract/protocol";
import { jobFinished } from "../../events";
import { clearQueue, lapse, type TestAgent, testAgent } from "../../testing/test-agents";
import { finishAttempt, startAttempt } from "../attempts/report-attempt";
import { cancelJob } from "../cancel-job";
import { listQueue } from "../compute-overview";
import { getJob } from "../read-jobs";
import { retryJob, submitJob } from "../submit-job";
import { releaseFollowers, releaseOverdue } from "./release-followers";

let a: TestProject;
let agent: TestAgent;

beforeEach(async () => {
  await clearQueue();
  a = await testProject();
  agent = await testAgent();
});

const submit = async (name: string, after: JobAfter[] = []) => (await submitJob(a.ctx, { name, command: ["true"], after, resources: { cpus: 0.1, memoryBytes: 16 * 1024 ** 2 } })).jobId;
const success = (...ids: string[]): JobAfter[] => ids.map((jobId) => ({ jobId, requires: "success" }));
const job = (jobId: string) => getJob(a.ctx, { jobId });

/** Takes what may run now; the agent holds it until it is ended. */
async function start(...ids: string[]): Promise<Claim[]> {
  const claims = await agent.claim();
  for (const { attemptId } of claims) await startAttempt(agent.ctx, { attemptId });
  expect(claims.map(({ jobId }) => jobId).sort()).toEqual([...ids].sort());
  return claims;
}

const endOf = (claim: Claim | undefined, exitCode = 0) =>
  finishAttempt(agent.ctx, {
    attemptId: claim?.attemptId ?? "",
    result: { cause: exitCode === 0 ? "completed" : "exit_code", exitCode, signal: null, message: `It ended with exit code ${exitCode}.`, ran: true, durationSeconds: 1, cpuSeconds: 1, maxMemoryBytes: 1 },
  });

/** What the worker does within a second, whatever became of the events. */
async function settle(): Promise<void> {
  for (let round = 0; round < 4; round += 1) await releaseOverdue();
}

/** One that is alone in the queue. */
async function run(jobId: string, exitCode = 0): Promise<void> {
  const [claim] = await start(jobId);
  await endOf(claim, exitCode);
  await settle();
}

describe("a job that runs after others", () => {
  it("is no agent's until all of them have succeeded, and says whom it waits for", async () => {
    const first = await submit("first");
    const second = await submit("second");
    const last = await submit("last", success(first, second));
    expect((await job(last)).pending).toMatchObject({ reason: "It waits for first to succeed, which waits itself, and for 1 more job.", position: null, unestimated: "after" });
    expect((await listQueue(a.ctx, {})).map(({ name, pending }) => [name, pending.position, pending.reason])).toEqual([
      ["first", 1, expect.any(String)], ["second", 2, expect.any(String)], ["last", null, "It waits for first to succeed, which waits itself, and for 1 more job."],
    ]);
    const claims = await start(first, second);
    await endOf(claims.find(({ jobId }) => jobId === first));
    await settle();
    expect((await job(last)).pending).toMatchObject({ reason: "It waits for second to succeed, which is running." });
    await start();
  });

  it("comes into the queue when the last one ends; an agent hears nothing of what it ran after", async () => {
    const first = await submit("first");
    const last = await submit("last", success(first));
    await run(first);
    const ready = await job(last);
    expect(ready).toMatchObject({ pending: { position: 1 }, openDependencies: 0, after: [{ jobId: first, name: "first", state: "succeeded", requires: "success" }] });
    expect(ready.readyAt).toBeInstanceOf(Date);
    expect((await job(first)).followers).toEqual({ count: 1, first: [{ jobId: last, name: "last", state: "queued" }] });
    const [claim] = await start(last);
    expect(claim?.spec).not.toHaveProperty("after");
  });

  it("is over with one that failed, and so is what runs after it; what asks for the end alone runs", async () => {
    const first = await submit("train");
    const last = await submit("evaluate", success(first));
    const behind = await submit("report", success(last));
    const cleanup = await submit("clean up", [{ jobId: first, requires: "end" }]);
    await run(first, 1);
    expect(await job(last)).toMatchObject({ state: "cancelled", cause: "dependency_failed", message: "It was to run after train, which failed." });
    expect(await job(behind)).toMatchObject({ state: "cancelled", cause: "dependency_failed", message: "It was to run after evaluate, which was cancelled." });
    await start(cleanup);
  });

  it("says so before it is told: of an end a moment ago, and of one that was no success", async () => {
    const first = await submit("first");
    const second = await submit("second");
    const [one, other] = [await submit("one", success(first)), await submit("other", success(second))];
    const claims = await start(first, second);
    for (const claim of claims) await endOf(claim, claim.jobId === first ? 0 : 1);
    const reasons = [(await job(one)).pending?.reason, (await job(other)).pending?.reason];
    expect(reasons).toEqual(["What it runs after has ended: it comes into the queue in a moment.", "It was to run after second, which failed."]);
    expect((await listQueue(a.ctx, {})).map(({ pending }) => pending.reason)).toEqual(reasons);
  });

  it("is over with one that somebody cancelled while it waited", async () => {
    const first = await submit("first");
    const last = await submit("last", success(first));
    await cancelJob(a.ctx, { jobId: first });
    await settle();
    expect(await job(last)).toMatchObject({ state: "cancelled", message: "It was to run after first, which was cancelled.", openDependencies: 1 });
  });

  it("counts each end once, however often it is told, and two at once both", async () => {
    const first = await submit("first");
    const second = await submit("second");
    const third = await submit("third");
    const last = await submit("last", success(first, second, third));
    const claims = await start(first, second, third);
    await Promise.all(claims.filter(({ jobId }) => jobId !== third).map((claim) => endOf(claim)));
    await Promise.all([first, second, first, second, first].map((jobId) => releaseFollowers(a.project.id, jobId)));
    expect(await job(last)).toMatchObject({ openDependencies: 1, readyAt: null });
    await endOf(claims.find(({ jobId }) => jobId === third));
    await Promise.all([releaseFollowers(a.project.id, third), releaseOverdue()]);
    expect(await job(last)).toMatchObject({ openDependencies: 0, pending: { position: 1 } });
  });

  it("is cancelled or released, never both", async () => {
    const first = await submit("first");
    const last = await submit("last", success(first));
    await endOf((await start(first))[0]);
    await Promise.all([releaseFollowers(a.project.id, first), cancelJob(a.ctx, { jobId: last })]);
    expect(await job(last)).toMatchObject({ state: "cancelled", cause: "cancelled" });
    await start();
  });

  it("is queued at once where they have ended already; tried again it waits for none", async () => {
    const first = await submit("first");
    await run(first);
    const last = await submit("last", success(first));
    expect(await job(last)).toMatchObject({ openDependencies: 0, pending: { position: 1 } });
    await run(last, 1);
    const { jobId } = await retryJob(a.ctx, { jobId: last });
    expect((await job(jobId)).after).toEqual([]);
  });

  it("never misses an end that comes while it is submitted", async () => {
    for (let round = 0; round < 5; round += 1) {
      const first = await submit("first");
      const [claim] = await start(first);
      const [, last] = await Promise.all([endOf(claim).then(() => releaseFollowers(a.project.id, first)), submit("last", [{ jobId: first, requires: "end" }])]);
      await settle();
      await run(last);
    }
  });

  it("waits on while an agent is silent, and takes the result that this one brings late", async () => {
    const { jobId: first } = await submitJob(a.ctx, { name: "first", command: ["true"] });
    const last = await submit("last", success(first));
    const [claim] = await start(first);
    await lapse(claim?.attemptId ?? "");
    expect((await job(last)).state).toBe("queued");
    await endOf(claim);
    await settle();
    expect(await job(last)).toMatchObject({ openDependencies: 0, pending: { position: 1 } });
  });
});

it("the event of an end releases those that wait for it", async () => {
  const first = await submit("first");
  const last = await submit("last", success(first));
  await endOf((await start(first))[0]);
  const handlers = subscriptions.filter(({ event, handler }) => event === jobFinished.name && handler.startsWith("compute."));
  for (const { run: handle } of handlers) await handle(a.project.id, { jobId: first, attempt: 1, state: "succeeded", cause: "completed", message: null, labels: {} });
  expect((await job(last)).openDependencies).toBe(0);
});

describe("what is refused", () => {
  it.each([
    ["a job that is not there", () => [{ jobId: newId() }], "after.0.jobId"],
    ["no id", () => [{ jobId: "first" }], "after.0.jobId"],
    ["another word", (first: string) => [{ jobId: first, requires: "luck" }], "after.0.requires"],
    ["a job named twice", (first: string) => [{ jobId: first }, { jobId: first }], "after"],
  ])("%s", async (_, after, field) => {
    const first = await submit("first");
    const attempt = submitJob(a.ctx, { name: "bad", command: ["true"], after: after(first) as JobAfter[] });
    await expect(attempt).rejects.toBeInstanceOf(Invalid);
    await expect(attempt).rejects.toMatchObject({ detail: { field } });
  });

  it("a job of another project, and one that failed already", async () => {
    const b = await testProject();
    const { jobId: theirs } = await submitJob(b.ctx, { name: "theirs", command: ["true"] });
    await expect(submit("mine", success(theirs))).rejects.toThrow(`There is no job ${theirs} to run after.`);
    await cancelJob(b.ctx, { jobId: theirs });
    const first = await submit("first");
    await run(first, 1);
    await expect(submit("last", success(first))).rejects.toBeInstanceOf(Conflict);
  });
});
