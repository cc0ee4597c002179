/** Reads and conditional writes of jobs. Reads for people are filtered by project; locks are taken job first, then attempt. */
import { and, desc, eq, ilike, inArray, lt, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { computeAgents, type computeAttempts, computeJobs } from "@/drizzle/schema/compute";
import type { Db, Tx } from "@/server/platform/db";
import type { ActorRef, JobState, JobSummary } from "../contract/job";
import { clock, endOf, inSeconds, startOf } from "./clock";

export type JobRow = typeof computeJobs.$inferSelect;
export type AttemptRow = typeof computeAttempts.$inferSelect;

export async function insertJob(tx: Tx, row: typeof computeJobs.$inferInsert): Promise<void> {
  await tx.insert(computeJobs).values(row);
}

export async function findJob(db: Db, projectId: string, jobId: string): Promise<JobRow | undefined> {
  const [row] = await db
    .select()
    .from(computeJobs)
    .where(and(eq(computeJobs.projectId, projectId), eq(computeJobs.id, jobId)));
  return row;
}

export async function lockJob(tx: Tx, projectId: string, jobId: string): Promise<JobRow | undefined> {
  const [row] = await tx
    .select()
    .from(computeJobs)
    .where(and(eq(computeJobs.projectId, projectId), eq(computeJobs.id, jobId)))
    .for("update");
  return row;
}

type From = Pick<JobRow, "id" | "state" | "attempt">;

/** Moves a job only from the state and attempt that were read; false when another write came first. */
export async function moveJob(tx: Tx, from: From, set: PgUpdateSetSource<typeof computeJobs>): Promise<boolean> {
  const moved = await tx
    .update(computeJobs)
    .set(set)
    .where(and(eq(computeJobs.id, from.id), eq(computeJobs.state, from.state), eq(computeJobs.attempt, from.attempt)))
    .returning({ id: computeJobs.id });
  return moved.length === 1;
}

export async function markRunning(tx: Tx, from: From): Promise<boolean> {
  return moveJob(tx, from, { state: sql`'running'`, startedAt: clock });
}

/** Its agent is to end it; the job moves when that reports. */
export async function markCancelRequested(tx: Tx, from: From, by: ActorRef): Promise<boolean> {
  return moveJob(tx, from, { cancelRequestedAt: clock, cancelledBy: by });
}

export async function cancelWaiting(tx: Tx, from: From, by: ActorRef, message: string): Promise<boolean> {
  const asked = { cancelRequestedAt: clock, cancelledBy: by };
  return moveJob(tx, from, { ...asked, state: "cancelled", cause: "cancelled", message, finishedAt: clock, notBefore: null });
}

/** It will not run: what it was to run after did not come to what was asked. */
export async function skipWaiting(tx: Tx, from: From, message: string): Promise<boolean> {
  return moveJob(tx, from, { state: "cancelled", cause: "dependency_failed", message, finishedAt: clock, notBefore: null });
}

type Outcome = Pick<JobRow, "cause" | "message" | "exitCode" | "signal" | "blamed" | "unblamed">;

/** `ranSeconds`, null of one that never started, says when it ended, and when it began where that is not known. */
export async function finishJob(
  tx: Tx,
  from: From,
  end: Outcome & Pick<JobRow, "state" | "startedAt">,
  ranSeconds: number | null,
): Promise<boolean> {
  const startedAt = startOf(end.startedAt, ranSeconds);
  return moveJob(tx, from, { ...end, startedAt, finishedAt: endOf(end.startedAt, ranSeconds), notBefore: null });
}

export async function requeueJob(tx: Tx, from: From, end: Outcome, delaySeconds: number): Promise<boolean> {
  const waiting = { state: "queued" as const, agentId: null, startedAt: null, notBefore: inSeconds(delaySeconds) };
  return moveJob(tx, from, { ...end, ...waiting });
}

const summary = {
  id: computeJobs.id,
  name: computeJobs.name,
  state: computeJobs.state,
  cause: computeJobs.cause,
  message: computeJobs.message,
  attempt: computeJobs.attempt,
  priority: computeJobs.priority,
  cpus: computeJobs.cpus,
  memoryBytes: computeJobs.memoryBytes,
  gpus: computeJobs.gpus,
  labels: computeJobs.labels,
  agentId: computeJobs.agentId,
  agentName: computeAgents.name,
  submittedBy: computeJobs.submittedBy,
  submittedAt: computeJobs.submittedAt,
  startedAt: computeJobs.startedAt,
  finishedAt: computeJobs.finishedAt,
  cancelRequestedAt: computeJobs.cancelRequestedAt,
};

export type JobFilter = {
  states?: JobState[];
  name?: string;
  label?: { key: string; value: string };
  agentId?: string;
  ids?: string[];
  cursor?: string;
  limit: number;
};

/** Newest first; `cursor` is the last id of the page before. */
export async function selectJobs(db: Db, projectId: string, filter: JobFilter): Promise<JobSummary[]> {
  const where = [eq(computeJobs.projectId, projectId)];
  if (filter.states?.length) where.push(inArray(computeJobs.state, filter.states));
  if (filter.ids) where.push(inArray(computeJobs.id, filter.ids));
  if (filter.name) where.push(ilike(computeJobs.name, `%${filter.name.replace(/[\\%_]/g, "\\$&")}%`));
  if (filter.agentId) where.push(eq(computeJobs.agentId, filter.agentId));
  if (filter.cursor) where.push(lt(computeJobs.id, filter.cursor));
  if (filter.label) {
    const label = JSON.stringify({ [filter.label.key]: filter.label.value });
    where.push(sql`${computeJobs.labels} @> ${label}::jsonb`);
  }
  const rows = await db
    .select(summary)
    .from(computeJobs)
    .leftJoin(computeAgents, eq(computeAgents.id, computeJobs.agentId))
    .where(and(...where))
    .orderBy(desc(computeJobs.id))
    .limit(filter.limit);
  return rows.map(({ cpus, memoryBytes, gpus, ...row }) => ({ ...row, resources: { cpus, memoryBytes, gpus } }));
}

export async function countJobsByState(db: Db, projectId: string): Promise<Partial<Record<JobState, number>>> {
  const rows = await db
    .select({ state: computeJobs.state, count: sql<number>`count(*)::int` })
    .from(computeJobs)
    .where(eq(computeJobs.projectId, projectId))
    .groupBy(computeJobs.state);
  return Object.fromEntries(rows.map((row) => [row.state, row.count]));
}
