/** Deleting where jobs run asks what becomes of them, and does it. */
import { Readable } from "node:stream";
import { beforeEach, describe, expect, it } from "vitest";
import { getJob } from "@/server/domains/compute/service/read-jobs";
import { storeBlob } from "@/server/platform/blob-store/blobs";
import { testProject, type TestProject } from "@/server/platform/testing/project";
import { getExperiment } from "../experiments";
import { submitRun } from "../launch/submit-run";
import { logBatch } from "../log";
import { createRun, getRun, updateRun } from "../runs";
import { deleteRuns } from "../table/change-runs";
import { deleteExperiment } from "./delete-experiment";
import { deleteRun } from "./delete-run";

let a: TestProject;

beforeEach(async () => {
  a = await testProject("member");
});

async function submit(runName: string) {
  const { sha256 } = await storeBlob(a.ctx, Readable.from(["code"]), {});
  return submitRun(a.ctx, { command: ["true"], codeSha256: sha256, experiment: "work", runName });
}

const jobState = async (jobId: string) => (await getJob(a.ctx, { jobId })).state;

describe("an experiment with running jobs", () => {
  it("asks, names field and runs, and deletes nothing", async () => {
    const { experimentNo, runId } = await submit("busy");
    await expect(deleteExperiment(a.ctx, { experimentNo })).rejects.toMatchObject({
      code: "Conflict", message: expect.stringContaining("1 run still at work (busy)"), detail: { field: "running", count: 1, runs: [{ id: runId, name: "busy" }] },
    });
    expect((await getExperiment(a.ctx, { experimentNo })).lifecycleStage).toBe("active");
  });

  it("stops them, or leaves them", async () => {
    const stopped = await submit("one");
    await deleteExperiment(a.ctx, { experimentNo: stopped.experimentNo, running: "stop" });
    expect(await jobState(stopped.jobId)).toBe("cancelled");
    const other = await testProject("member");
    a = other;
    const left = await submit("two");
    await deleteExperiment(a.ctx, { experimentNo: left.experimentNo, running: "leave" });
    expect(await jobState(left.jobId)).toBe("queued");
    expect((await getExperiment(a.ctx, { experimentNo: left.experimentNo })).lifecycleStage).toBe("deleted");
  });

  it("asks nothing where all has ended, or a script outside runs", async () => {
    const { runId, experimentNo } = await submit("done");
    await updateRun(a.ctx, { runId, status: "FINISHED", endTime: 1 });
    await createRun(a.ctx, { experimentNo, name: "outside" });
    await deleteExperiment(a.ctx, { experimentNo });
  });
});

it("runs: asks for one and for many; the job of one that is left logs on to it, and nobody else does", async () => {
  const [one, two] = [await submit("one"), await submit("two")];
  await expect(deleteRun(a.ctx, { runId: one.runId })).rejects.toMatchObject({ code: "Conflict", detail: { field: "running" } });
  await expect(deleteRuns(a.ctx, { chosen: { runIds: [one.runId, two.runId] } })).rejects.toMatchObject({ code: "Conflict", detail: { count: 2 } });
  await deleteRuns(a.ctx, { chosen: { runIds: [two.runId] }, running: "stop" });
  expect(await jobState(two.jobId)).toBe("cancelled");
  await deleteRun(a.ctx, { runId: one.runId, running: "leave" });
  const metrics = [{ key: "loss", step: 1, timestamp: 1, value: 1 }];
  await expect(logBatch(a.ctx, { runId: one.runId, metrics })).rejects.toThrow("must be in the 'active' state");
  await logBatch({ ...a.ctx, actor: { ...a.ctx.actor, kind: "attempt", attempt: { jobId: one.jobId, number: 1 } } }, { runId: one.runId, metrics });
  expect(await getRun(a.ctx, { runId: one.runId })).toMatchObject({ lifecycleStage: "deleted", metrics: [{ key: "loss", count: 1 }] });
});

it("the job of a run that is deleted already is stopped when that is said: of one, of many, and with its experiment", async () => {
  const left = await Promise.all(["one", "two", "three"].map(submit));
  const [one, two, three] = left;
  if (!one || !two || !three) throw new Error("three were submitted");
  for (const { runId } of left) await deleteRun(a.ctx, { runId, running: "leave" });
  await deleteRun(a.ctx, { runId: one.runId });
  expect(await jobState(one.jobId)).toBe("queued");
  await deleteRun(a.ctx, { runId: one.runId, running: "stop" });
  expect(await jobState(one.jobId)).toBe("cancelled");
  await deleteRuns(a.ctx, { chosen: { runIds: [two.runId] }, running: "stop" });
  expect([await jobState(two.jobId), await jobState(three.jobId)]).toEqual(["cancelled", "queued"]);
  await deleteExperiment(a.ctx, { experimentNo: three.experimentNo, running: "stop" });
  expect(await jobState(three.jobId)).toBe("cancelled");
});
