/** Resuming from a checkpoint and running again exactly, on real attempts of an agent. */
import { Readable } from "node:stream";
import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { runs } from "@/drizzle/schema/experiments";
import { cancelJob } from "@/server/domains/compute/service/cancel-job";
import { getJob } from "@/server/domains/compute/service/read-jobs";
import { clearQueue, testAgent } from "@/server/domains/compute/testing/test-agents";
import { storeBlob } from "@/server/platform/blob-store/blobs";
import type { ProjectContext } from "@/server/platform/context";
import { database } from "@/server/platform/db";
import { testProject, type TestProject } from "@/server/platform/testing/project";
import { uploadArtifact } from "../artifacts";
import { readCurves } from "../compare/curves";
import { markRunEnded, markRunStarted } from "../follow-jobs";
import { launchRun } from "../launch/launch-run";
import { submitRun } from "../launch/submit-run";
import { logBatch } from "../log";
import { registerRecipe } from "../recipes";
import { createRun, getRun, runHex } from "../runs";
import { listCheckpoints } from "./checkpoints";
import { planRepeat, repeatRun } from "./repeat-run";
import { readRepetition } from "./repetition";
import { resumeRun } from "./resume-run";

let a: TestProject;

beforeEach(async () => {
  a = await testProject("member");
  await clearQueue();
});

const put = async (text: string) => (await storeBlob(a.ctx, Readable.from([text]), {})).sha256;
const submit = async (text = "code") => submitRun(a.ctx, { command: ["python", "train.py", "--seed", "7"], codeSha256: await put(text), experiment: "work", runName: "long" });
const artifact = (run: { experimentNo: number; runHex: string }, path: string, text: string) => uploadArtifact(a.ctx, `${run.experimentNo}/${run.runHex}/artifacts/${path}`, Readable.from([text]), {});

/** As the agent and the events would: the job's attempt logs, and ends. */
async function work(jobId: string, runId: string, log: (ctx: ProjectContext) => Promise<unknown>, state: "failed" | "succeeded") {
  const agent = await testAgent({ cpuModel: "Model X" });
  const claim = (await agent.claim()).find((each) => each.jobId === jobId);
  if (!claim) throw new Error("the job was not claimed");
  await markRunStarted(a.project.id, jobId);
  await log({ ...a.ctx, actor: { ...a.ctx.actor, kind: "attempt", attempt: { jobId, number: claim.attempt } } });
  await database().execute(sql`update compute_jobs set state = ${state}, finished_at = now() where id = ${jobId}`);
  await database().execute(sql`update compute_attempts set state = ${state}, finished_at = now() where job_id = ${jobId}`);
  await markRunEnded(a.project.id, { jobId, state, message: state === "failed" ? "exit code 1" : null });
  return runId;
}

const losses = (runId: string, [from, to]: [number, number], value: number) => (ctx: ProjectContext) =>
  logBatch(ctx, { runId, metrics: Array.from({ length: to - from }, (_, i) => ({ key: "loss", step: from + i, timestamp: Date.now() + i, value })) });

