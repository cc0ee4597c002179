/** Which attempt of its run a batch is of (ADR 16): told by a job's token, or by a script that opens its run again. */
import { and, eq, sql } from "drizzle-orm";
import { runs } from "@/drizzle/schema/experiments";
import type { Actor } from "@/server/platform/context";
import type { Tx } from "@/server/platform/db";
import type { MetricInput } from "../../contract/run";
import { timeOfId } from "../../rules/chunks/seal-plan";
import { newestBatch } from "../../store/metrics/batches";
import type { KeySteps } from "../../store/metrics/restarts";
import type { RunRow } from "../../store/runs";

/** A script that opens its run again and again ends in the last of these. */
const attemptsAtMost = 1_000;
/** A client's last batches may come behind the word that its run has ended. */
const stragglers = sql`interval '10 seconds'`;
/** Whoever logged within this time runs still: another process that opens the run is no restart. */
const quietMs = 5_000;

export type LoggedAttempt = { number: number; isTriedAgain: boolean };

const ofOwnJob = (run: RunRow, actor: Actor): number | null =>
  actor.attempt !== undefined && actor.attempt.jobId === run.jobId ? run.attemptBase + actor.attempt.number : null;

/** Costs a statement only where an attempt begins. */
export async function attemptOf(tx: Tx, run: RunRow, actor: Actor): Promise<LoggedAttempt> {
  const number = ofOwnJob(run, actor);
  if (number !== null) {
    if (number > run.attempts) await tx.update(runs).set({ attempts: sql`greatest(${runs.attempts}, ${number}::int)` }).where(eq(runs.id, run.id));
    return { number, isTriedAgain: true };
  }
  if (run.attemptOverAt === null) return { number: run.attempts, isTriedAgain: false };
  await tx
    .update(runs)
    .set({ attempts: sql`least(${runs.attempts} + 1, ${attemptsAtMost}::int)`, attemptOverAt: null })
    .where(and(eq(runs.id, run.id), sql`(${runs.status} in ('RUNNING', 'SCHEDULED') or ${runs.attemptOverAt} < now() - ${stragglers})`));
  const [now] = await tx.select({ attempts: runs.attempts }).from(runs).where(eq(runs.id, run.id));
  return { number: now?.attempts ?? run.attempts, isTriedAgain: false };
}

/** How a change of its status moves the time since when a run's attempt is over. MLflow's clients open a run so when they go on with it. */
export async function overAfter(tx: Tx, run: RunRow, actor: Actor, status: string | undefined): Promise<{ attemptOverAt?: ReturnType<typeof sql> }> {
  if (status === undefined) return {};
  if (status !== "RUNNING") return status === "SCHEDULED" ? {} : { attemptOverAt: sql`now()` };
  if (run.status !== "RUNNING" || run.attemptOverAt !== null || ofOwnJob(run, actor) !== null) return {};
  const newest = await newestBatch(tx, run.id);
  const isQuiet = newest === null ? await hasPoints(tx, run.id) : Date.now() - timeOfId(newest) > quietMs;
  return isQuiet ? { attemptOverAt: sql`now()` } : {};
}

async function hasPoints(tx: Tx, runId: string): Promise<boolean> {
  const result = await tx.execute(sql`select 1 from metric_summaries where run_id = ${runId} limit 1`);
  return (result.rowCount ?? 0) > 0;
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
