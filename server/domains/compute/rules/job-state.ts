/** Which states of a job are its last, and what makes an attempt stale. */
import type { JobCause, JobState } from "../contract/job";

export function isFinished(state: JobState): boolean {
  return state !== "queued" && state !== "preparing" && state !== "running";
}

export function holdsAgent(state: JobState): boolean {
  return state === "preparing" || state === "running";
}

const STATE_OF_CAUSE: Record<JobCause, JobState> = {
  completed: "succeeded",
  exit_code: "failed",
  signal: "failed",
  out_of_memory: "failed",
  command_not_found: "failed",
  environment_failed: "failed",
  code_invalid: "failed",
  input_unavailable: "failed",
  time_limit: "timed_out",
  cancelled: "cancelled",
  agent_lost: "lost",
  agent_stopped: "lost",
  runner_failed: "failed",
  dependency_failed: "cancelled",
};

/** The state a job ends in when it is not tried again. */
export function stateOfCause(cause: JobCause): JobState {
  return STATE_OF_CAUSE[cause];
}

export type Standing = { job: { attempt: number; state: JobState }; number: number };

/** Stale: a higher attempt exists, or the job was cancelled. A lapsed lease alone does not make it so. */
export function isStale({ job, number }: Standing): boolean {
  return job.attempt > number || job.state === "cancelled";
}

/** Whether a process of the attempt may still act with the attempt's token: not once its end is known. */
export function tokenLives(standing: Standing & { isOver: boolean }): boolean {
  return !isStale(standing) && !isFinished(standing.job.state) && !standing.isOver;
}