describe("resumeRun", () => {
  it("lets the same run go on with its newest checkpoint; the chart is one line with a mark", async () => {
    const run = await submit();
    await work(run.jobId, run.runId, losses(run.runId, [0, 100], 1), "failed");
    await artifact(run, "checkpoints/epoch_1/model.pt", "one");
    await artifact(run, "checkpoints/epoch_2/model.pt", "two");
    await artifact(run, "checkpoints/epoch_2/optimizer.pt", "three");
    await database().execute(sql`update artifacts set created_at = now() - interval '1 hour' where path like '%epoch_1%'`);
    const started = (await getRun(a.ctx, { runId: run.runId })).startTime;
    expect((await listCheckpoints(a.ctx, { runId: run.runId })).map(({ path, files }) => [path, files])).toEqual([["checkpoints/epoch_2", 2], ["checkpoints/epoch_1", 1]]);
    const resumed = await resumeRun(a.ctx, { runId: run.runId });
    expect(resumed).toMatchObject({ runId: run.runId, checkpoint: "checkpoints/epoch_2" });
    const { spec } = await getJob(a.ctx, { jobId: resumed.jobId });
    expect(spec.inputs.map(({ path }) => path)).toEqual(["resume/epoch_2/model.pt", "resume/epoch_2/optimizer.pt"]);
    expect(spec).toMatchObject({ command: ["python", "train.py", "--seed", "7"], env: { MLFLOW_RUN_ID: run.runHex, SLIPWAY_CHECKPOINT: "resume/epoch_2" } });
    expect(await getRun(a.ctx, { runId: run.runId })).toMatchObject({ status: "SCHEDULED", jobId: resumed.jobId, failure: null, endTime: null });
    await work(resumed.jobId, run.runId, losses(run.runId, [60, 120], 2), "succeeded");
    const [curve] = await readCurves(a.ctx, { runIds: [run.runId], key: "loss", points: 2_000 });
    expect(curve?.attempts).toEqual([{ number: 2, step: 60 }]);
    expect(curve?.values).toEqual([...Array(60).fill(1), ...Array(60).fill(2)]);
    expect(await getRun(a.ctx, { runId: run.runId })).toMatchObject({ status: "FINISHED", startTime: started });
  });

  it("takes the one that was chosen, a file too, and gives a second resume its own alone", async () => {
    const run = await submit();
    await work(run.jobId, run.runId, losses(run.runId, [0, 3], 1), "failed");
    await artifact(run, "checkpoints/old.pt", "old");
    await artifact(run, "checkpoints/new.pt", "new");
    const first = await resumeRun(a.ctx, { runId: run.runId, checkpoint: "checkpoints/old.pt" });
    await work(first.jobId, run.runId, losses(run.runId, [1, 4], 2), "failed");
    const second = await resumeRun(a.ctx, { runId: run.runId, checkpoint: "checkpoints/new.pt" });
    expect((await getJob(a.ctx, { jobId: second.jobId })).spec).toMatchObject({ inputs: [{ path: "resume/new.pt" }], env: { SLIPWAY_CHECKPOINT: "resume/new.pt" } });
    expect(await database().select({ base: runs.attemptBase }).from(runs).where(eq(runs.id, run.runId))).toEqual([{ base: 2 }]);
  });

  it("says why it can't: at work, finished, from outside, no checkpoint or another one", async () => {
    const open = await submit();
    await expect(resumeRun(a.ctx, { runId: open.runId })).rejects.toThrow("The run has not ended");
    await cancelJob(a.ctx, { jobId: open.jobId });
    await markRunEnded(a.project.id, { jobId: open.jobId, state: "cancelled", message: null });
    await expect(resumeRun(a.ctx, { runId: open.runId })).rejects.toMatchObject({ code: "NotFound", detail: { field: "checkpoint" } });
    await expect(resumeRun(a.ctx, { runId: open.runId, checkpoint: "checkpoints/../../x" })).rejects.toMatchObject({ code: "NotFound" });
    const outside = await createRun(a.ctx, { experimentNo: 0 });
    await expect(resumeRun(a.ctx, { runId: outside.id })).rejects.toThrow("started outside Slipway");
    const other = await testProject("member");
    await expect(resumeRun(other.ctx, { runId: open.runId })).rejects.toMatchObject({ code: "NotFound" });
    await expect(resumeRun(await a.as("viewer"), { runId: open.runId })).rejects.toMatchObject({ code: "Forbidden" });
  });
});

