import { sql } from "drizzle-orm";
import type { Db } from "@/server/platform/db";
import type { RunColumns } from "../../contract/run";

/** All keys that an experiment's runs ever had, not only the latest ones; one more than `limit` at most. */
export async function readEveryKey(db: Db, experimentId: string, limit: number): Promise<RunColumns> {
  const result = await db.execute<{ scope: string; key: string }>(sql`
    select scope, key from field_keys where experiment_id = ${experimentId} and scope in ('metric', 'param', 'tag') order by scope, key limit ${limit + 1}`);
  const of = (scope: string) => result.rows.flatMap((row) => (row.scope === scope ? [row.key] : []));
  return { metrics: of("metric"), params: of("param"), tags: of("tag") };
}
