/** Jobs as pages read them. */
import { databaseNow } from "@/server/platform/clock";
import { NotFound } from "@/server/platform/errors";
import { query } from "@/server/platform/mutation";
import type { Db } from "@/server/platform/db";
import { type AttemptView, type Dependency, type JobDetail, JobIdInput, type JobSpec, type JobState, type JobSummary, ListJobsInput, type PendingView, type RanOn } from "../contract/job";
import { holdsAgent } from "../rules/job-state";
import { verdictOn } from "../rules/dependencies/verdict";
import { attemptsOfJob } from "../store/attempts";
import { listDependencies, listFollowers } from "../store/dependencies";
import { type AttemptRow, findJob, type JobRow, selectJobs } from "../store/jobs";
import { blockedView, loadQueue, pendingView } from "./queue-snapshot";

function attemptView(attempt: AttemptRow, agentName: string): AttemptView {
  const { projectId: _project, jobId: _job, claimId: _claim, tokenHash: _hash, ...view } = attempt;
  return { ...view, agentName };
}

const followersShown = 50;

async function pendingOf(db: Db, job: JobRow, after: readonly Dependency[]): Promise<PendingView | null> {
  if (job.state !== "queued") return null;
  if (job.waitsFor === 0) return pendingView(db, await loadQueue(db), job);
  const unmet = after.filter((one) => verdictOn(one) !== "met");
  return blockedView(unmet.find((one) => verdictOn(one) === "missed") ?? unmet[0], Math.max(0, unmet.length - 1));
}

export const getJob = query("compute.getJob", "viewer", JobIdInput, async ({ db, ctx, input }): Promise<JobDetail> => {
  const [summary] = await selectJobs(db, ctx.project.id, { ids: [input.jobId], limit: 1 });
  const job = await findJob(db, ctx.project.id, input.jobId);
  if (!summary || !job) throw new NotFound(`There is no job ${input.jobId}.`);
  const attempts = (await attemptsOfJob(db, ctx.project.id, job.id)).map((row) =>
    attemptView(row.attempt, row.agentName),
  );
  const open = holdsAgent(job.state) ? attempts.at(-1) : undefined;
  const { spec, exitCode, signal, retryOf, readyAt } = job;
  const after = await listDependencies(db, ctx.project.id, job.id);
  return {
    ...summary,
    spec,
    exitCode,
    signal,
    retryOf,
    outOfTouch: open !== undefined && open.leaseUntil < (await databaseNow(db)),
    attempts,
    pending: await pendingOf(db, job, after),
    openDependencies: job.waitsFor,
    readyAt,
    after,
    followers: await listFollowers(db, ctx.project.id, job.id, followersShown),
  };
});

export type JobRecord = { spec: JobSpec; state: JobState; attempt: number; ranOn: RanOn | null };

/** What a job was asked to run, and what its last attempt ran on; for what is made of it again. */
export async function findJobRecord(db: Db, projectId: string, jobId: string): Promise<JobRecord | null> {
  const job = await findJob(db, projectId, jobId);
  if (!job) return null;
  const last = (await attemptsOfJob(db, projectId, jobId)).at(-1)?.attempt;
  return { spec: job.spec, state: job.state, attempt: job.attempt, ranOn: last?.ranOn ?? null };
}

export const listJobs = query(
  "compute.listJobs",
  "viewer",
  ListJobsInput,
  async ({ db, ctx, input }): Promise<{ jobs: JobSummary[]; nextCursor: string | null }> => {
    const rows = await selectJobs(db, ctx.project.id, { ...input, limit: input.limit + 1 });
    const jobs = rows.slice(0, input.limit);
    return { jobs, nextCursor: rows.length > input.limit ? (jobs.at(-1)?.id ?? null) : null };
  },
);
