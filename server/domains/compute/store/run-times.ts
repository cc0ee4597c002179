/** How long jobs ran, by what makes others like them. */
import { type SQL, sql } from "drizzle-orm";
import { computeJobs } from "@/drizzle/schema/compute";
import type { Db } from "@/server/platform/db";
import type { Likeness } from "../contract/job";
import { LIKE_RUNS, LIKENESSES } from "../rules/queue/run-time";

export const kindColumns = { command: computeJobs.likeCommand, recipe: computeJobs.likeRecipe, script: computeJobs.likeScript };

export type AskedLike = { projectId: string; likeness: Likeness; value: string };
export type PastRow = AskedLike & { seconds: number };

/** Each likeness has its index, in the order of what is read: the newest few, however many others ran since. */
function latestAlike(likeness: Likeness): SQL {
  return sql`(
    select ${computeJobs.finishedAt}, extract(epoch from ${computeJobs.finishedAt} - ${computeJobs.startedAt})::float8 as seconds from ${computeJobs}
    where asked.likeness = ${likeness} and ${computeJobs.projectId} = asked.project_id and ${kindColumns[likeness]} = asked.value
      and ${computeJobs.state} in ('succeeded','timed_out') and ${computeJobs.startedAt} is not null and ${computeJobs.finishedAt} > now() - interval '30 days'
    order by ${computeJobs.finishedAt} desc limit ${LIKE_RUNS})`;
}

/** Runs that came to their own end in the last 30 days: what was cancelled, lost or crashed says little of how long the next one takes. */
export async function selectPastRuns(db: Db, asked: readonly AskedLike[]): Promise<PastRow[]> {
  if (asked.length === 0) return [];
  const column = (of: keyof AskedLike) => sql.param(asked.map((one) => one[of]));
  const { rows } = await db.execute<PastRow>(sql`
    select asked.project_id as "projectId", asked.likeness, asked.value, past.seconds
    from unnest(${column("projectId")}::uuid[], ${column("likeness")}::text[], ${column("value")}::text[]) as asked(project_id, likeness, value)
    cross join lateral (${sql.join(LIKENESSES.map(latestAlike), sql` union all `)}) as past
    order by past.finished_at desc`);
  return rows;
}
