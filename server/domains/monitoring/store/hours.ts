/** SQL of the hours' counts and of judged windows. */
import { and, asc, desc, eq, gte, inArray, lt, sql } from "drizzle-orm";
import { monitorHours, monitorWindows } from "@/drizzle/schema/monitoring";
import type { Db, Tx } from "@/server/platform/db";
import { hourMs } from "../contract/definition";
import type { HourView, Verdict, WindowView } from "../contract/monitor";
import { addSums, emptySums, type Sums } from "../rules/sums";
import { leapMs } from "../rules/clock/windows";

type HourRow = typeof monitorHours.$inferSelect;

/** A copy, for a view of int32 would have to be aligned. */
function countsOfBytes(bytes: Buffer): Int32Array {
  const counts = new Int32Array(bytes.length / 4);
  Buffer.from(counts.buffer).set(bytes);
  return counts;
}

const sumsOf = (row: HourRow): Sums => ({ rows: row.rows, weighted: row.weighted, scored: row.scored, scoreSum: row.scoreSum, counts: countsOfBytes(row.counts) });

/** Adds to the hours of a baseline; the caller holds the monitor. */
export async function addHours(tx: Tx, baselineId: string, hours: ReadonlyMap<number, Sums>): Promise<void> {
  if (hours.size === 0) return;
  const keys = [...hours.keys()].map((hour) => new Date(hour));
  const known = await tx.select().from(monitorHours).where(and(eq(monitorHours.baselineId, baselineId), inArray(monitorHours.hour, keys)));
  for (const row of known) {
    const sums = hours.get(row.hour.getTime());
    if (sums) addSums(sums, sumsOf(row));
  }
  const values = [...hours].map(([hour, { counts, ...rest }]) => ({ baselineId, hour: new Date(hour), ...rest, counts: Buffer.from(counts.buffer, counts.byteOffset, counts.byteLength) }));
  for (let from = 0; from < values.length; from += 50) {
    await tx
      .insert(monitorHours)
      .values(values.slice(from, from + 50))
      .onConflictDoUpdate({
        target: [monitorHours.baselineId, monitorHours.hour],
        set: { rows: sql`excluded.rows`, weighted: sql`excluded.weighted`, scored: sql`excluded.scored`, scoreSum: sql`excluded.score_sum`, counts: sql`excluded.counts` },
      });
  }
}

/** Sums of [from, to) by units of `unitMs`; units without rows are not there. */
export async function readUnits(db: Db, baselineId: string, from: number, to: number, unitMs: number, length: number): Promise<Map<number, Sums>> {
  const units = new Map<number, Sums>();
  const rows = await db
    .select()
    .from(monitorHours)
    .where(and(eq(monitorHours.baselineId, baselineId), gte(monitorHours.hour, new Date(from)), lt(monitorHours.hour, new Date(to))));
  for (const row of rows) {
    const unit = Math.floor(row.hour.getTime() / unitMs) * unitMs;
    const sums = units.get(unit) ?? emptySums(length);
    addSums(sums, sumsOf(row));
    units.set(unit, sums);
  }
  return units;
}

/** Hours in which the stream had rows beyond a moment, with how many. */
export async function countRowsAfter(db: Db, baselineId: string, after: Date): Promise<{ hour: number; rows: number }[]> {
  const rows = await db
    .select({ hour: monitorHours.hour, rows: monitorHours.rows })
    .from(monitorHours)
    .where(and(eq(monitorHours.baselineId, baselineId), gte(monitorHours.hour, after)))
    .limit(1_000);
  return rows.map((row) => ({ hour: row.hour.getTime(), rows: row.rows }));
}

/** The hour in which the stream began that the clock is in: the one after its last long silence. What was asked of long before is not of it. */
export async function streamBegan(db: Db, baselineId: string, watermark: Date): Promise<number | null> {
  const result = await db.execute<{ hour: Date | null }>(sql`
    select max(hour) as hour from (select hour, hour - lag(hour) over (order by hour) as silence from monitor_hours where baseline_id = ${baselineId} and hour <= ${watermark}) h
    where silence is null or silence > make_interval(secs => ${leapMs / 1_000})`);
  const hour = result.rows[0]?.hour;
  return hour ? new Date(hour).getTime() : null;
}

