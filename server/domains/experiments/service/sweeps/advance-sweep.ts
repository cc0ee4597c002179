/**
 * One round of a sweep, in the worker: what ended is settled, what reports too little is pruned, what is missing is
 * launched, what is over is ended. All state is in the tables, so a round that was killed is simply done again.
 */
import { z } from "zod";
import { database } from "@/server/platform/db";
import { ServiceError } from "@/server/platform/errors";
import type { ProjectContext } from "@/server/platform/context";
import { publishLive } from "@/server/platform/live/publish";
import { logger } from "@/server/platform/log";
import { defineTask, enqueue } from "@/server/platform/outbox";
import { isLasting, isMeasureDue, nextStep, type Step, takeEvenly } from "../../rules/sweeps/next-step";
import { findRunOfJob } from "../../store/runs";
import { findSweep, lockSweep, moveSweep, setFault, setImportance, type SweepRow, takeUnchecked } from "../../store/sweeps/sweeps";
import { countTrials, endTrial, findSweepOfRun, listTrials } from "../../store/sweeps/trials";
import { launchPlanned, planTrials } from "./launch-trial";
import { measureImportance } from "./optuna";
import { readCostOfSweep } from "./sweep-cost";
import { pruneTrials } from "./prune-trials";
import { settleTrials } from "./settle-trials";
import { advanceTaskName, enqueueAdvance, setParent, sweepContext, sweepTopics } from "./sweep-context";

const SweepPayload = z.object({ projectId: z.uuid(), sweepId: z.uuid() });
/** fANOVA's time grows faster than its runs: 400 take about 6 s. */
const runsMeasured = 400;
const endedStates = ["complete", "pruned", "failed"];

async function decide(sweep: SweepRow, secondsOpen: number): Promise<Step> {
  const trials = await listTrials(database(), sweep.id);
  const { counts, seconds } = (await countTrials(database(), [sweep.id])).get(sweep.id) ?? { counts: null, seconds: 0 };
  if (!counts) return { kind: "wait" };
  const latest = trials
    .filter(({ state, endedAt }) => endedStates.includes(state) && endedAt !== null && endedAt >= sweep.resumedAt)
    .sort((a, b) => (b.endedAt?.getTime() ?? 0) - (a.endedAt?.getTime() ?? 0));
  const costUsed = sweep.spec.budget.cost === null ? null : ((await readCostOfSweep(database(), sweep))?.amount ?? null);
  return nextStep({ state: sweep.state, reason: sweep.reason, spec: sweep.spec, counts, hoursUsed: (seconds + secondsOpen) / 3_600, costUsed, latest });
}

async function end(sweep: SweepRow, { state, reason }: Extract<Step, { kind: "end" }>): Promise<void> {
  const topics: string[] = [];
  await database().transaction(async (tx) => {
    const now = await lockSweep(tx, sweep.projectId, sweep.id);
    // What a person changed meanwhile counts: the next round decides on that.
    if (!now || now.state !== sweep.state || JSON.stringify(now.spec) !== JSON.stringify(sweep.spec)) return enqueueAdvance(tx, sweep.projectId, sweep.id);
    await moveSweep(tx, sweep.id, [sweep.state], { state, reason, ended: true });
    await setParent(tx, sweep, state === "finished" ? "FINISHED" : "KILLED", (...more) => void topics.push(...more));
  });
  publishLive(sweep.projectId, topics);
  await enqueueMeasure(sweep);
}

/** Says whether another round is due at once. */
async function goOn(ctx: ProjectContext, sweep: SweepRow, secondsOpen: number): Promise<boolean> {
  const step = await decide(sweep, secondsOpen);
  if (step.kind === "end") await end(sweep, step);
  if (step.kind !== "launch") return false;
  await planTrials(sweep, step.count);
  return !(await launchPlanned(ctx, sweep));
}

const enqueueMeasure = ({ projectId, id }: SweepRow) => enqueue(database(), measureSweep, { projectId, sweepId: id }, { key: `measure ${id}`, queue: "sweep-importance" });