describe("repeatRun", () => {
  const definition = { kind: "recipe" as const, name: "train", experiment: "work", command: ["python", "train.py"], parameters: { type: "object" as const, properties: { seed: { type: "integer" as const, default: 1 } } } };

  it("is a new run with the same recipe version, parameters and contents, whatever came after", async () => {
    await registerRecipe(a.ctx, { definition, codeSha256: await put("first") });
    const run = await launchRun(a.ctx, { recipe: "train", parameters: { seed: 9 }, runName: "base" });
    await work(run.jobId, run.runId, losses(run.runId, [0, 3], 0.5), "succeeded");
    await registerRecipe(a.ctx, { definition, codeSha256: await put("second") });
    expect(await planRepeat(a.ctx, { runId: run.runId })).toMatchObject({ hindrances: [], same: expect.arrayContaining([{ label: "Command", value: "python train.py --seed 9" }]) });
    const again = await repeatRun(a.ctx, { runId: run.runId });
    const [one, two] = [await getJob(a.ctx, { jobId: run.jobId }), await getJob(a.ctx, { jobId: again.jobId })];
    expect({ ...two.spec, env: {}, labels: {}, name: "" }).toEqual({ ...one.spec, env: {}, labels: {}, name: "" });
    expect(two.spec.env.MLFLOW_RUN_ID).toBe(runHex(again.runId));
    const made = await getRun(a.ctx, { runId: again.runId });
    expect(made).toMatchObject({ name: "base again", launch: { recipe: "train", version: 1, parameters: { seed: 9 }, clonedFrom: run.runId } });
    expect(await readRepetition(a.ctx, { runId: again.runId })).toMatchObject({ isFinal: false });
    await work(again.jobId, again.runId, losses(again.runId, [0, 3], 0.25), "succeeded");
    const found = await readRepetition(a.ctx, { runId: again.runId });
    expect(found).toMatchObject({ of: { id: run.runId, name: "base" }, isFinal: true, identical: 0, total: 1, metrics: [{ key: "loss", difference: -0.25, relative: -0.5 }], params: [] });
    expect(found?.environment).toContainEqual({ label: "CPU", before: "Model X", after: "Model X" });
    expect(found?.code.every(({ before, after }) => before === after)).toBe(true);
    expect(await readRepetition(a.ctx, { runId: run.runId })).toBeNull();
    await expect(readRepetition(a.ctx, { runId: crypto.randomUUID() })).rejects.toMatchObject({ code: "NotFound" });
    await expect(readRepetition((await testProject()).ctx, { runId: again.runId })).rejects.toMatchObject({ code: "NotFound" });
  });

  it("of a submitted run takes its code along; identical values are said to be so", async () => {
    const run = await submit("mine");
    await work(run.jobId, run.runId, losses(run.runId, [0, 3], 0.1), "succeeded");
    const again = await repeatRun(a.ctx, { runId: run.runId });
    await work(again.jobId, again.runId, losses(again.runId, [0, 3], 0.1), "succeeded");
    expect(await readRepetition(a.ctx, { runId: again.runId })).toMatchObject({ identical: 1, total: 1 });
    const { rows } = await database().execute(sql`select sha256 from artifacts where project_id = ${a.project.id} and path like ${`%/${again.runHex}/artifacts/code/source.tar.gz`}`);
    expect(rows).toEqual([{ sha256: await put("mine") }]);
  });

  it("says what can't be the same: from outside, or content that is gone", async () => {
    const outside = await createRun(a.ctx, { experimentNo: 0 });
    expect((await planRepeat(a.ctx, { runId: outside.id })).hindrances).toEqual([expect.stringContaining("started outside Slipway")]);
    await expect(repeatRun(a.ctx, { runId: outside.id })).rejects.toMatchObject({ code: "Conflict" });
    const run = await submit("to be swept");
    const { spec } = await getJob(a.ctx, { jobId: run.jobId });
    await database().execute(sql`delete from blob_grants where project_id = ${a.project.id} and sha256 = ${spec.code}`);
    expect((await planRepeat(a.ctx, { runId: run.runId })).hindrances).toEqual([expect.stringContaining("Its code is gone")]);
    await expect(repeatRun(a.ctx, { runId: run.runId })).rejects.toThrow("Its code is gone");
  });
});
