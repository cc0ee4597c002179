import { sql } from "drizzle-orm";
import type { Db } from "@/server/platform/db";

/** All jobs that filled these runs, in the order in which they were submitted: one that was resumed had several. */
export async function listJobsOfRuns(db: Db, projectId: string, runIds: readonly string[]): Promise<string[]> {
  if (runIds.length === 0) return [];
  const ids = sql.param(runIds);
  const result = await db.execute<{ id: string }>(sql`
    select to_id as id from links
    where project_id = ${projectId} and from_kind = 'run' and from_id = any(${ids}::text[]) and relation = 'filled by' and to_kind = 'job'
    union select job_id::text from runs where project_id = ${projectId} and id = any(${ids}::uuid[]) and job_id is not null order by 1`);
  return result.rows.map(({ id }) => id);
}
