/** Sweeps on a real PostgreSQL with the real Optuna; the runs are played by an agent that claims and reports. */
import { Readable } from "node:stream";
import { sql } from "drizzle-orm";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getJob } from "@/server/domains/compute/service/read-jobs";
import { finishAttempt, startAttempt } from "@/server/domains/compute/service/attempts/report-attempt";
import { setPrices } from "@/server/domains/compute/service/costs/prices";
import { clearQueue, type TestAgent, testAgent } from "@/server/domains/compute/testing/test-agents";
import { storeBlob } from "@/server/platform/blob-store/blobs";
import { type ProjectContext, systemInstanceContext } from "@/server/platform/context";
import { database } from "@/server/platform/db";
import { testProject } from "@/server/platform/testing/project";
import type { LaunchSweepInput, TrialParams } from "../../contract/sweep";
import { findSweep } from "../../store/sweeps/sweeps";
import { listTrials } from "../../store/sweeps/trials";
import { deleteExperiment } from "../deletion/delete-experiment";
import { restoreExperiment } from "../experiments";
import { markRunEnded, markRunStarted } from "../follow-jobs";
import { logBatch } from "../log";
import { registerRecipe } from "../recipes";
import { getRun, searchRuns } from "../runs";
import { advanceSweep, keepSweeps, measureSweep } from "./advance-sweep";
import { extendSweep, resumeSweep, stopSweep } from "./control-sweep";
import { planTrials } from "./launch-trial";
import { prepareOptuna } from "./optuna";
import { launchSweep } from "./launch-sweep";
import { getSweep, listSweeps } from "./read-sweeps";

let ctx: ProjectContext;
let agent: TestAgent;

// On a fresh checkout the packages come first.
beforeAll(prepareOptuna, 900_000);
beforeEach(async () => {
  await clearQueue();
  ({ ctx } = await testProject("member"));
  agent = await testAgent({ cpus: 64 });
  const { sha256 } = await storeBlob(ctx, Readable.from(["code"]), {});
  const properties = { x: { type: "number" as const, minimum: -10, maximum: 10 }, y: { type: "number" as const }, model: { type: "string" as const, enum: ["tree", "line"], default: "line" }, depth: { type: "integer" as const, default: 1 } };
  await registerRecipe(ctx, { codeSha256: sha256, definition: { kind: "recipe", name: "train", experiment: "search", command: ["true"], parameters: { type: "object", properties } } });
});
afterEach(clearQueue);

const space: LaunchSweepInput["space"] = [{ name: "x", kind: "float", low: -10, high: 10 }, { name: "y", kind: "float", low: 0.01, high: 100, log: true }];
const launch = (change: Partial<LaunchSweepInput> = {}) =>
  launchSweep(ctx, { name: "s", recipe: "train", space, objective: { metric: "loss", direction: "minimize" }, budget: { runs: 6 }, parallelism: 3, seed: 7, ...change });

const lossOf = ({ x, y }: TrialParams) => (Number(x) - 2) ** 2 + Math.log10(Number(y)) ** 2;
const done = { exitCode: 0, signal: null, ran: true, durationSeconds: 1, cpuSeconds: 1, maxMemoryBytes: 1 };
type Played = { losses?: number[]; cause?: "completed" | "command_not_found" | "cancelled" };
type Play = (params: TrialParams) => Played;
type Claimed = { attemptId: string; jobId: string; runId: string; params: TrialParams };

async function claimAll(): Promise<Claimed[]> {
  const claimed: Claimed[] = [];
  for (const { attemptId, jobId } of await agent.claim()) {
    await startAttempt(agent.ctx, { attemptId });
    await markRunStarted(ctx.project.id, jobId);
    const { rows } = await database().execute<{ id: string; params: TrialParams }>(sql`select id, launch->'parameters' as params from runs where job_id = ${jobId}`);
    claimed.push({ attemptId, jobId, runId: rows[0]?.id ?? "", params: rows[0]?.params ?? {} });
  }
  return claimed;
}