export async function readHourViews(db: Db, baselineId: string, from: Date, to: Date): Promise<HourView[]> {
  const rows = await db
    .select({ hour: monitorHours.hour, rows: monitorHours.rows, scored: monitorHours.scored, scoreSum: monitorHours.scoreSum })
    .from(monitorHours)
    .where(and(eq(monitorHours.baselineId, baselineId), gte(monitorHours.hour, from), lt(monitorHours.hour, to)))
    .orderBy(asc(monitorHours.hour));
  return rows.map((row) => ({ hour: row.hour, rows: row.rows, meanScore: row.scored > 0 ? row.scoreSum / row.scored : null }));
}

type WindowRow = typeof monitorWindows.$inferSelect;

export async function saveWindows(tx: Tx, monitorId: string, windows: readonly WindowView[]): Promise<void> {
  for (let from = 0; from < windows.length; from += 500) {
    await tx.insert(monitorWindows).values(windows.slice(from, from + 500).map((window) => ({ monitorId, ...window }))).onConflictDoNothing();
  }
}

const windowView = ({ monitorId: _, verdict, ...row }: WindowRow): WindowView => ({ ...row, verdict: verdict as Verdict });

/** Of each rule the newest window, all columns. */
export async function latestWindows(db: Db, monitorId: string): Promise<WindowView[]> {
  const rows = await db
    .select()
    .from(monitorWindows)
    .where(and(eq(monitorWindows.monitorId, monitorId), sql`(rule, ends_at) in (select rule, max(ends_at) from monitor_windows where monitor_id = ${monitorId} group by rule)`))
    .orderBy(sql`ratio desc nulls last`);
  return rows.map(windowView);
}

/** A rule's newest windows, oldest first; of one column, or of all. */
export async function readWindows(db: Db, monitorId: string, rule: string, column: string | null, windows: number): Promise<WindowView[]> {
  const filters = [eq(monitorWindows.monitorId, monitorId), eq(monitorWindows.rule, rule)];
  if (column !== null) filters.push(eq(monitorWindows.column, column));
  filters.push(sql`ends_at in (select distinct ends_at from monitor_windows where monitor_id = ${monitorId} and rule = ${rule} order by ends_at desc limit ${windows})`);
  const rows = await db.select().from(monitorWindows).where(and(...filters)).orderBy(asc(monitorWindows.endsAt), asc(monitorWindows.column));
  return rows.map(windowView);
}

/** For each rule and window the column that is furthest from its usual, oldest first. */
export async function readWorstWindows(db: Db, monitorId: string, windows: number): Promise<WindowView[]> {
  const newest = sql`(rule, ends_at) in (select rule, ends_at from (select rule, ends_at, dense_rank() over (partition by rule order by ends_at desc) as n from monitor_windows where monitor_id = ${monitorId}) r where n <= ${windows})`;
  const rows = await db
    .selectDistinctOn([monitorWindows.rule, monitorWindows.endsAt])
    .from(monitorWindows)
    .where(and(eq(monitorWindows.monitorId, monitorId), newest))
    .orderBy(monitorWindows.rule, monitorWindows.endsAt, sql`ratio desc nulls last`);
  return rows.map(windowView);
}

/** When the first broken window of each column's current run of broken ones ended, for rules over features and score. */
export async function firstBadWindows(db: Db, monitorId: string, rules: readonly string[]): Promise<Map<string, Date>> {
  if (rules.length === 0) return new Map();
  const rows = await db
    .select({ column: monitorWindows.column, endsAt: monitorWindows.endsAt, verdict: monitorWindows.verdict })
    .from(monitorWindows)
    .where(and(eq(monitorWindows.monitorId, monitorId), inArray(monitorWindows.rule, [...rules])))
    .orderBy(desc(monitorWindows.endsAt))
    .limit(20_000);
  const first = new Map<string, Date>();
  const ended = new Set<string>();
  for (const { column, endsAt, verdict } of rows) {
    if (ended.has(column)) continue;
    if (verdict === "breach") first.set(column, endsAt);
    else ended.add(column);
  }
  return first;
}

/** Hours long behind the stream's clock; judged windows stay. */
export async function purgeHours(db: Db, days: number): Promise<void> {
  await db.execute(sql`
    delete from monitor_hours h using baselines b, monitors m
    where b.id = h.baseline_id and m.id = b.monitor_id and h.hour < m.watermark - make_interval(days => ${days})`);
}

export const hourOf = (ms: number): number => Math.floor(ms / hourMs) * hourMs;
