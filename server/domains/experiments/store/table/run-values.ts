import { sql } from "drizzle-orm";
import type { Db } from "@/server/platform/db";
import type { GroupField, RunValue } from "../../contract/run-table";
import { isOfKey, readKeyIds } from "../search/key-ids";

const valuesGiven = 30;
/** Looked through at most; of a key with more, some values are given. */
const rowsRead = 20_000;
const longest = 200;

/** Values that hold `find`, those of most runs first. */
export async function readRunValues(db: Db, experimentId: string, field: GroupField, find: string): Promise<RunValue[]> {
  const { keys } = await readKeyIds(db, sql`e.id = ${experimentId}`, [{ ...field, aggregate: "last" }]);
  const from = sql.raw(field.scope === "param" ? "run_params" : "run_tags");
  const part = `%${find.replace(/[\\%_]/g, "\\$&")}%`;
  const result = await db.execute<RunValue>(sql`
    select f.value, count(*)::int as runs from (
      select v.value from ${from} v where ${isOfKey(sql`v.key_id`, keys(field.scope, field.key))} and length(v.value) <= ${longest} and v.value ilike ${part} limit ${rowsRead}) f
    group by f.value order by runs desc, f.value collate "C" limit ${valuesGiven}`);
  return result.rows;
}
