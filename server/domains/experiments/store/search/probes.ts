/** Conditions that an index answers by itself: where few runs fulfil one, a search begins with those runs. */
import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/server/platform/db";
import type { Condition } from "../../rules/filter";
import { asStatus, compare } from "./conditions";
import { isOfKey, type KeyIds } from "./key-ids";

/** This many runs are read and sorted within a few milliseconds. */
export const fewRuns = 2_000;

const ordered = new Set(["=", "<", "<=", ">", ">="]);
const open = new Set(["RUNNING", "SCHEDULED"]);

function ofMetric(condition: Condition, ids: readonly number[]): SQL | null {
  if (condition.aggregate !== "last" || !ordered.has(condition.comparator)) return null;
  return sql`select m.run_id as id from metric_summaries m where ${isOfKey(sql`m.key_id`, ids)} and m.last_value < 'NaN'::float8 and ${compare(sql`m.last_value`, condition, "float8")}`;
}

function ofPair(table: "run_params" | "run_tags", condition: Condition, ids: readonly number[]): SQL | null {
  if (condition.comparator !== "=" && condition.comparator !== "IN") return null;
  const heads = sql`array(select left(h, 64) from unnest(${sql.param(condition.values.map(String))}::text[]) h)`;
  return sql`select v.run_id as id from ${sql.raw(table)} v where ${isOfKey(sql`v.key_id`, ids)} and left(v.value, 64) = any(${heads}) and ${compare(sql`v.value`, condition, "text")}`;
}

function ofAttribute(condition: Condition, experimentId: string): SQL | null {
  const key = condition.key.toLowerCase();
  if (key === "status" && condition.comparator === "=") {
    const status = asStatus(condition.values[0] ?? "");
    return open.has(status) ? sql`select id from runs where experiment_id = ${experimentId} and status in ('RUNNING', 'SCHEDULED') and status = ${status}` : null;
  }
  if ((key === "start_time" || key === "created") && ordered.has(condition.comparator)) {
    return sql`select id from runs where experiment_id = ${experimentId} and ${compare(sql`start_time`, condition, "bigint")}`;
  }
  return null;
}

/** The ids of the runs of which a condition holds, as a query; null where no index gives them. */
function probeOf(condition: Condition, experimentId: string, keys: KeyIds): SQL | null {
  if (condition.scope === "metric") return ofMetric(condition, keys("metric", condition.key));
  if (condition.scope === "param") return ofPair("run_params", condition, keys("param", condition.key));
  if (condition.scope === "tag") return ofPair("run_tags", condition, keys("tag", condition.key));
  return condition.scope === "attribute" ? ofAttribute(condition, experimentId) : null;
}

/** A query for at most `most` ids that all matches are among, or null where each condition holds of more. */
export async function findFew(db: Db, experimentId: string, conditions: readonly Condition[], keys: KeyIds, most: number): Promise<SQL | null> {
  const all = sql`select id from runs where experiment_id = ${experimentId}`;
  const probes = [all, ...conditions.flatMap((condition) => probeOf(condition, experimentId, keys) ?? [])];
  const counts = probes.map((probe, index) => sql`(select count(*)::int from (${probe} limit ${most + 1}) p) as ${sql.raw(`n${index}`)}`);
  const result = await db.execute<Record<string, number>>(sql`select ${sql.join(counts, sql`, `)}`);
  const found = probes.map((probe, index) => ({ probe, count: result.rows[0]?.[`n${index}`] ?? 0 })).sort((a, b) => a.count - b.count);
  const [least] = found;
  return least && least.count <= most ? least.probe : null;
}
