import { and, asc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { sweeps, sweepTrials } from "@/drizzle/schema/sweeps";
import type { Db, Tx } from "@/server/platform/db";
import type { TrialParams } from "../../contract/sweep";
import { type TrialState, trialStates } from "../../contract/sweep-words";
import type { Counts, Reported } from "../../rules/sweeps/next-step";

type Row = typeof sweepTrials.$inferSelect;
type Attrs = Record<string, unknown>;
export type TrialRow = Omit<Row, "state" | "params" | "attrs" | "reported"> & { state: TrialState; params: TrialParams; attrs: Attrs; reported: Reported };

const typed = (row: Row): TrialRow => ({ ...row, state: row.state as TrialState, params: row.params as TrialParams, attrs: row.attrs as Attrs, reported: row.reported as Reported });

const only = (sweepId: string, number: number) => and(eq(sweepTrials.sweepId, sweepId), eq(sweepTrials.number, number));

export async function listTrials(db: Db, sweepId: string): Promise<TrialRow[]> {
  return (await db.select().from(sweepTrials).where(eq(sweepTrials.sweepId, sweepId)).orderBy(asc(sweepTrials.number))).map(typed);
}

/** For pages: without what only Optuna reads. */
export async function listTrialFacts(db: Db, sweepId: string) {
  const { number, state, params, runId, value, failure, seconds, prunedAtStep, createdAt, endedAt } = sweepTrials;
  const rows = await db
    .select({ number, state, params, runId, value, failure, seconds, prunedAtStep, createdAt, endedAt })
    .from(sweepTrials)
    .where(eq(sweepTrials.sweepId, sweepId))
    .orderBy(asc(number));
  return rows.map((row) => ({ ...row, state: row.state as TrialState, params: row.params as TrialParams }));
}

/** `launched` only where it is still planned: whoever comes second launches nothing. */
export async function lockPlanned(tx: Tx, sweepId: string, number: number): Promise<TrialRow | null> {
  const [row] = await tx.select().from(sweepTrials).where(and(only(sweepId, number), eq(sweepTrials.state, "planned"))).for("update");
  return row ? typed(row) : null;
}

export type PlannedTrial = { number: number; params: TrialParams; attrs: Attrs };

export async function insertPlanned(tx: Tx, sweepId: string, planned: readonly PlannedTrial[]): Promise<void> {
  await tx.insert(sweepTrials).values(planned.map((trial) => ({ sweepId, ...trial, state: "planned", reported: [] })));
}

export async function setLaunched(tx: Tx, sweepId: string, number: number, runId: string): Promise<void> {
  await tx.update(sweepTrials).set({ state: "launched", runId }).where(and(only(sweepId, number), eq(sweepTrials.state, "planned")));
}

export type Ending = { state: TrialState; value?: number | null; failure?: string | null; seconds?: number | null; reported?: Reported };

/** False when it had ended before. */
export async function endTrial(tx: Tx, sweepId: string, number: number, ending: Ending): Promise<boolean> {
  const ended = await tx
    .update(sweepTrials)
    .set({ ...ending, endedAt: sql`now()` })
    .where(and(only(sweepId, number), inArray(sweepTrials.state, ["planned", "launched"])))
    .returning({ number: sweepTrials.number });
  return ended.length > 0;
}

export async function setReported(db: Db, sweepId: string, number: number, reported: Reported): Promise<void> {
  await db.update(sweepTrials).set({ reported }).where(and(only(sweepId, number), eq(sweepTrials.state, "launched")));
}

export async function noteDecision(tx: Tx, sweepId: string, number: number, attrs: Attrs, prunedAtStep: number | null): Promise<void> {
  await tx.update(sweepTrials).set({ attrs, prunedAtStep }).where(and(only(sweepId, number), eq(sweepTrials.state, "launched")));
}

export async function countTrials(db: Db, sweepIds: readonly string[]): Promise<Map<string, { counts: Counts; seconds: number }>> {
  const none = (): Counts => Object.fromEntries(trialStates.map((state) => [state, 0])) as Counts;
  const found = new Map(sweepIds.map((id) => [id, { counts: none(), seconds: 0 }]));
  const rows = await db
    .select({ sweepId: sweepTrials.sweepId, state: sweepTrials.state, count: sql<number>`count(*)::int`, seconds: sql<number>`coalesce(sum(${sweepTrials.seconds}), 0)::float8` })
    .from(sweepTrials)
    .where(inArray(sweepTrials.sweepId, [...sweepIds]))
    .groupBy(sweepTrials.sweepId, sweepTrials.state);
  for (const row of rows) {
    const of = found.get(row.sweepId);
    if (!of) continue;
    of.counts[row.state as TrialState] = row.count;
    of.seconds += row.seconds;
  }
  return found;
}

/** The best finished trial of each sweep; of equal ones the first. */
export async function bestTrials(db: Db, sweepIds: readonly string[]): Promise<Map<string, { number: number; value: number; runId: string }>> {
  const sign = sql`case when ${sweeps.spec}->'objective'->>'direction' = 'minimize' then 1 else -1 end`;
  const rows = await db
    .selectDistinctOn([sweepTrials.sweepId], { sweepId: sweepTrials.sweepId, number: sweepTrials.number, value: sweepTrials.value, runId: sweepTrials.runId })
    .from(sweepTrials)
    .innerJoin(sweeps, eq(sweeps.id, sweepTrials.sweepId))
    .where(and(inArray(sweepTrials.sweepId, [...sweepIds]), eq(sweepTrials.state, "complete"), isNotNull(sweepTrials.value)))
    .orderBy(sweepTrials.sweepId, sql`${sweepTrials.value} * ${sign}`, sweepTrials.number);
  return new Map(rows.flatMap(({ sweepId, value, runId, number }) => (value === null || runId === null ? [] : [[sweepId, { number, value, runId }]])));
}

export async function listTrialRuns(db: Db, sweepId: string): Promise<string[]> {
  const rows = await db.select({ runId: sweepTrials.runId }).from(sweepTrials).where(and(eq(sweepTrials.sweepId, sweepId), isNotNull(sweepTrials.runId)));
  return rows.flatMap(({ runId }) => (runId === null ? [] : [runId]));
}

/** The sweep that a run is a trial of. */
export async function findSweepOfRun(db: Db, runId: string): Promise<string | null> {
  const [row] = await db.select({ sweepId: sweepTrials.sweepId }).from(sweepTrials).where(eq(sweepTrials.runId, runId));
  return row?.sweepId ?? null;
}
