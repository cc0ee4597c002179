/** Stop, resume, extend. */
import { cancelJob } from "@/server/domains/compute/service/cancel-job";
import type { ProjectContext } from "@/server/platform/context";
import type { Tx } from "@/server/platform/db";
import { Conflict, Invalid, NotFound } from "@/server/platform/errors";
import { mutation, type Write } from "@/server/platform/mutation";
import { ExtendSweepInput, StopSweepInput, SweepRef } from "../../contract/sweep";
import { countedRuns, runsWanted } from "../../rules/sweeps/next-step";
import { lockExperimentShared } from "../../store/experiments";
import { findRun } from "../../store/runs";
import { lockSweep, moveSweep, type SweepRow } from "../../store/sweeps/sweeps";
import { countTrials, endTrial, listTrials } from "../../store/sweeps/trials";
import { readCostOfSweep, requirePrices } from "./sweep-cost";
import { enqueueAdvance, setParent, sweepTopics } from "./sweep-context";

async function requireLocked(tx: Tx, projectId: string, sweepId: string): Promise<SweepRow> {
  const sweep = await lockSweep(tx, projectId, sweepId);
  if (!sweep) throw new NotFound(`There is no sweep ${sweepId}.`);
  return sweep;
}

/** One that ended meanwhile needs no cancelling. */
async function cancelRunOf(write: Write<ProjectContext, unknown>, runId: string): Promise<void> {
  const run = await findRun(write.tx, write.ctx.project.id, runId);
  if (!run?.jobId) return;
  await cancelJob.within(write, { jobId: run.jobId }).catch((error) => {
    if (!(error instanceof Conflict)) throw error;
  });
}

export const stopSweep = mutation("experiments.stopSweep", "member", StopSweepInput, async (write) => {
  const { tx, ctx, input, subject, publish } = write;
  const sweep = await requireLocked(tx, ctx.project.id, input.sweepId);
  subject({ kind: "sweep", id: sweep.id, name: sweep.name }, { cancelRuns: input.cancelRuns });
  if (!(await moveSweep(tx, sweep.id, ["running"], { state: "stopping" }))) throw new Conflict(`The sweep is ${sweep.state}: there is nothing to stop.`);
  for (const { number, state, runId } of await listTrials(tx, sweep.id)) {
    if (state === "planned") await endTrial(tx, sweep.id, number, { state: "cancelled", failure: "The sweep was stopped before it was launched." });
    if (state === "launched" && runId !== null && input.cancelRuns) await cancelRunOf(write, runId);
  }
  await enqueueAdvance(tx, ctx.project.id, sweep.id);
  publish(...sweepTopics(sweep.id));
  return { sweepId: sweep.id, state: "stopping" as const };
});

async function assertExperimentActive(tx: Tx, { experimentId }: SweepRow): Promise<void> {
  const experiment = await lockExperimentShared(tx, experimentId);
  if (experiment?.lifecycleStage !== "active") throw new Conflict(`The experiment ${experiment?.name ?? ""} is deleted: restore it first.`);
}

async function restart({ tx, ctx, publish }: Pick<Write<ProjectContext, unknown>, "tx" | "ctx" | "publish">, sweep: SweepRow): Promise<void> {
  await moveSweep(tx, sweep.id, [sweep.state], { state: "running", reason: null, fault: null, ended: false, resumed: true });
  await setParent(tx, sweep, "RUNNING", publish);
  await enqueueAdvance(tx, ctx.project.id, sweep.id);
}

export const resumeSweep = mutation("experiments.resumeSweep", "member", SweepRef, async (write) => {
  const { tx, ctx, input, subject } = write;
  const sweep = await requireLocked(tx, ctx.project.id, input.sweepId);
  subject({ kind: "sweep", id: sweep.id, name: sweep.name });
  if (sweep.state === "finished") throw new Conflict("Its budget is used: extend it.");
  if (sweep.state === "running") throw new Conflict("The sweep is running.");
  await assertExperimentActive(tx, sweep);
  await restart(write, sweep);
  return { sweepId: sweep.id, state: "running" as const };
});

/** One that ended goes on only with money to spend. */
async function assertMoneyLeft(tx: Tx, sweep: SweepRow, cost: number | null): Promise<void> {
  if (sweep.state !== "finished" || cost === null) return;
  const used = await readCostOfSweep(tx, sweep);
  if (used && used.amount >= cost) throw new Conflict(`cost: more than ${used.amount.toFixed(2)} ${used.currency} is needed for it to go on.`, { field: "cost" });
}

async function usedWords(tx: Tx, sweep: SweepRow, done: number): Promise<string> {
  const refused = (await listTrials(tx, sweep.id)).filter(({ state, runId }) => state === "failed" && runId === null).length;
  return refused === 0 ? `${done} runs were launched already.` : `${done} of its runs are used: ${done - refused} were launched, ${refused} could not be.`;
}

/** A finished sweep goes on when there is more to do; a stopped one waits to be resumed. */
export const extendSweep = mutation("experiments.extendSweep", "member", ExtendSweepInput, async (write) => {
  const { tx, ctx, input, subject, publish } = write;
  const sweep = await requireLocked(tx, ctx.project.id, input.sweepId);
  await assertExperimentActive(tx, sweep);
  const { counts, seconds } = (await countTrials(tx, [sweep.id])).get(sweep.id) ?? { counts: null, seconds: 0 };
  const budget = { runs: input.runs ?? sweep.spec.budget.runs, hours: input.hours === undefined ? sweep.spec.budget.hours : input.hours, cost: input.cost === undefined ? sweep.spec.budget.cost : input.cost };
  if (input.cost) await requirePrices(tx, "cost");
  const spec = { ...sweep.spec, budget, parallelism: input.parallelism ?? sweep.spec.parallelism };
  const done = counts ? countedRuns(counts) : 0;
  if (budget.runs < done) throw new Invalid(`runs: ${await usedWords(tx, sweep, done)}`, { field: "runs" });
  if (sweep.state === "finished" && runsWanted(spec) <= done)
    throw new Conflict(spec.sampler.kind === "grid" && budget.runs > done ? "Each point of its grid was run: a grid has no more." : `runs: more than ${done} are needed for it to go on.`, { field: "runs" });
  if (sweep.state === "finished" && budget.hours !== null && budget.hours * 3_600 <= seconds) throw new Conflict(`hours: more than ${(seconds / 3_600).toFixed(2)} are needed for it to go on.`, { field: "hours" });
  await assertMoneyLeft(tx, sweep, budget.cost);
  await moveSweep(tx, sweep.id, [sweep.state], { spec });
  subject({ kind: "sweep", id: sweep.id, name: sweep.name }, { budget, parallelism: spec.parallelism });
  if (sweep.state === "finished") await restart(write, sweep);
  else await enqueueAdvance(tx, ctx.project.id, sweep.id);
  publish(...sweepTopics(sweep.id));
  return { sweepId: sweep.id };
});
