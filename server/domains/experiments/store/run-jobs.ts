import { type SQL, sql } from "drizzle-orm";
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

export type OpenRun = { id: string; name: string; jobId: string; isActive: boolean };

/** Deleted ones too: whose job was left to run may be stopped later. */
async function selectOpenRuns(db: Db, projectId: string, which: SQL): Promise<OpenRun[]> {
  const result = await db.execute<OpenRun>(sql`
    select r.id, r.name, r.job_id as "jobId", r.lifecycle_stage = 'active' as "isActive" from runs r where r.project_id = ${projectId} and r.status in ('RUNNING', 'SCHEDULED') and r.job_id is not null
      and ${which} order by r.id`);
  return result.rows;
}

/** Those of an experiment that a job fills or will fill. */
export function listOpenRunsIn(db: Db, projectId: string, experimentId: string): Promise<OpenRun[]> {
  return selectOpenRuns(db, projectId, sql`r.experiment_id = ${experimentId}`);
}

/** Those of these runs that a job fills or will fill. */
export function listOpenRunsOf(db: Db, projectId: string, runIds: readonly string[]): Promise<OpenRun[]> {
  return selectOpenRuns(db, projectId, sql`r.id = any(${sql.param(runIds)}::uuid[])`);
}
