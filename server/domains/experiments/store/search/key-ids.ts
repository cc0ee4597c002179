/** Which numbers the keys of a search have in the experiments that it looks in. */
import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/server/platform/db";
import type { FieldRef, FilterScope, KeyScope } from "../../rules/filter";

export type KeyIds = (scope: KeyScope, key: string) => readonly number[];

const isKeyed = (scope: FilterScope): scope is KeyScope => scope === "metric" || scope === "param" || scope === "tag";

/** The experiments that a condition on `e` chooses, and the numbers that the keys of these fields have in them. */
export async function readKeyIds(db: Db, chosen: SQL, fields: readonly FieldRef[]): Promise<{ experimentIds: string[]; keys: KeyIds }> {
  const keyed = fields.filter(({ scope }) => isKeyed(scope));
  const wanted = sql`unnest(${sql.param(keyed.map(({ scope }) => scope))}::text[], ${sql.param(keyed.map(({ key }) => key))}::text[]) n(scope, key)`;
  const result = await db.execute<{ experiment: string; id: number | null; scope: string; key: string }>(sql`
    select e.id as experiment, k.id, k.scope, k.key from experiments e
    left join (${wanted} join field_keys k on k.scope = n.scope and k.key = n.key collate "C") on k.experiment_id = e.id where ${chosen} order by k.id`);
  const ids = new Map<string, Set<number>>();
  for (const { id, scope, key } of result.rows) {
    if (id === null) continue;
    const place = `${scope} ${key}`;
    ids.set(place, (ids.get(place) ?? new Set()).add(id));
  }
  return { experimentIds: [...new Set(result.rows.map(({ experiment }) => experiment))], keys: (scope, key) => [...(ids.get(`${scope} ${key}`) ?? [])] };
}

/** Past this many numbers each row's own is looked up in a set of them. */
const listed = 8;

/** The rows of a key among those of one run: `column` is their key_id. */
export function isOfKey(column: SQL, ids: readonly number[]): SQL {
  const [only] = ids;
  if (only === undefined) return sql`false`;
  if (ids.length === 1) return sql`${column} = ${only}::int`;
  const list = sql`${sql.param(ids)}::int[]`;
  return ids.length <= listed ? sql`${column} = any(${list})` : sql`${column} in (select unnest(${list}))`;
}
