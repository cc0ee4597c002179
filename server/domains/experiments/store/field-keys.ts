/** The numbers by which rows name an experiment's keys. */
import { sql } from "drizzle-orm";
import type { Tx } from "@/server/platform/db";
import type { KeyScope } from "../rules/filter";

const keptExperiments = 500;
const keptKeys = 20_000;

/** What is known in this process, by experiment and scope; a number never changes, so nothing here goes stale. */
const known = new Map<string, Map<string, number>>();

function knownOf(experimentId: string, scope: KeyScope): Map<string, number> {
  const place = `${experimentId} ${scope}`;
  const found = known.get(place) ?? new Map<string, number>();
  // The one used last stands last, and the first goes when there are too many.
  known.delete(place);
  known.set(place, found);
  const [oldest] = known.keys();
  if (known.size > keptExperiments && oldest !== undefined) known.delete(oldest);
  return found;
}

/** Whether this process knows them all to stand; false of a new one, and of one that it has not met yet. */
export function areKnown(experimentId: string, scope: KeyScope, keys: readonly string[]): boolean {
  const here = known.get(`${experimentId} ${scope}`);
  return keys.every((key) => here?.has(key) ?? false);
}

async function readNumbers(tx: Tx, experimentId: string, scope: KeyScope, keys: readonly string[]): Promise<Map<string, number>> {
  const result = await tx.execute<{ id: number; key: string }>(sql`
    select id, key from field_keys where experiment_id = ${experimentId} and scope = ${scope} and key = any(${sql.param(keys)}::text[])`);
  return new Map(result.rows.map(({ id, key }) => [key, id]));
}

/** Numbers of these keys, new ones made. Only what stood there before is remembered: what this transaction makes may yet be undone. */
export async function numberKeys(tx: Tx, experimentId: string, scope: KeyScope, keys: readonly string[]): Promise<Map<string, number>> {
  const here = knownOf(experimentId, scope);
  const numbers = new Map<string, number>();
  const unknown: string[] = [];
  for (const key of new Set(keys)) {
    const id = here.get(key);
    if (id === undefined) unknown.push(key);
    else numbers.set(key, id);
  }
  if (unknown.length === 0) return numbers;
  const found = await readNumbers(tx, experimentId, scope, unknown);
  for (const [key, id] of found) {
    numbers.set(key, id);
    if (here.size < keptKeys) here.set(key, id);
  }
  const missing = unknown.filter((key) => !found.has(key)).sort();
  if (missing.length === 0) return numbers;
  // In one order for all writers, so that none waits for another in a ring.
  await tx.execute(sql`
    insert into field_keys (experiment_id, scope, key) select ${experimentId}::uuid, ${scope}, n.key from unnest(${sql.param(missing)}::text[]) n(key)
    order by n.key on conflict do nothing`);
  for (const [key, id] of await readNumbers(tx, experimentId, scope, missing)) numbers.set(key, id);
  return numbers;
}

/** The same, as a column beside the keys that were given. */
export async function numbersOf(tx: Tx, experimentId: string, scope: KeyScope, keys: readonly string[]): Promise<number[]> {
  const numbers = await numberKeys(tx, experimentId, scope, keys);
  return keys.map((key) => {
    const id = numbers.get(key);
    if (id === undefined) throw new Error(`the key ${key} has no number`);
    return id;
  });
}
