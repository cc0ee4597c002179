/** How long jobs ran, with what makes others like them. */
import { type SQL, sql } from "drizzle-orm";
import { computeJobs } from "@/drizzle/schema/compute";
import type { Db } from "@/server/platform/db";
import type { JobHead } from "../rules/run-time";

const word = (index: number) => sql<string | null>`left(${computeJobs.spec}->'command'->>${sql.raw(String(index))}, 200)`;

/** Commands may be long: a digest tells two apart, their first words name the script. */
export const headColumns = {
  digest: sql<string>`md5((${computeJobs.spec}->'command')::text)`,
  program: word(0),
  second: word(1),
  third: word(2),
  recipe: sql<string | null>`${computeJobs.labels}->>'recipe'`,
} satisfies Record<keyof JobHead, SQL<unknown>>;

/** Of a project, newest first: enough to find the like of what is asked often, and little enough to read with each look at the queue. */
const READ_RUNS = 500;

export type PastRow = JobHead & { projectId: string; seconds: number };

/** Runs that came to their own end in the last 30 days: what was cancelled, lost or crashed says little of how long the next one takes. */
export async function selectPastRuns(db: Db, projectIds: readonly string[]): Promise<PastRow[]> {
  if (projectIds.length === 0) return [];
  const { digest, program, second, third, recipe } = headColumns;
  const { rows } = await db.execute<PastRow>(sql`
    select asked.id as "projectId", past.* from unnest(${sql.param([...projectIds])}::uuid[]) as asked(id)
    cross join lateral (
      select ${digest} as digest, ${program} as program, ${second} as second, ${third} as third, ${recipe} as recipe,
        extract(epoch from ${computeJobs.finishedAt} - ${computeJobs.startedAt})::float8 as seconds
      from ${computeJobs}
      where ${computeJobs.projectId} = asked.id and ${computeJobs.state} in ('succeeded', 'timed_out') and ${computeJobs.startedAt} is not null
        and ${computeJobs.finishedAt} > now() - interval '30 days'
      order by ${computeJobs.finishedAt} desc
      limit ${READ_RUNS}
    ) as past`);
  return rows;
}
