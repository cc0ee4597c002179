/** Parameters and tags of runs: whole batches in one statement. */
import { sql } from "drizzle-orm";
import { runTags } from "@/drizzle/schema/experiments";
import type { Tx } from "@/server/platform/db";
import type { KeyValue } from "../contract/run";

/** Of several values for one key the last wins, as when they are sent one by one. */
const lastOfEach = (pairs: readonly KeyValue[]): KeyValue[] =>
  [...new Map(pairs.map((pair) => [pair.key, pair])).values()].sort((a, b) => (a.key < b.key ? -1 : 1));

export async function putRunTags(tx: Tx, runId: string, tags: readonly KeyValue[]): Promise<void> {
  if (tags.length === 0) return;
  await tx
    .insert(runTags)
    .values(lastOfEach(tags).map((tag) => ({ runId, ...tag })))
    .onConflictDoUpdate({ target: [runTags.runId, runTags.key], set: { value: sql`excluded.value` } });
}

export type ParamClash = KeyValue & { stored: string };

/** Inserts new parameters; gives those whose key is there with another value. */
export async function insertParams(tx: Tx, runId: string, params: readonly KeyValue[]): Promise<ParamClash[]> {
  const sorted = [...params].sort((a, b) => (a.key < b.key ? -1 : 1));
  const list = sql`unnest(${sql.param(sorted.map((p) => p.key))}::text[], ${sql.param(sorted.map((p) => p.value))}::text[]) as n(key, value)`;
  await tx.execute(sql`insert into run_params (run_id, key, value) select ${runId}::uuid, n.key, n.value from ${list} on conflict do nothing`);
  const clashes = await tx.execute<ParamClash>(sql`
    select n.key, n.value, p.value as stored from ${list} join run_params p on p.run_id = ${runId} and p.key = n.key where p.value <> n.value limit 1`);
  return clashes.rows;
}
