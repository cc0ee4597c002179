/** The first estimate of each job's start, and what came of it. */
import { sql } from "drizzle-orm";
import type { Db } from "@/server/platform/db";
import type { EstimateRecord, StartEstimate, Unestimated } from "../contract/job";

/** Jobs of the queue's head that have waited a second since they came into it and were not looked at yet. */
export async function selectUnestimated(db: Db, depth: number): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select head.id from (
      select id, attempt, estimated_at, created_at, ready_at from compute_jobs where state = 'queued' and waits_for = 0 order by priority desc, id limit ${depth}
    ) as head
    where head.estimated_at is null and head.attempt = 0 and coalesce(head.ready_at, head.created_at) < now() - interval '1 second'`);
  return rows.map((row) => row.id);
}

type Looked = { id: string; estimate: StartEstimate | null; unestimated: Unestimated | null };

export async function keepEstimates(db: Db, estimates: readonly Looked[]): Promise<void> {
  const times = (pick: (estimate: StartEstimate) => Date) => sql.param(estimates.map(({ estimate }) => (estimate ? pick(estimate).toISOString() : null)));
  await db.execute(sql`
    update compute_jobs set estimated_at = now(), start_earliest = made.earliest, start_latest = made.latest, unestimated = made.unestimated
    from unnest(${sql.param(estimates.map(({ id }) => id))}::uuid[], ${times((one) => one.earliest)}::timestamptz[], ${times((one) => one.latest)}::timestamptz[], ${sql.param(estimates.map(({ unestimated }) => unestimated))}::text[])
      as made(id, earliest, latest, unestimated)
    where compute_jobs.id = made.id and compute_jobs.state = 'queued' and compute_jobs.estimated_at is null`);
}

/** Of jobs that waited and were then started. An estimate reads in whole seconds, and is judged by them. */
export async function selectEstimateRecord(db: Db, projectId: string, hours: number): Promise<EstimateRecord> {
  const sooner = sql`a.created_at < j.start_earliest - interval '1 second'`;
  const later = sql`a.created_at > j.start_latest + interval '1 second'`;
  const without = (reason: ReturnType<typeof sql>) => sql`count(*) filter (where j.start_latest is null and ${reason})::int`;
  const { rows } = await db.execute<EstimateRecord>(sql`
    select count(*) filter (where not (${sooner}) and not (${later}))::int as held, count(*) filter (where ${sooner})::int as sooner,
      count(*) filter (where ${later})::int as later,
      json_build_object(
        'nowhere', ${without(sql`j.unestimated = 'nowhere'`)}, 'unlike', ${without(sql`j.unestimated = 'unlike'`)},
        'unknown', ${without(sql`coalesce(j.unestimated, 'deep') = 'deep'`)}
      ) as without
    from compute_jobs j join compute_attempts a on a.job_id = j.id and a.number = 1
    where j.project_id = ${projectId} and j.estimated_at > now() - make_interval(hours => ${hours})`);
  return rows[0] ?? { held: 0, sooner: 0, later: 0, without: { nowhere: 0, unlike: 0, unknown: 0 } };
}
