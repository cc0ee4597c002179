/** What jobs run after. */
import { and, asc, count, eq, inArray, isNull, sql } from "drizzle-orm";
import { computeDependencies, computeJobs } from "@/drizzle/schema/compute";
import type { Db, Tx } from "@/server/platform/db";
import type { Dependency, JobLink, JobState } from "../contract/job";
import { clock } from "./clock";

const link = { jobId: computeJobs.id, name: computeJobs.name, state: computeJobs.state };

/** Those of the project; others are left out. */
export async function listJobLinks(db: Db, projectId: string, ids: string[]): Promise<JobLink[]> {
  if (ids.length === 0) return [];
  return db.select(link).from(computeJobs).where(and(eq(computeJobs.projectId, projectId), inArray(computeJobs.id, ids)));
}

type NewDependency = Pick<Dependency, "requires"> & { afterId: string; isMet: boolean };

export async function insertDependencies(tx: Tx, projectId: string, jobId: string, dependencies: readonly NewDependency[]): Promise<void> {
  if (dependencies.length === 0) return;
  await tx.insert(computeDependencies).values(dependencies.map(({ isMet, ...row }) => ({ ...row, projectId, jobId, metAt: isMet ? clock : null })));
}

export type Follower = { id: string; name: string; state: JobState; attempt: number; labels: Record<string, string>; requires: Dependency["requires"] };

/** Queued jobs that wait for this one, locked in the order of their ids. */
export async function lockFollowers(tx: Tx, jobId: string): Promise<Follower[]> {
  const { id, name, state, attempt, labels } = computeJobs;
  return tx
    .select({ id, name, state, attempt, labels, requires: computeDependencies.requires })
    .from(computeDependencies)
    .innerJoin(computeJobs, eq(computeJobs.id, computeDependencies.jobId))
    .where(and(eq(computeDependencies.afterId, jobId), isNull(computeDependencies.metAt), eq(computeJobs.state, "queued")))
    .orderBy(asc(computeJobs.id))
    .for("update", { of: computeJobs });
}

/** Each of these jobs waits for one fewer; who waits for none is in the queue from now on. */
export async function meetDependencies(tx: Tx, afterId: string, jobIds: string[]): Promise<void> {
  if (jobIds.length === 0) return;
  await tx.execute(sql`
    with met as (
      update compute_dependencies set met_at = ${clock} where after_id = ${afterId} and job_id = any(${sql.param(jobIds)}::uuid[]) and met_at is null returning job_id
    )
    update compute_jobs j set waits_for = j.waits_for - 1, ready_at = case when j.waits_for = 1 then ${clock} else j.ready_at end from met where j.id = met.job_id`);
}

/** What a job runs after, in the order of submission. */
export async function listDependencies(db: Db, projectId: string, jobId: string): Promise<Dependency[]> {
  return db
    .select({ ...link, requires: computeDependencies.requires })
    .from(computeDependencies)
    .innerJoin(computeJobs, eq(computeJobs.id, computeDependencies.afterId))
    .where(and(eq(computeDependencies.projectId, projectId), eq(computeDependencies.jobId, jobId)))
    .orderBy(asc(computeJobs.id));
}

export async function listFollowers(db: Db, projectId: string, jobId: string, limit: number): Promise<{ count: number; first: JobLink[] }> {
  const ofJob = and(eq(computeDependencies.projectId, projectId), eq(computeDependencies.afterId, jobId));
  const [counted] = await db.select({ n: count() }).from(computeDependencies).where(ofJob);
  if (!counted || counted.n === 0) return { count: 0, first: [] };
  const first = await db
    .select(link)
    .from(computeDependencies)
    .innerJoin(computeJobs, eq(computeJobs.id, computeDependencies.jobId))
    .where(ofJob)
    .orderBy(asc(computeJobs.id))
    .limit(limit);
  return { count: counted.n, first };
}

type Blocked = { id: string; /** One of the jobs that it waits for, if possible an open one. */ one: Dependency | undefined; more: number };

/** Queued jobs of a project that wait for others, the oldest first. */
export async function listBlocked(db: Db, projectId: string, limit: number): Promise<Blocked[]> {
  const result = await db.execute<{ id: string; more: number } & Partial<Dependency>>(sql`
    select j.id, one."jobId", one.name, one.state, one.requires, j.waits_for - 1 as more
    from (select id, waits_for from compute_jobs where project_id = ${projectId} and state = 'queued' and waits_for > 0 order by id limit ${limit}) j
    left join lateral (
      select x.id as "jobId", x.name, x.state, d.requires from compute_dependencies d join compute_jobs x on x.id = d.after_id
      where d.job_id = j.id and d.met_at is null order by x.finished_at is not null, x.id limit 1
    ) one on true
    order by j.id`);
  return result.rows.map(({ id, more, jobId, name, state, requires }) => ({ id, more, one: jobId && name && state && requires ? { jobId, name, state, requires } : undefined }));
}

/** Jobs that have ended and that queued ones still wait for: their event is late, was lost, or came while a follower was being submitted. */
export async function listOverdue(db: Db, limit: number): Promise<{ projectId: string; jobId: string }[]> {
  const result = await db.execute<{ projectId: string; jobId: string }>(sql`
    select distinct d.project_id as "projectId", d.after_id as "jobId" from compute_jobs j
    join compute_dependencies d on d.job_id = j.id and d.met_at is null
    join compute_jobs x on x.id = d.after_id and x.finished_at is not null
    where j.state = 'queued' and j.waits_for > 0 limit ${limit}`);
  return result.rows;
}
