/** Which attempt of its run a batch is of (ADR 16): told by a job's token, or by a script that opens its run again. */
import type { Actor } from "@/server/platform/context";
import type { Tx } from "@/server/platform/db";
import type { MetricInput } from "../../contract/run";
import { timeOfId } from "../../rules/chunks/seal-plan";
import { beginNextAttempt, raiseAttempts } from "../../store/metrics/attempts";
import { newestBatch } from "../../store/metrics/batches";
import type { KeySteps } from "../../store/metrics/restarts";
import { hasPoints } from "../../store/metrics/summaries";
import type { RunRow } from "../../store/runs";

/** Whoever logged within this time runs still: another process that opens the run is no restart. */
const quietMs = 5_000;

export type LoggedAttempt = { number: number; isTriedAgain: boolean };

const ofOwnJob = (run: RunRow, actor: Actor): number | null =>
  actor.attempt !== undefined && actor.attempt.jobId === run.jobId ? run.attemptBase + actor.attempt.number : null;

/** Costs a statement only where an attempt begins. */
export async function attemptOf(tx: Tx, run: RunRow, actor: Actor): Promise<LoggedAttempt> {
  const number = ofOwnJob(run, actor);
  if (number !== null) {
    if (number > run.attempts) await raiseAttempts(tx, run.id, number);
    return { number, isTriedAgain: true };
  }
  if (run.attemptOverAt === null) return { number: run.attempts, isTriedAgain: false };
  return { number: (await beginNextAttempt(tx, run.id)) ?? run.attempts, isTriedAgain: false };
}

/** Whether a run's attempt is over by a change of its status. MLflow's clients open a run so when they go on with it. */
export async function isOverBy(tx: Tx, run: RunRow, actor: Actor, status: string | undefined): Promise<boolean> {
  if (status === undefined || status === "SCHEDULED") return false;
  if (status !== "RUNNING") return true;
  if (run.status !== "RUNNING" || run.attemptOverAt !== null || ofOwnJob(run, actor) !== null) return false;
  const newest = await newestBatch(tx, run.id);
  return newest === null ? hasPoints(tx, run.id) : Date.now() - timeOfId(newest) > quietMs;
}

/** Of each key the lowest step, and whether there is another; in key order. */
export function stepsByKey(metrics: readonly MetricInput[]): KeySteps[] {
  const found = new Map<string, KeySteps>();
  for (const { key, step } of metrics) {
    const known = found.get(key);
    if (!known) found.set(key, { key, firstStep: step, isLine: false });
    else if (step !== known.firstStep) Object.assign(known, { firstStep: Math.min(step, known.firstStep), isLine: true });
  }
  return [...found.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}
