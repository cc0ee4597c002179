import { sql } from "drizzle-orm";
import type { Db } from "@/server/platform/db";

/** As many as MLflow answers. */
const most = 1_000;

export type LoggedDataset = { experimentNo: number; name: string; digest: string; context: string | null };

/** Many runs read few datasets: they are told apart first as they are stored, and only then is the context looked for in their tags. */
export async function selectLoggedDatasets(db: Db, projectId: string, experimentNos: readonly number[]): Promise<LoggedDataset[]> {
  const { rows } = await db.execute<LoggedDataset>(sql`
    select distinct e.no as "experimentNo", read.name, read.digest, context.value as context
    from (
      select r.experiment_id, i.name, i.digest, i.tags from runs r join run_inputs i on i.run_id = r.id
      where r.lifecycle_stage = 'active' and r.experiment_id in (
        select id from experiments where project_id = ${projectId} and no = any(${sql.param([...experimentNos])}::int[]) and lifecycle_stage = 'active'
      )
      group by r.experiment_id, i.name, i.digest, i.tags
    ) as read
    join experiments e on e.id = read.experiment_id
    left join lateral (
      select tag->>'value' as value from jsonb_array_elements(read.tags) tag where tag->>'key' = 'mlflow.data.context' limit 1
    ) as context on true
    order by "experimentNo", name, digest, context
    limit ${most}`);
  return rows;
}