async function round(sweep: SweepRow): Promise<boolean> {
  const ctx = await sweepContext(sweep);
  if (!ctx || (sweep.state !== "running" && sweep.state !== "stopping")) return false;
  // What a round that was killed had planned.
  if (sweep.state === "running") await launchPlanned(ctx, sweep);
  if (sweep.state === "running") await pruneTrials(ctx, sweep);
  const settled = await settleTrials(ctx, sweep, await listTrials(database(), sweep.id));
  if (settled.completed > 0) await enqueueMeasure(sweep);
  return goOn(ctx, sweep, settled.secondsOpen);
}

async function noteFault(sweep: SweepRow, fault: string | null): Promise<void> {
  if (await setFault(database(), sweep.id, fault)) publishLive(sweep.projectId, sweepTopics(sweep.id));
}

/** What runs is left to its end, and settled. A round that fails even so ends the sweep there and then. */
async function giveUp(sweep: SweepRow, error: unknown): Promise<void> {
  logger.error({ err: error, sweepId: sweep.id }, "a sweep is ended by an error that does not pass");
  const fault = (error instanceof Error ? error.message : String(error)).slice(0, 500);
  const reason = "An error ended it.";
  const topics = sweepTopics(sweep.id);
  await database().transaction(async (tx) => {
    if (!(await lockSweep(tx, sweep.projectId, sweep.id))) return;
    for (const { number, state } of await listTrials(tx, sweep.id))
      if (state === "planned") await endTrial(tx, sweep.id, number, { state: "cancelled", failure: "The sweep was ended before it was launched." });
    if (sweep.state === "running") {
      await moveSweep(tx, sweep.id, ["running"], { state: "stopping", reason, fault });
      return enqueueAdvance(tx, sweep.projectId, sweep.id);
    }
    if (await moveSweep(tx, sweep.id, ["stopping"], { state: "stopped", reason, fault, ended: true })) await setParent(tx, sweep, "KILLED", (...more) => void topics.push(...more));
  });
  publishLive(sweep.projectId, topics);
}

export async function advanceSweep(projectId: string, sweepId: string): Promise<void> {
  const sweep = await findSweep(database(), projectId, sweepId);
  if (!sweep) return;
  try {
    const isDue = await round(sweep);
    // With a reason it is stopping over its fault, which stays.
    if (sweep.reason === null) await noteFault(sweep, null);
    if (isDue) await enqueueAdvance(database(), projectId, sweepId);
  } catch (error) {
    // Ours are shown and tried again by the keeper; what does not pass ends it; anything else is the queue's to try again.
    if (isLasting(error)) return giveUp(sweep, error);
    if (!(error instanceof ServiceError)) throw error;
    logger.warn({ err: error, sweepId }, "a sweep does not go on");
    await noteFault(sweep, error.message);
  }
}

export const advanceSweepTask = defineTask(advanceTaskName, SweepPayload, ({ projectId, sweepId }) => advanceSweep(projectId, sweepId));

/** Which parameter matters, kept until enough more runs have finished, or all. */
export const measureSweep = defineTask("measure-sweep", SweepPayload, async ({ projectId, sweepId }) => {
  const sweep = await findSweep(database(), projectId, sweepId);
  if (!sweep) return;
  const finished = (await listTrials(database(), sweepId)).filter(({ state }) => state === "complete");
  if (!isMeasureDue(finished.length, sweep.importance?.finished ?? 0, sweep.state)) return;
  const { importance } = await measureImportance(sweep, takeEvenly(finished, runsMeasured));
  await setImportance(database(), sweepId, { finished: finished.length, runs: Math.min(finished.length, runsMeasured), shares: importance });
  publishLive(projectId, sweepTopics(sweepId));
});

/** With compute's events, after the run was ended: the sweep whose trial it is goes on. */
export async function followTrial(projectId: string, jobId: string): Promise<void> {
  const run = await findRunOfJob(database(), projectId, jobId);
  const sweepId = run ? await findSweepOfRun(database(), run.id) : null;
  if (sweepId !== null) await enqueueAdvance(database(), projectId, sweepId);
}

const checkEvery = { pruned: 3, others: 20 };

/** For lost events, and for what running trials report. */
export async function keepSweeps(): Promise<void> {
  await database().transaction(async (tx) => {
    for (const { id, projectId } of await takeUnchecked(tx, checkEvery)) await enqueueAdvance(tx, projectId, id);
  });
}
