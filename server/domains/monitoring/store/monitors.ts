/** SQL of monitors and their baselines. */
import { and, asc, desc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { models } from "@/drizzle/schema/models";
import { baselines, monitors, monitorVersions } from "@/drizzle/schema/monitoring";
import type { Db, Tx } from "@/server/platform/db";
import type { MonitorDefinition } from "../contract/definition";
import type { Backtest, BaselineView, Limit } from "../contract/monitor";
import type { Past } from "../rules/clock/past";
import type { BaselineColumn } from "../rules/sums";

export type MonitorRow = Omit<typeof monitors.$inferSelect, "definition" | "judgedTo" | "past"> & { definition: MonitorDefinition; judgedTo: Record<string, string>; past: Record<string, Past> };
export type Baseline = Omit<typeof baselines.$inferSelect, "columns" | "limits" | "backtest"> & { columns: BaselineColumn[]; limits: Limit[]; backtest: Backtest[] };

const monitorOf = (row: typeof monitors.$inferSelect): MonitorRow => ({ ...row, definition: row.definition as MonitorDefinition, judgedTo: row.judgedTo as Record<string, string>, past: row.past as Record<string, Past> });

/** Who applies a monitor of this name next waits for the end of this transaction, also while there is no row yet. */
export async function lockMonitorName(tx: Tx, projectId: string, name: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`monitor ${projectId} ${name}`}, 0))`);
}

export async function findMonitor(db: Db, projectId: string, name: string): Promise<MonitorRow | null> {
  const [row] = await db.select().from(monitors).where(and(eq(monitors.projectId, projectId), eq(monitors.name, name)));
  return row ? monitorOf(row) : null;
}

/** Held to the end of the transaction; who folds passes over it meanwhile. */
export async function lockMonitorOfName(tx: Tx, projectId: string, name: string): Promise<MonitorRow | null> {
  const [row] = await tx.select().from(monitors).where(and(eq(monitors.projectId, projectId), eq(monitors.name, name))).for("update");
  return row ? monitorOf(row) : null;
}

export async function findMonitorById(db: Db, id: string): Promise<MonitorRow | null> {
  const [row] = await db.select().from(monitors).where(eq(monitors.id, id));
  return row ? monitorOf(row) : null;
}

export async function listMonitorRows(db: Db, projectId: string): Promise<MonitorRow[]> {
  return (await db.select().from(monitors).where(eq(monitors.projectId, projectId)).orderBy(asc(monitors.name)).limit(1_000)).map(monitorOf);
}

export async function findMonitorsOfModel(db: Db, modelId: string): Promise<MonitorRow[]> {
  return (await db.select().from(monitors).where(eq(monitors.modelId, modelId)).orderBy(asc(monitors.name))).map(monitorOf);
}

/** Held to the end of the transaction, in the order of their names. */
export async function lockMonitorsOfModel(tx: Tx, modelId: string): Promise<MonitorRow[]> {
  return (await tx.select().from(monitors).where(eq(monitors.modelId, modelId)).orderBy(asc(monitors.name)).for("update")).map(monitorOf);
}

export async function saveMonitor(tx: Tx, row: Omit<typeof monitors.$inferInsert, "definition"> & { definition: MonitorDefinition }): Promise<MonitorRow> {
  const { definition, version, modelId, appliedBy, past } = row;
  const [saved] = await tx
    .insert(monitors)
    .values(row)
    .onConflictDoUpdate({ target: [monitors.projectId, monitors.name], set: { definition, version, modelId, appliedBy, past, baselineError: null, updatedAt: sql`now()` } })
    .returning();
  if (!saved) throw new Error("the monitor was not saved");
  await tx
    .insert(monitorVersions)
    .values({ monitorId: saved.id, version, definition, appliedBy })
    .onConflictDoUpdate({ target: [monitorVersions.monitorId, monitorVersions.version], set: { definition, appliedBy } });
  return monitorOf(saved);
}

export async function savePast(tx: Tx, id: string, past: Record<string, Past>): Promise<void> {
  await tx.update(monitors).set({ past }).where(eq(monitors.id, id));
}

/** Takes a monitor for one transaction; null when another worker has it, or when it has no baseline yet. */
export async function lockMonitor(tx: Tx, id: string): Promise<MonitorRow | null> {
  const [row] = await tx.select().from(monitors).where(and(eq(monitors.id, id), sql`${monitors.baselineId} is not null`)).for("update", { skipLocked: true });
  return row ? monitorOf(row) : null;
}

export type Progress = Pick<MonitorRow, "cursor" | "watermark" | "labelsSeen" | "rowsFolded" | "rowsAhead" | "rowsUntimed" | "ownClock" | "judgedTo">;

export async function saveProgress(tx: Tx, id: string, progress: Progress): Promise<void> {
  await tx.update(monitors).set(progress).where(eq(monitors.id, id));
}

export async function calibratedMonitors(db: Db): Promise<string[]> {
  return (await db.select({ id: monitors.id }).from(monitors).where(isNotNull(monitors.baselineId))).map(({ id }) => id);
}

/** Monitors with inferences or labels that they have not read. Not `exists`: under the `or` it would scan the whole log. */
export async function monitorsWithWork(db: Db): Promise<{ id: string; projectId: string }[]> {
  const result = await db.execute<{ id: string; project_id: string }>(sql`
    select m.id, m.project_id from monitors m left join label_tallies t on t.model_id = m.model_id
    where m.baseline_id is not null and (
      (select i.sequence from inferences i where i.model_id = m.model_id and i.sequence > m.cursor order by i.sequence limit 1) is not null or
      t.watermark > coalesce(m.labels_seen, '-infinity'))`);
  return result.rows.map((row) => ({ id: row.id, projectId: row.project_id }));
}

export async function insertBaseline(tx: Tx, row: Omit<Baseline, "createdAt">): Promise<void> {
  await tx.insert(baselines).values(row);
}

/**
 * The new baseline is read against from now on: the log is folded anew into its bins, judged windows stay judged. The clock
 * runs anew with it: ahead of the rows that are read again, it would have windows judged that are empty still.
 */
export async function switchBaseline(tx: Tx, monitorId: string, baselineId: string): Promise<void> {
  await tx.update(monitors).set({ baselineId, baselineError: null, cursor: sql`stream_start`, watermark: null, rowsFolded: 0, rowsAhead: 0, rowsUntimed: 0, labelsSeen: null }).where(eq(monitors.id, monitorId));
  await tx.execute(sql`delete from monitor_hours h using baselines b where b.id = h.baseline_id and b.monitor_id = ${monitorId} and b.id <> ${baselineId}`);
}

export async function noteBaselineError(db: Db, monitorId: string, message: string | null): Promise<void> {
  await db.update(monitors).set({ baselineError: message }).where(eq(monitors.id, monitorId));
}

const baselineCache = new Map<string, Baseline>();

/** Baselines never change once written: a process keeps the ones it has read. */
export async function readBaseline(db: Db, id: string): Promise<Baseline | null> {
  const known = baselineCache.get(id);
  if (known) return known;
  const [row] = await db.select().from(baselines).where(eq(baselines.id, id));
  if (!row) return null;
  const baseline: Baseline = { ...row, columns: row.columns as BaselineColumn[], limits: row.limits as Limit[], backtest: row.backtest as Backtest[] };
  if (baselineCache.size >= 100) baselineCache.clear();
  baselineCache.set(id, baseline);
  return baseline;
}

/** Of which version of its monitor a baseline is; null of none. */
export async function baselineVersion(db: Db, id: string | null): Promise<number | null> {
  if (id === null) return null;
  const [row] = await db.select({ version: baselines.monitorVersion }).from(baselines).where(eq(baselines.id, id));
  return row?.version ?? null;
}

export async function findBaselineFor(db: Db, monitorId: string, monitorVersion: number, onnxSha256: string): Promise<string | null> {
  const [row] = await db
    .select({ id: baselines.id })
    .from(baselines)
    .where(and(eq(baselines.monitorId, monitorId), eq(baselines.monitorVersion, monitorVersion), eq(baselines.onnxSha256, onnxSha256)))
    .orderBy(desc(baselines.createdAt))
    .limit(1);
  return row?.id ?? null;
}

export const baselineView = (row: Baseline): BaselineView => ({
  id: row.id, monitorVersion: row.monitorVersion, modelVersion: row.modelVersion, datasetId: row.datasetId, datasetName: row.datasetName, rows: row.rows, limits: row.limits,
  backtest: row.backtest, tookMs: row.tookMs, createdAt: row.createdAt,
});

export async function modelNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.select({ id: models.id, name: models.name }).from(models).where(inArray(models.id, [...new Set(ids)]));
  return new Map(rows.map((row) => [row.id, row.name]));
}

/**
 * Forgets what a monitor has seen of its stream, and starts after the inferences that are there now. The row comes first: who folds a batch
 * into it holds it, and what that writes is to go too. Nothing of the round that begins is past for a rule.
 */
export async function resetStream(tx: Tx, monitor: MonitorRow): Promise<void> {
  await tx.execute(sql`
    update monitors m set past = '{}', watermark = null, labels_seen = null, rows_folded = 0, rows_ahead = 0, rows_untimed = 0, own_clock = false, judged_to = '{}', cursor = i.last, stream_start = i.last
    from (select coalesce(max(sequence), 0) as last from inferences where model_id = ${monitor.modelId}) i where m.id = ${monitor.id}`);
  await tx.execute(sql`delete from monitor_hours h using baselines b where b.id = h.baseline_id and b.monitor_id = ${monitor.id}`);
  await tx.execute(sql`delete from monitor_windows where monitor_id = ${monitor.id}`);
  // By the last round's labels the new one's first days would count as due at once, and theirs as late.
  await tx.execute(sql`update label_tallies set watermark = null, late = 0 where model_id = ${monitor.modelId}`);
  await tx.execute(sql`delete from label_days where model_id = ${monitor.modelId}`);
}

export const removeMonitor = (tx: Tx, id: string) => tx.delete(monitors).where(eq(monitors.id, id));
