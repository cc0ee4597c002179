/** Params, tags and metrics of many runs by key: one row a key and run, so that a key's name travels once. */
import { sql } from "drizzle-orm";
import type { Db } from "@/server/platform/db";
import type { ComparedMetric } from "../../contract/compare";

const keysGiven = 5_000;
const valueLength = 300;

export type KeyedValue = { run_id: string; key: string; value: string };

/** MLflow's own tags say what the page says elsewhere. */
export async function readKeyedValues(db: Db, scope: "param" | "tag", runIds: readonly string[]): Promise<KeyedValue[]> {
  const table = sql.raw(scope === "param" ? "run_params" : "run_tags");
  const own = scope === "tag" ? sql`and k.key not like 'mlflow.%'` : sql``;
  const result = await db.execute<KeyedValue>(sql`
    select v.run_id, k.key, left(v.value, ${valueLength}) as value from ${table} v join field_keys k on k.id = v.key_id
    where v.run_id = any(${sql.param(runIds)}::uuid[]) ${own} order by k.key`);
  return result.rows;
}

export async function readMetricKeysOf(db: Db, runIds: readonly string[]): Promise<ComparedMetric[]> {
  const result = await db.execute<{ key: string; runs: number; points: number; total: number }>(sql`
    select k.key, sum(m.runs) as runs, max(m.points) as points, sum(m.total) as total
    from (select key_id, count(*) as runs, max(count) as points, sum(count) as total from metric_summaries where run_id = any(${sql.param(runIds)}::uuid[]) group by key_id) m
    join field_keys k on k.id = m.key_id group by k.key order by 2 desc, 1 limit ${keysGiven}`);
  return result.rows.map((row) => ({ key: row.key, runs: Number(row.runs), points: Number(row.points), total: Number(row.total) }));
}

export type KeyedSummary = {
  run_id: string; key: string; last: number; lastStep: number; min: number | null; minStep: number | null; max: number | null; maxStep: number | null;
};

export async function readKeyedSummaries(db: Db, runIds: readonly string[], keys: readonly string[]): Promise<KeyedSummary[]> {
  const result = await db.execute<KeyedSummary>(sql`
    select m.run_id, k.key, m.last_value as last, m.last_step as "lastStep", m.min_value as min, m.min_step as "minStep", m.max_value as max, m.max_step as "maxStep"
    from field_keys k join metric_summaries m on m.key_id = k.id
    where k.scope = 'metric' and k.key = any(${sql.param(keys)}::text[]) and m.run_id = any(${sql.param(runIds)}::uuid[])
      and k.experiment_id in (select distinct r.experiment_id from runs r where r.id = any(${sql.param(runIds)}::uuid[]))`);
  return result.rows;
}
