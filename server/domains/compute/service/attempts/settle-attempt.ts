/** The one place where an attempt ends, and with it, perhaps, its job. The caller holds the locks of both. */
import type { Tx } from "@/server/platform/db";
import { Conflict } from "@/server/platform/errors";
import { emitEvent } from "@/server/platform/outbox";
import type { JobCause, JobState } from "../../contract/job";
import { jobFinished } from "../../events";
import { stateOfCause } from "../../rules/job-state";
import { type Decision, decideAfter, isUnblamed } from "../../rules/retry";
import { endAttempt, type Held } from "../../store/attempts";
import { finishJob, type JobRow, requeueJob } from "../../store/jobs";
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
  /** The server gave it up: its agent may have another word to say. */
  lapsed?: boolean;
};

type Counted = { decision: Decision; blamed: number; unblamed: number };

function decide({ job, attempt }: Held, cause: JobCause): Counted {
  // A lapsed attempt was already counted; its real end replaces that count.
  const unblamed = job.unblamed - (attempt.lapsed ? 1 : 0);
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

/** False when another write came first. */
async function settleJob(tx: Tx, { job, attempt }: Held, end: AttemptEnd, counted: Counted): Promise<boolean> {
  const { decision, blamed, unblamed } = counted;
  const shared = { cause: end.cause, exitCode: end.exitCode, signal: end.signal, blamed, unblamed };
  if (decision.kind === "requeue") {
    return requeueJob(tx, job, { ...shared, message: `${end.message} It is tried again.` }, decision.delaySeconds);
  }
  const startedAt = attempt.startedAt ?? job.startedAt;
  const { state } = decision;
  return finishJob(tx, job, { ...shared, message: end.message, state, startedAt }, end.ranSeconds);
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
  const counted = decide(held, cause);
  const fields = {
    state: stateOfCause(cause),
    cause,
    message: end.message,
    exitCode: end.exitCode,
    signal: end.signal,
    cpuSeconds: end.cpuSeconds ?? attempt.cpuSeconds,
    maxMemoryBytes: end.maxMemoryBytes ?? attempt.maxMemoryBytes,
    lapsed: end.lapsed ?? false,
  };
  await endAttempt(tx, attempt, fields, end.ranSeconds);
  if (!(await settleJob(tx, held, end, counted))) throw new Conflict("The job moved on meanwhile.");
  return announce(tx, job, end, counted.decision, tell);
}
