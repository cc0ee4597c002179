import { and, desc, eq, inArray, lt, sql } from "drizzle-orm";
import { experiments } from "@/drizzle/schema/experiments";
import { sweeps } from "@/drizzle/schema/sweeps";
import type { Db, Tx } from "@/server/platform/db";
import type { SweepImportance, SweepSpec, TrialParams } from "../../contract/sweep";
import type { SweepState } from "../../contract/sweep-words";

type Row = typeof sweeps.$inferSelect;
export type HistoryTrial = { params: TrialParams; value: number };
export type SweepRow = Omit<Row, "spec" | "state" | "history" | "importance"> & { spec: SweepSpec; state: SweepState; history: HistoryTrial[]; importance: SweepImportance | null };
export type NewSweep = Pick<SweepRow, "id" | "projectId" | "experimentId" | "name" | "recipe" | "recipeVersion" | "spec" | "parentRunId" | "history" | "startFrom" | "createdBy">;

/** Those of before budgets in money have none. */
const specOf = (spec: SweepSpec): SweepSpec => ({ ...spec, budget: { ...spec.budget, cost: spec.budget.cost ?? null } });

const typed = (row: Row): SweepRow => ({
  ...row, spec: specOf(row.spec as SweepSpec), state: row.state as SweepState, history: row.history as HistoryTrial[], importance: row.importance as SweepImportance | null,
});

const ofProject = (projectId: string, sweepId: string) => and(eq(sweeps.projectId, projectId), eq(sweeps.id, sweepId));

export async function findSweep(db: Db, projectId: string, sweepId: string): Promise<SweepRow | null> {
  const [row] = await db.select().from(sweeps).where(ofProject(projectId, sweepId));
  return row ? typed(row) : null;
}

/** For whoever changes it or its trials: one at a time. */
export async function lockSweep(tx: Tx, projectId: string, sweepId: string): Promise<SweepRow | null> {
  const [row] = await tx.select().from(sweeps).where(ofProject(projectId, sweepId)).for("update");
  return row ? typed(row) : null;
}

export async function insertSweep(tx: Tx, row: NewSweep): Promise<void> {
  await tx.insert(sweeps).values({ ...row, state: "running" });
}

export type SweepPage = { projectId: string; experimentNo: number | null; cursor: string | null; limit: number };

/** Newest first. */
export async function listSweepRows(db: Db, { projectId, experimentNo, cursor, limit }: SweepPage): Promise<SweepRow[]> {
  const filters = [eq(sweeps.projectId, projectId)];
  if (cursor !== null) filters.push(lt(sweeps.id, cursor));
  if (experimentNo !== null) {
    const chosen = db.select({ id: experiments.id }).from(experiments).where(and(eq(experiments.projectId, projectId), eq(experiments.no, experimentNo)));
    filters.push(inArray(sweeps.experimentId, chosen));
  }
  return (await db.select().from(sweeps).where(and(...filters)).orderBy(desc(sweeps.id)).limit(limit)).map(typed);
}

export async function listRunningSweeps(db: Db, projectId: string, experimentId: string): Promise<{ id: string; name: string }[]> {
  const result = await db.execute<{ id: string; name: string }>(sql`
    select id, name from sweeps where project_id = ${projectId} and experiment_id = ${experimentId} and state = 'running' order by id`);
  return result.rows;
}

export async function namesOfExperiments(db: Db, ids: readonly string[]): Promise<Map<string, { no: number; name: string }>> {
  const rows = await db.select({ id: experiments.id, no: experiments.no, name: experiments.name }).from(experiments).where(inArray(experiments.id, [...ids]));
  return new Map(rows.map(({ id, ...names }) => [id, names]));
}

export async function namesOfSweeps(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.select({ id: sweeps.id, name: sweeps.name }).from(sweeps).where(inArray(sweeps.id, [...ids]));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** False when it was in none of these states. */
export async function moveSweep(tx: Tx, sweepId: string, from: readonly SweepState[], set: Partial<Pick<SweepRow, "state" | "reason" | "fault" | "spec">> & { ended?: boolean; resumed?: boolean }): Promise<boolean> {
  const { ended, resumed, ...values } = set;
  const moved = await tx
    .update(sweeps)
    .set({ ...values, endedAt: ended === undefined ? undefined : ended ? sql`now()` : null, resumedAt: resumed ? sql`now()` : undefined })
    .where(and(eq(sweeps.id, sweepId), inArray(sweeps.state, [...from])))
    .returning({ id: sweeps.id });
  return moved.length > 0;
}

/** Says whether that changes anything. */
export async function setFault(db: Db, sweepId: string, fault: string | null): Promise<boolean> {
  const changed = await db.update(sweeps).set({ fault }).where(and(eq(sweeps.id, sweepId), sql`${sweeps.fault} is distinct from ${fault}`)).returning({ id: sweeps.id });
  return changed.length > 0;
}

export async function setImportance(db: Db, sweepId: string, importance: SweepImportance): Promise<void> {
  await db.update(sweeps).set({ importance }).where(eq(sweeps.id, sweepId));
}

/** Open sweeps that nobody looked at for a while; they count as looked at now. */
export async function takeUnchecked(tx: Tx, seconds: { pruned: number; others: number }): Promise<{ id: string; projectId: string }[]> {
  const wait = sql`case when ${sweeps.spec}->'pruner'->>'kind' = 'none' then ${seconds.others}::int else ${seconds.pruned}::int end`;
  return tx
    .update(sweeps)
    .set({ checkedAt: sql`now()` })
    .where(and(inArray(sweeps.state, ["running", "stopping"]), sql`${sweeps.checkedAt} < now() - make_interval(secs => (${wait})::float8)`))
    .returning({ id: sweeps.id, projectId: sweeps.projectId });
}