const log = (runId: string, losses: number[], from = 1) => logBatch(ctx, { runId, metrics: losses.map((value, index) => ({ key: "loss", value, timestamp: index, step: from + index })) });

async function finish({ attemptId, jobId }: Claimed, cause: Played["cause"] = "completed"): Promise<void> {
  await finishAttempt(agent.ctx, { attemptId, result: { ...done, cause, message: `ended: ${cause}` } });
  const { state, message } = await getJob(ctx, { jobId });
  await markRunEnded(ctx.project.id, { jobId, state, message });
}

const byFormula: Play = (params) => ({ losses: [lossOf(params)] });

async function playRound(play: Play): Promise<number> {
  const claimed = await claimAll();
  for (const one of claimed) {
    const { losses = [], cause } = play(one.params);
    if (losses.length > 0) await log(one.runId, losses);
    await finish(one, cause);
  }
  return claimed.length;
}

/** Until nothing is left to run. */
async function playAll(sweepId: string, play: Play = byFormula): Promise<void> {
  do await advanceSweep(ctx.project.id, sweepId);
  while ((await playRound(play)) > 0);
  await advanceSweep(ctx.project.id, sweepId);
}

const paramsOf = async (sweepId: string) => (await getSweep(ctx, { sweepId })).trials.map(({ params }) => params);

