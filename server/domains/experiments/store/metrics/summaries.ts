/** One row a metric of a run, kept on write: last, lowest, highest, mean, count. One statement a batch, whatever its size. */
import { type SQL, sql } from "drizzle-orm";
import type { Db, Tx } from "@/server/platform/db";
import type { MetricSummary } from "../../contract/run";
import { numbersOf } from "../field-keys";

const doubles = (values: (number | null)[]) => values.map((value) => (value === null ? null : String(value)));

/** The largest double. PostgreSQL raises an error where arithmetic would pass it; here a sum is infinite then, as in JavaScript. */
const largest = sql`1.7976931348623157e308::float8`;
const sumOf = (a: SQL, b: SQL) => sql`(case when ${a} > 0 and ${b} > ${largest} - ${a} then 'Infinity'::float8 when ${a} < 0 and ${b} < -${largest} - ${a} then '-Infinity'::float8 else ${a} + ${b} end)`;

/** Merges sums of new points into the run's summaries, in key order. */
export async function mergeSummaries(tx: Tx, run: { id: string; experimentId: string }, sums: readonly MetricSummary[]): Promise<void> {
  const keyIds = await numbersOf(tx, run.experimentId, "metric", sums.map(({ key }) => key));
  const column = <K extends keyof MetricSummary>(name: K) => sums.map((sum) => sum[name]);
  const numbers = (name: Exclude<keyof MetricSummary, "key">) => doubles(column(name) as (number | null)[]);
  await tx.execute(sql`
    insert into metric_summaries as m (run_id, key_id, last_value, last_step, last_timestamp, min_value, min_step, max_value, max_step, first_timestamp, count, value_sum, value_count)
    select ${run.id}::uuid, * from unnest(
      ${sql.param(keyIds)}::int[], ${sql.param(numbers("lastValue"))}::float8[], ${sql.param(numbers("lastStep"))}::bigint[],
      ${sql.param(numbers("lastTimestamp"))}::bigint[], ${sql.param(numbers("minValue"))}::float8[], ${sql.param(numbers("minStep"))}::bigint[],
      ${sql.param(numbers("maxValue"))}::float8[], ${sql.param(numbers("maxStep"))}::bigint[],
      ${sql.param(numbers("firstTimestamp"))}::bigint[], ${sql.param(numbers("count"))}::bigint[],
      ${sql.param(numbers("valueSum"))}::float8[], ${sql.param(numbers("valueCount"))}::bigint[])
    on conflict (run_id, key_id) do update set
      (last_value, last_step, last_timestamp) = (
        select l.v, l.s, l.t from (values (m.last_value, m.last_step, m.last_timestamp), (excluded.last_value, excluded.last_step, excluded.last_timestamp)) l(v, s, t)
        order by l.s desc, l.t desc, l.v desc limit 1),
      min_step = case when excluded.min_value < m.min_value or m.min_value is null then excluded.min_step else m.min_step end,
      min_value = least(m.min_value, excluded.min_value),
      max_step = case when excluded.max_value > m.max_value or m.max_value is null then excluded.max_step else m.max_step end,
      max_value = greatest(m.max_value, excluded.max_value),
      first_timestamp = least(m.first_timestamp, excluded.first_timestamp),
      count = m.count + excluded.count, value_sum = ${sumOf(sql`m.value_sum`, sql`excluded.value_sum`)}, value_count = m.value_count + excluded.value_count`);
}

/** Takes points that turned out to be repeats (in key order) out of the sums again; the rest of a summary never counted them twice. */
export async function subtractRepeats(tx: Tx, run: { id: string; experimentId: string }, repeats: readonly { key: string; count: number; valueSum: number; valueCount: number }[]): Promise<void> {
  if (repeats.length === 0) return;
  const keyIds = await numbersOf(tx, run.experimentId, "metric", repeats.map(({ key }) => key));
  // Rows are locked in the order in which writers do, so that neither waits for the other in a ring.
  await tx.execute(sql`
    select 1 from unnest(${sql.param(keyIds)}::int[]) with ordinality n(id, at) join metric_summaries m on m.run_id = ${run.id} and m.key_id = n.id
    order by n.at for update of m`);
  await tx.execute(sql`
    update metric_summaries m set count = m.count - r.count, value_sum = ${sumOf(sql`m.value_sum`, sql`-r.value_sum`)}, value_count = m.value_count - r.value_count
    from unnest(
      ${sql.param(keyIds)}::int[], ${sql.param(repeats.map(({ count }) => count))}::bigint[],
      ${sql.param(doubles(repeats.map(({ valueSum }) => valueSum)))}::float8[], ${sql.param(repeats.map(({ valueCount }) => valueCount))}::bigint[]
    ) r(key_id, count, value_sum, value_count)
    where m.run_id = ${run.id} and m.key_id = r.key_id`);
}

/** Whether anything was logged to it. */
export async function hasPoints(db: Db, runId: string): Promise<boolean> {
  const result = await db.execute(sql`select 1 from metric_summaries where run_id = ${runId} limit 1`);
  return (result.rowCount ?? 0) > 0;
}

/** How many points each of these runs has of a metric: at what resolution a chart is read. */
export async function countPoints(db: Db, runIds: readonly string[], key: string): Promise<Map<string, number>> {
  const result = await db.execute<{ run_id: string; count: number }>(sql`
    select m.run_id, m.count from metric_summaries m join field_keys k on k.id = m.key_id
    where m.run_id = any(${sql.param(runIds)}::uuid[]) and k.scope = 'metric' and k.key = ${key}`);
  return new Map(result.rows.map((row) => [row.run_id, Number(row.count)]));
}
