/** Which numbers the keys of a search have in the experiments that it looks in. */
import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/server/platform/db";
import type { FieldRef, FilterScope, KeyScope } from "../../rules/filter";

export type KeyIds = (scope: KeyScope, key: string) => readonly number[];

const isKeyed = (scope: FilterScope): scope is KeyScope => scope === "metric" || scope === "param" || scope === "tag";

/** `experiments` is a query for their ids, or a list of them. */
export async function readKeyIds(db: Db, experiments: SQL, fields: readonly FieldRef[]): Promise<KeyIds> {
  const keyed = fields.filter(({ scope }) => isKeyed(scope));
  if (keyed.length === 0) return () => [];
  const result = await db.execute<{ id: number; scope: string; key: string }>(sql`
    select k.id, k.scope, k.key from unnest(${sql.param(keyed.map(({ scope }) => scope))}::text[], ${sql.param(keyed.map(({ key }) => key))}::text[]) n(scope, key)
    join field_keys k on k.scope = n.scope and k.key = n.key collate "C" where k.experiment_id in (${experiments}) order by k.id`);
  const ids = new Map<string, number[]>();
  for (const { id, scope, key } of result.rows) {
    const place = `${scope} ${key}`;
    const known = ids.get(place) ?? [];
    if (!known.includes(id)) ids.set(place, [...known, id]);
  }
  return (scope, key) => ids.get(`${scope} ${key}`) ?? [];
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
