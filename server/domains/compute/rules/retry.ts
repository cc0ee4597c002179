/** What happens to a job when an attempt ends: an outcome, or back to the queue, by whose doing it was. */
import type { JobCause, JobState } from "../contract/job";
import { stateOfCause } from "./job-state";

/** Ended by the platform, not by the job: tried again elsewhere without counting against `maxAttempts`. */
const UNBLAMED: ReadonlySet<JobCause> = new Set(["agent_lost", "agent_stopped", "runner_failed"]);
/** The same attempt again would end the same way. */
const FUTILE: ReadonlySet<JobCause> = new Set(["command_not_found", "code_invalid", "input_unavailable", "time_limit"]);

/** A job that takes its host down each time must not go round for ever. */
export const MAX_UNBLAMED = 8;

export type AfterAttempt = {
  cause: JobCause;
  /** Of earlier attempts. */
  blamed: number;
  unblamed: number;
  maxAttempts: number;
  cancelRequested: boolean;
};

export type Decision =
  | { kind: "finish"; state: JobState; blame: boolean }
  | { kind: "requeue"; delaySeconds: number; blame: boolean };

export function isUnblamed(cause: JobCause): boolean {
  return UNBLAMED.has(cause);
}

export function decideAfter(end: AfterAttempt): Decision {
  const blame = !isUnblamed(end.cause);
  if (end.cause === "completed" || end.cause === "cancelled") {
    return { kind: "finish", state: stateOfCause(end.cause), blame: false };
  }
  if (end.cancelRequested) return { kind: "finish", state: blame ? stateOfCause(end.cause) : "cancelled", blame };
  if (!blame) {
    if (end.unblamed + 1 >= MAX_UNBLAMED) return { kind: "finish", state: stateOfCause(end.cause), blame };
    const delaySeconds = end.cause === "agent_stopped" ? 0 : Math.min(60, 2 ** end.unblamed - 1);
    return { kind: "requeue", delaySeconds, blame };
  }
  if (FUTILE.has(end.cause) || end.blamed + 1 >= end.maxAttempts) {
    return { kind: "finish", state: stateOfCause(end.cause), blame };
  }
  return { kind: "requeue", delaySeconds: Math.min(300, 2 ** end.blamed), blame };
}