describe("a sweep to its end", () => {
  it("launches the budget once each, under one parent, and knows the best", async () => {
    const { sweepId, parentRunId, parentRunHex, experimentNo } = await launch();
    await playAll(sweepId);
    const sweep = await getSweep(ctx, { sweepId });
    expect(sweep).toMatchObject({ state: "finished", reason: "All runs of its budget are done.", fault: null, counts: { complete: 6, failed: 0 } });
    expect(sweep.trials.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(new Set(sweep.trials.map(({ runId }) => runId)).size).toBe(6);
    const least = Math.min(...sweep.trials.map(({ params }) => lossOf(params)));
    expect(sweep.best?.value).toBeCloseTo(least, 12);
    const nested = await searchRuns(ctx, { experimentNos: [experimentNo], filter: `tags.mlflow.parentRunId = '${parentRunHex}' and tags."slipway.sweep" = '${sweepId}'` });
    expect(nested.runs.map((run) => run.tags.find(({ key }) => key === "slipway.trial")?.value).sort()).toEqual(["0", "1", "2", "3", "4", "5"]);
    expect(nested.runs.every((run) => run.parentRunId === parentRunId)).toBe(true);
    expect(await getRun(ctx, { runId: parentRunId })).toMatchObject({ status: "FINISHED", name: "s" });
    expect((await listSweeps(ctx, { experimentNo })).sweeps).toMatchObject([{ id: sweepId, best: sweep.best }]);
    await measureSweep.run({ projectId: ctx.project.id, sweepId }, { attempt: 1, maxAttempts: 1, signal: new AbortController().signal });
    const { importance } = await getSweep(ctx, { sweepId });
    expect(importance?.runs).toBe(6);
    expect(importance?.shares?.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6);
  });

  it("a grid runs each point once, whatever its budget", async () => {
    const { sweepId } = await launch({ sampler: { kind: "grid" }, budget: { runs: 50 }, space: [{ name: "depth", kind: "int", low: 1, high: 3 }, { name: "model", kind: "choice", values: ["tree", "line"] }] });
    await playAll(sweepId, ({ depth }) => ({ losses: [Number(depth)] }));
    const points = (await paramsOf(sweepId)).map(({ depth, model }) => `${depth} ${model}`);
    expect(points.sort()).toEqual(["1 line", "1 tree", "2 line", "2 tree", "3 line", "3 tree"]);
    expect(await getSweep(ctx, { sweepId })).toMatchObject({ state: "finished", reason: "Each point of the grid was run." });
    await expect(extendSweep(ctx, { sweepId, runs: 60 })).rejects.toThrow("a grid has no more");
  });

  it("CMA-ES keeps its generations over processes", async () => {
    const { sweepId } = await launch({ sampler: { kind: "cmaes" }, budget: { runs: 21 }, parallelism: 7 });
    await playAll(sweepId);
    const generations = (await listTrials(database(), sweepId)).map(({ attrs }) => Object.entries(attrs).find(([key]) => key.includes("generation"))?.[1]);
    expect(Math.max(...generations.map((one) => Number(one ?? 0)))).toBe(1);
  });

  it("varies a conditional parameter only where its condition holds", async () => {
    const conditional = { name: "depth", kind: "int" as const, low: 2, high: 9, when: { parameter: "model", equals: ["tree"] } };
    const { sweepId } = await launch({ sampler: { kind: "random" }, budget: { runs: 10 }, parallelism: 10, space: [conditional, { name: "model", kind: "choice", values: ["tree", "line"] }] });
    await advanceSweep(ctx.project.id, sweepId);
    const params = await paramsOf(sweepId);
    expect(params.map(({ model, depth }) => (model === "tree") === (depth !== undefined))).toEqual(Array(10).fill(true));
    expect(new Set(params.map(({ model }) => model)).size).toBe(2);
    // The recipe's default stands where it does not vary.
    expect((await claimAll()).filter(({ params: { model, depth } }) => model === "line" && depth !== 1)).toEqual([]);
  });
});

describe("killed and asked twice", () => {
  it("what was planned before a kill is launched once, and two rounds at once launch no more", async () => {
    const { sweepId } = await launch();
    const sweep = await findSweep(database(), ctx.project.id, sweepId);
    if (!sweep) throw new Error("no sweep");
    await planTrials(sweep, 2);
    const planned = await paramsOf(sweepId);
    await Promise.all([advanceSweep(ctx.project.id, sweepId), advanceSweep(ctx.project.id, sweepId)]);
    const { trials } = await getSweep(ctx, { sweepId });
    expect(trials.map(({ state }) => state)).toEqual(["launched", "launched", "launched"]);
    expect(trials.slice(0, 2).map(({ params }) => params)).toEqual(planned);
    expect(await claimAll()).toHaveLength(3);
  });

  it("the same seed and past ask for the same", async () => {
    const [first, second] = [await launch({ name: "one" }), await launch({ name: "two" })];
    for (const { sweepId } of [first, second]) await playAll(sweepId);
    expect(await paramsOf(first.sweepId)).toEqual(await paramsOf(second.sweepId));
    const other = await launch({ seed: 8 });
    await advanceSweep(ctx.project.id, other.sweepId);
    expect((await paramsOf(other.sweepId))[0]).not.toEqual((await paramsOf(first.sweepId))[0]);
  });

  it("an end whose event is lost is found by the keeper", async () => {
    const { sweepId } = await launch({ budget: { runs: 1 } });
    await advanceSweep(ctx.project.id, sweepId);
    await playRound(byFormula);
    await database().execute(sql`delete from graphile_worker._private_jobs`);
    await database().execute(sql`update sweeps set checked_at = now() - interval '1 hour'`);
    await keepSweeps();
    const { rows } = await database().execute<{ key: string }>(sql`select key from graphile_worker.jobs where key = ${`sweep ${sweepId}`}`);
    expect(rows).toHaveLength(1);
  });
});

describe("what goes wrong", () => {
  it("a failed run has failed, one without the metric too; five in a row stop the sweep", async () => {
    const { sweepId } = await launch({ budget: { runs: 20 }, parallelism: 5, sampler: { kind: "random" } });
    await playAll(sweepId, ({ x }) => (Number(x) > 0 ? { cause: "command_not_found" } : {}));
    const sweep = await getSweep(ctx, { sweepId });
    expect(sweep).toMatchObject({ state: "stopped", counts: { failed: 5 } });
    expect(sweep.reason).toMatch(/^The last 5 runs failed\. The latest: /);
    expect(new Set(sweep.trials.map(({ failure }) => failure))).toEqual(new Set(["ended: command_not_found", "It logged no loss that is a number."]));
    await resumeSweep(ctx, { sweepId });
    await advanceSweep(ctx.project.id, sweepId);
    expect((await getSweep(ctx, { sweepId })).counts.launched).toBe(5);
  });

  it("is refused with the field's name", async () => {
    await expect(launch({ space: [{ name: "x", kind: "float", low: -20, high: 10 }] })).rejects.toMatchObject({ message: "space.0.low: At least −10.", detail: { field: "space.0.low" } });
    const { ctx: stranger } = await testProject("member");
    const { sweepId } = await launch();
    await expect(getSweep(stranger, { sweepId })).rejects.toThrow("There is no sweep");
    await expect(stopSweep(stranger, { sweepId })).rejects.toThrow("There is no sweep");
  });
});

describe("what does not pass", () => {
  it("a grid that can't be laid out, as it was taken before, ends the sweep and says why", async () => {
    const depth = { name: "depth", kind: "int" as const, low: 0, high: 3 };
    await expect(launch({ sampler: { kind: "grid" }, space: [{ ...depth, high: 9_007_199_254_740_990 }] })).rejects.toMatchObject({ code: "Invalid", detail: { field: "space.0.step" } });
    const { sweepId, parentRunId } = await launch({ sampler: { kind: "grid" }, space: [depth], parallelism: 1 });
    await advanceSweep(ctx.project.id, sweepId);
    await database().execute(sql`update sweeps set spec = jsonb_set(jsonb_set(spec, '{space,0,high}', '9007199254740990'), '{parallelism}', '2') where id = ${sweepId}`);
    await advanceSweep(ctx.project.id, sweepId);
    expect(await getSweep(ctx, { sweepId })).toMatchObject({ state: "stopping", fault: expect.stringContaining("9,007,199,254,740,991 points") });
    await playAll(sweepId, () => ({ losses: [1] }));
    expect(await getSweep(ctx, { sweepId })).toMatchObject({ state: "stopped", reason: "An error ended it.", fault: expect.stringContaining("9,007,199,254,740,991 points"), counts: { complete: 1, planned: 0 } });
    expect((await getRun(ctx, { runId: parentRunId })).status).toBe("KILLED");
    await database().execute(sql`update sweeps set spec = jsonb_set(spec, '{space,0,high}', '3') where id = ${sweepId}`);
    await resumeSweep(ctx, { sweepId });
    expect(await getSweep(ctx, { sweepId })).toMatchObject({ state: "running", reason: null, fault: null });
    await playAll(sweepId, () => ({ losses: [1] }));
    expect(await getSweep(ctx, { sweepId })).toMatchObject({ state: "finished", fault: null, counts: { complete: 4 } });
  });

  it("an experiment that is deleted is to be restored first", async () => {
    const { sweepId, experimentNo } = await launch({ budget: { runs: 1 } });
    await playAll(sweepId);
    const stopped = await launch({ name: "stopped" });
    await stopSweep(ctx, { sweepId: stopped.sweepId });
    await advanceSweep(ctx.project.id, stopped.sweepId);
    await deleteExperiment(ctx, { experimentNo });
    const deleted = { code: "Conflict", message: "The experiment search is deleted: restore it first." };
    await expect(resumeSweep(ctx, { sweepId: stopped.sweepId })).rejects.toMatchObject(deleted);
    await expect(extendSweep(ctx, { sweepId, runs: 3 })).rejects.toMatchObject(deleted);
    await restoreExperiment(ctx, { experimentNo });
    await extendSweep(ctx, { sweepId, runs: 3 });
  });

  it("what could not be launched was not", async () => {
    const { sweepId } = await launch({ parallelism: 2, budget: { runs: 4 } });
    await advanceSweep(ctx.project.id, sweepId);
    await playRound(byFormula);
    await database().execute(sql`update recipes set definition = jsonb_set(definition, '{parameters,properties,x}', '{"type":"string"}') where name = 'train' and project_id = ${ctx.project.id}`);
    await advanceSweep(ctx.project.id, sweepId);
    expect((await getSweep(ctx, { sweepId })).counts).toMatchObject({ complete: 2, failed: 2 });
    await expect(extendSweep(ctx, { sweepId, runs: 3 })).rejects.toThrow("runs: 4 of its runs are used: 2 were launched, 2 could not be.");
  });
});

describe("a budget in money", () => {
  const admin = systemInstanceContext("an admin");
  const prices = { currency: "EUR", cpuHour: 1_000_000, gibHour: 0, gpuHour: 0 };
  afterEach(() => setPrices(admin, { prices: null }));

  it("needs prices, ends the sweep when it is used, and is extended", async () => {
    await expect(launch({ budget: { runs: 6, cost: 0.01 } })).rejects.toMatchObject({ code: "Conflict", detail: { field: "budget.cost" } });
    await setPrices(admin, { prices });
    const { sweepId } = await launch({ budget: { runs: 6, cost: 0.01 } });
    await playAll(sweepId);
    const sweep = await getSweep(ctx, { sweepId });
    expect(sweep).toMatchObject({ state: "finished", reason: "The cost of its budget is used.", counts: { complete: 3 }, cost: { currency: "EUR" } });
    expect(sweep.cost?.amount).toBeGreaterThan(0.01);
    const { runId } = sweep.trials[0] ?? {};
    expect((await getRun(ctx, { runId: runId ?? "" })).cost?.amount).toBeLessThan(sweep.cost?.amount ?? 0);
    await expect(extendSweep(ctx, { sweepId, cost: 0.02 })).rejects.toMatchObject({ code: "Conflict", detail: { field: "cost" } });
    await extendSweep(ctx, { sweepId, cost: null });
    await playAll(sweepId);
    expect(await getSweep(ctx, { sweepId })).toMatchObject({ state: "finished", counts: { complete: 6 } });
  });

  it("stops where the prices were taken away, and holds none that was launched before there were budgets in money", async () => {
    await setPrices(admin, { prices });
    const { sweepId } = await launch({ budget: { runs: 6, cost: 1_000 } });
    await setPrices(admin, { prices: null });
    await advanceSweep(ctx.project.id, sweepId);
    expect(await getSweep(ctx, { sweepId })).toMatchObject({ state: "stopped", reason: expect.stringContaining("No prices are set any more"), cost: null });
    await database().execute(sql`update sweeps set spec = spec #- '{budget,cost}' where id = ${sweepId}`);
    await resumeSweep(ctx, { sweepId });
    await playAll(sweepId);
    expect(await getSweep(ctx, { sweepId })).toMatchObject({ state: "finished", counts: { complete: 6 } });
  });
});

describe("a person", () => {
  it("stops, resumes and extends; what was cancelled is made up for", async () => {
    const { sweepId, parentRunId } = await launch({ budget: { runs: 4 }, parallelism: 2 });
    await advanceSweep(ctx.project.id, sweepId);
    const [running] = await claimAll();
    await stopSweep(ctx, { sweepId });
    await expect(stopSweep(ctx, { sweepId })).rejects.toThrow("The sweep is stopping");
    if (!running) throw new Error("nothing runs");
    for (const { runId } of (await getSweep(ctx, { sweepId })).trials) {
      const { jobId } = await getRun(ctx, { runId: runId ?? "" });
      const job = await getJob(ctx, { jobId: jobId ?? "" });
      expect(job.cancelRequestedAt).not.toBeNull();
    }
    // Both were claimed: their agent ends them.
    const { rows } = await database().execute<{ id: string; job_id: string }>(sql`select id, job_id from compute_attempts where finished_at is null`);
    for (const { id, job_id } of rows) await finish({ attemptId: id, jobId: job_id, runId: "", params: {} }, "cancelled");
    await advanceSweep(ctx.project.id, sweepId);
    expect(await getSweep(ctx, { sweepId })).toMatchObject({ state: "stopped", counts: { cancelled: 2 }, reason: "It was stopped." });
    expect((await getRun(ctx, { runId: parentRunId })).status).toBe("KILLED");
    await resumeSweep(ctx, { sweepId });
    expect((await getRun(ctx, { runId: parentRunId })).status).toBe("RUNNING");
    await playAll(sweepId);
    expect(await getSweep(ctx, { sweepId })).toMatchObject({ state: "finished", counts: { complete: 4, cancelled: 2 } });
    await expect(resumeSweep(ctx, { sweepId })).rejects.toThrow("extend it");
    await expect(extendSweep(ctx, { sweepId, runs: 3 })).rejects.toThrow("4 runs were launched already");
    await extendSweep(ctx, { sweepId, runs: 5 });
    await playAll(sweepId);
    expect(await getSweep(ctx, { sweepId })).toMatchObject({ state: "finished", counts: { complete: 5 } });
  });

  it("starts one from the finished runs of another", async () => {
    const earlier = await launch({ budget: { runs: 10 }, parallelism: 10, sampler: { kind: "random" } });
    await playAll(earlier.sweepId);
    const fresh = await launch({ seed: 3, budget: { runs: 1 } });
    const taught = await launch({ seed: 3, budget: { runs: 1 }, startFrom: earlier.sweepId, sampler: { kind: "cmaes" } });
    for (const { sweepId } of [fresh, taught]) await advanceSweep(ctx.project.id, sweepId);
    expect(await getSweep(ctx, { sweepId: taught.sweepId })).toMatchObject({ startRuns: 10, startFrom: { id: earlier.sweepId, name: "s" }, fault: null });
    expect(await paramsOf(taught.sweepId)).not.toEqual(await paramsOf(fresh.sweepId));
    await expect(launch({ startFrom: earlier.sweepId, objective: { metric: "auc", direction: "maximize" } })).rejects.toThrow("can't be compared");
  });
});

describe("pruning", () => {
  it.each([
    ["median", { kind: "median" as const, startupRuns: 1 }],
    ["asha", { kind: "asha" as const, minStep: 1, reduction: 2 }],
    // Of one bracket: to which of several a run belongs goes by the sweep's id, which differs each time.
    ["hyperband", { kind: "hyperband" as const, minStep: 1, maxStep: 3, reduction: 4 }],
  ])("%s stops what reports worse, and says at which step", async (_, pruner) => {
    const { sweepId } = await launch({ pruner, budget: { runs: 8 }, parallelism: 4, sampler: { kind: "random" } });
    await advanceSweep(ctx.project.id, sweepId);
    for (const one of await claimAll()) {
      await log(one.runId, [1, 1, 1, 1]);
      await finish(one);
    }
    await advanceSweep(ctx.project.id, sweepId);
    const bad = await claimAll();
    for (const { runId } of bad) await log(runId, [9, 9, 9, 9]);
    await advanceSweep(ctx.project.id, sweepId);
    const asked = (await listTrials(database(), sweepId)).filter(({ prunedAtStep }) => prunedAtStep !== null);
    expect(asked.length).toBeGreaterThan(0);
    for (const one of bad) await finish(one, asked.some(({ runId }) => runId === one.runId) ? "cancelled" : "completed");
    await advanceSweep(ctx.project.id, sweepId);
    const sweep = await getSweep(ctx, { sweepId });
    expect(sweep).toMatchObject({ state: "finished", counts: { pruned: asked.length, complete: 8 - asked.length } });
    const run = await getRun(ctx, { runId: asked[0]?.runId ?? "" });
    expect(run).toMatchObject({ status: "KILLED", failure: `Pruned at step ${asked[0]?.prunedAtStep}.` });
    expect(run.tags).toContainEqual({ key: "slipway.pruned", value: `at step ${asked[0]?.prunedAtStep}` });
  });
});
