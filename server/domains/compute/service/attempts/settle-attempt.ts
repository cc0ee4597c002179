/** The one place where an attempt ends, and with it, perhaps, its job. The caller holds the locks of both. */
import { sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import type { computeJobs } from "@/drizzle/schema/compute";
import type { Tx } from "@/server/platform/db";
import { Conflict } from "@/server/platform/errors";
import { emitEvent } from "@/server/platform/outbox";
import type { JobCause, JobState } from "../../contract/job";
import { jobFinished } from "../../events";
import { stateOfCause } from "../../rules/job-state";
import { type Decision, decideAfter, isUnblamed } from "../../rules/retry";
import { type Held, updateAttempt } from "../../store/attempts";
import { type JobRow, moveJob } from "../../store/jobs";
import { QUEUE_TOPIC, type Tell } from "./agent-verb";

export type AttemptEnd = {
  cause: JobCause;
  exitCode: number | null;
  signal: string | null;
  message: string;
  /** Null: it never started. */
  ranSeconds: number | null;
  cpuSeconds?: number | null;
  maxMemoryBytes?: number | null;
};

const clock = sql`clock_timestamp()`;

function startOf(known: Date | null, ranSeconds: number | null) {
  if (known !== null || ranSeconds === null) return known;
  return sql`clock_timestamp() - make_interval(secs => ${ranSeconds})`;
}

function decide({ job, attempt }: Held, cause: JobCause): { decision: Decision; blamed: number; unblamed: number } {
  // A lapsed attempt was already counted; its real end replaces that count.
  const unblamed = job.unblamed - (attempt.state === "lost" ? 1 : 0);
  const decision = decideAfter({
    cause,
    blamed: job.blamed,
    unblamed,
    maxAttempts: job.spec.maxAttempts,
    cancelRequested: job.cancelRequestedAt !== null,
  });
  return {
    decision: job.state === "lost" && decision.kind === "requeue" ? finished(cause) : decision,
    blamed: job.blamed + (decision.blame ? 1 : 0),
    unblamed: unblamed + (isUnblamed(cause) ? 1 : 0),
  };
}

const finished = (cause: JobCause): Decision => ({
  kind: "finish",
  state: stateOfCause(cause),
  blame: !isUnblamed(cause),
});

function jobFields({ job, attempt }: Held, end: AttemptEnd, decision: Decision): PgUpdateSetSource<typeof computeJobs> {
  const shared = { cause: end.cause, exitCode: end.exitCode, signal: end.signal };
  if (decision.kind === "finish") {
    const startedAt = startOf(attempt.startedAt ?? job.startedAt, end.ranSeconds);
    return { ...shared, state: decision.state, message: end.message, startedAt, finishedAt: clock, notBefore: null };
  }
  return {
    ...shared,
    state: "queued",
    message: `${end.message} It is tried again.`,
    agentId: null,
    startedAt: null,
    notBefore: sql`clock_timestamp() + make_interval(secs => ${decision.delaySeconds})`,
  };
}

async function announce(tx: Tx, job: JobRow, end: AttemptEnd, decision: Decision, tell: Tell): Promise<JobState> {
  tell(job.projectId, "jobs", `job:${job.id}`, `log:${job.id}`, "agents", QUEUE_TOPIC);
  if (decision.kind === "requeue") return "queued";
  const { id: jobId, attempt, labels } = job;
  const payload = { jobId, attempt, labels, state: decision.state, cause: end.cause, message: end.message };
  await emitEvent(tx, job.projectId, jobFinished, payload);
  return decision.state;
}

export async function settleAttempt(tx: Tx, held: Held, reported: AttemptEnd, tell: Tell): Promise<JobState> {
  const { job, attempt } = held;
  // Only a person's word cancels: an agent that stopped a job for another reason gives it back.
  const cause = reported.cause === "cancelled" && job.cancelRequestedAt === null ? "agent_stopped" : reported.cause;
  const end: AttemptEnd = { ...reported, cause };
  const { decision, blamed, unblamed } = decide(held, cause);
  await updateAttempt(tx, attempt.id, {
    state: stateOfCause(cause),
    cause,
    message: end.message,
    exitCode: end.exitCode,
    signal: end.signal,
    startedAt: startOf(attempt.startedAt, end.ranSeconds),
    finishedAt: clock,
    cpuSeconds: end.cpuSeconds ?? attempt.cpuSeconds,
    maxMemoryBytes: end.maxMemoryBytes ?? attempt.maxMemoryBytes,
  });
  if (!(await moveJob(tx, job, { ...jobFields(held, end, decision), blamed, unblamed }))) {
    throw new Conflict("The job moved on meanwhile.");
  }
  return announce(tx, job, end, decision, tell);
}
