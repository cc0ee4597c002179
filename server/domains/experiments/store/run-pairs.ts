/** Parameters and tags of runs: whole batches in one statement. */
import { sql } from "drizzle-orm";
import type { Tx } from "@/server/platform/db";
import type { KeyValue } from "../contract/run";
import { numbersOf } from "./field-keys";

/** Of several values for one key the last wins, as when they are sent one by one. */
const lastOfEach = (pairs: readonly KeyValue[]): KeyValue[] =>
  [...new Map(pairs.map((pair) => [pair.key, pair])).values()].sort((a, b) => (a.key < b.key ? -1 : 1));

type OfExperiment = { id: string; experimentId: string };

export async function putRunTags(tx: Tx, run: OfExperiment, tags: readonly KeyValue[]): Promise<void> {
  if (tags.length === 0) return;
  const wanted = lastOfEach(tags);
  const numbers = await numbersOf(tx, run.experimentId, "tag", wanted.map(({ key }) => key));
  await tx.execute(sql`
    insert into run_tags (run_id, key_id, value)
    select ${run.id}::uuid, * from unnest(${sql.param(numbers)}::int[], ${sql.param(wanted.map(({ value }) => value))}::text[])
    on conflict (run_id, key_id) do update set value = excluded.value`);
}

export async function deleteRunTagRow(tx: Tx, run: OfExperiment, key: string): Promise<boolean> {
  const result = await tx.execute(sql`
    delete from run_tags t using field_keys k
    where k.experiment_id = ${run.experimentId} and k.scope = 'tag' and k.key = ${key} and t.run_id = ${run.id} and t.key_id = k.id`);
  return (result.rowCount ?? 0) > 0;
}

export async function readRunTag(tx: Tx, run: OfExperiment, key: string): Promise<string | null> {
  const result = await tx.execute<{ value: string }>(sql`
    select t.value from run_tags t join field_keys k on k.id = t.key_id
    where k.experiment_id = ${run.experimentId} and k.scope = 'tag' and k.key = ${key} and t.run_id = ${run.id}`);
  return result.rows[0]?.value ?? null;
}

export async function readParamKeys(tx: Tx, runId: string): Promise<string[]> {
  const { rows } = await tx.execute<{ key: string }>(sql`select k.key from run_params p join field_keys k on k.id = p.key_id where p.run_id = ${runId}`);
  return rows.map(({ key }) => key);
}

export type ParamClash = KeyValue & { stored: string };

/** Inserts new parameters; gives one whose key is there with another value. */
export async function insertParams(tx: Tx, run: OfExperiment, params: readonly KeyValue[]): Promise<ParamClash | null> {
  if (params.length === 0) return null;
  const sorted = [...params].sort((a, b) => (a.key < b.key ? -1 : 1));
  const numbers = await numbersOf(tx, run.experimentId, "param", sorted.map(({ key }) => key));
  const list = sql`unnest(${sql.param(numbers)}::int[], ${sql.param(sorted.map(({ value }) => value))}::text[]) as n(key_id, value)`;
  await tx.execute(sql`insert into run_params (run_id, key_id, value) select ${run.id}::uuid, n.key_id, n.value from ${list} on conflict do nothing`);
  const clashes = await tx.execute<{ key_id: number; value: string; stored: string }>(sql`
    select n.key_id, n.value, p.value as stored from ${list} join run_params p on p.run_id = ${run.id} and p.key_id = n.key_id where p.value <> n.value limit 1`);
  const [clash] = clashes.rows;
  const param = clash && sorted[numbers.indexOf(clash.key_id)];
  return param ? { ...param, stored: clash.stored } : null;
}
