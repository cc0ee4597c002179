/** Runs follow their jobs: started, finished, failed, cancelled. Called with compute's events. */
import { and, eq, sql } from "drizzle-orm";
import { runs } from "@/drizzle/schema/experiments";
import { database } from "@/server/platform/db";
import { publishLive } from "@/server/platform/live/publish";
import { findRunOfJob } from "../store/runs";
import { endRunOfJob, runTopics } from "./runs";

/** A run that was resumed began when it first did. */
export async function markRunStarted(projectId: string, jobId: string): Promise<void> {
  const run = await findRunOfJob(database(), projectId, jobId);
  if (!run) return;
  await database()
    .update(runs)
    .set({ status: "RUNNING", startTime: sql`case when ${runs.attemptBase} > 0 then ${runs.startTime} else (extract(epoch from now()) * 1000)::bigint end`, endTime: null, updatedAt: sql`now()` })
    .where(and(eq(runs.id, run.id), eq(runs.status, "SCHEDULED")));
  publishLive(projectId, [...runTopics(run.id), "experiments"]);
}

const statusOf = { succeeded: "FINISHED", cancelled: "KILLED" } as const;

export async function markRunEnded(projectId: string, job: { jobId: string; state: string; message: string | null }): Promise<void> {
  const run = await findRunOfJob(database(), projectId, job.jobId);
  if (!run) return;
  const status = job.state in statusOf ? statusOf[job.state as keyof typeof statusOf] : "FAILED";
  await database().transaction((tx) => endRunOfJob(tx, run, { status, failure: status === "FINISHED" ? null : (job.message ?? job.state.replace("_", " ")) }));
  publishLive(projectId, [...runTopics(run.id), "experiments"]);
}
