/** Metric points and their summaries: written in one statement each, whatever the batch. */
import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/server/platform/db";
import type { MetricInput, MetricPoint, MetricSummary } from "../contract/run";

const doubles = (values: (number | null)[]) => values.map((value) => (value === null ? null : String(value)));

/** Inserts points; gives those that were new, so that a retried batch is counted once. */
export async function insertPoints(tx: Tx, runId: string, points: readonly MetricInput[]): Promise<MetricInput[]> {
  const result = await tx.execute<MetricInput>(sql`
    insert into metric_points (run_id, key, step, timestamp, value)
    select ${runId}::uuid, * from unnest(
      ${sql.param(points.map((p) => p.key))}::text[], ${sql.param(points.map((p) => p.step))}::bigint[],
      ${sql.param(points.map((p) => p.timestamp))}::bigint[], ${sql.param(doubles(points.map((p) => p.value)))}::float8[])
    on conflict do nothing returning key, step, timestamp, value`);
  return result.rows;
}

/** Merges sums of new points into the run's summaries, in key order. */
export async function mergeSummaries(tx: Tx, runId: string, sums: readonly MetricSummary[]): Promise<void> {
  const column = <K extends keyof MetricSummary>(name: K) => sums.map((sum) => sum[name]);
  const numbers = (name: Exclude<keyof MetricSummary, "key">) => doubles(column(name) as (number | null)[]);
  await tx.execute(sql`
    insert into metric_summaries as m (run_id, key, last_value, last_step, last_timestamp, min_value, min_step, max_value, max_step, first_timestamp, count)
    select ${runId}::uuid, * from unnest(
      ${sql.param(column("key"))}::text[], ${sql.param(numbers("lastValue"))}::float8[], ${sql.param(numbers("lastStep"))}::bigint[],
      ${sql.param(numbers("lastTimestamp"))}::bigint[], ${sql.param(numbers("minValue"))}::float8[], ${sql.param(numbers("minStep"))}::bigint[],
      ${sql.param(numbers("maxValue"))}::float8[], ${sql.param(numbers("maxStep"))}::bigint[],
      ${sql.param(numbers("firstTimestamp"))}::bigint[], ${sql.param(numbers("count"))}::bigint[])
    on conflict (run_id, key) do update set
      (last_value, last_step, last_timestamp) = (
        select l.v, l.s, l.t from (values (m.last_value, m.last_step, m.last_timestamp), (excluded.last_value, excluded.last_step, excluded.last_timestamp)) l(v, s, t)
        order by l.s desc, l.t desc, l.v desc limit 1),
      min_step = case when excluded.min_value < m.min_value or m.min_value is null then excluded.min_step else m.min_step end,
      min_value = least(m.min_value, excluded.min_value),
      max_step = case when excluded.max_value > m.max_value or m.max_value is null then excluded.max_step else m.max_step end,
      max_value = greatest(m.max_value, excluded.max_value),
      first_timestamp = least(m.first_timestamp, excluded.first_timestamp),
      count = m.count + excluded.count`);
}

/** Points of one metric in step order, from behind `after`. */
export async function readHistory(db: Db, runId: string, key: string, after: MetricPoint | null, limit: number): Promise<MetricPoint[]> {
  const behind = after
    ? sql`and (step, timestamp, value) > (${after.step}::bigint, ${after.timestamp}::bigint, ${String(after.value)}::float8)`
    : sql``;
  const result = await db.execute<MetricPoint>(sql`
    select step, timestamp, value from metric_points
    where run_id = ${runId} and key = ${key} ${behind} order by step, timestamp, value limit ${limit}`);
  return result.rows;
}

/** Every point of several runs' metric within a range of steps, by run, in step order. */
export async function readSeries(
  db: Db,
  runIds: readonly string[],
  key: string,
  range: { from: number | null; to: number | null },
): Promise<Map<string, MetricPoint[]>> {
  const from = range.from === null ? sql`` : sql`and step >= ${range.from}::bigint`;
  const to = range.to === null ? sql`` : sql`and step <= ${range.to}::bigint`;
  const result = await db.execute<MetricPoint & { run_id: string }>(sql`
    select run_id, step, timestamp, value from metric_points
    where run_id = any(${sql.param(runIds)}::uuid[]) and key = ${key} ${from} ${to} order by run_id, step, timestamp, value`);
  const series = new Map<string, MetricPoint[]>();
  for (const { run_id, ...point } of result.rows) {
    const list = series.get(run_id);
    if (list) list.push(point);
    else series.set(run_id, [point]);
  }
  return series;
}
