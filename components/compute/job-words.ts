/** Words of jobs: their states, why they ended, and what to do next. */
import type { JobCause, JobState } from "@/server/domains/compute/contract/job";

const open: readonly JobState[] = ["queued", "preparing", "running"];

export const isFinished = (state: JobState): boolean => !open.includes(state);

/** The state as shown: one that was asked to stop says so. */
export function shownState(job: { state: JobState; cancelRequestedAt: Date | null }): string {
  return job.cancelRequestedAt && !isFinished(job.state) ? "cancelling" : job.state;
}

/** `timed_out` and `preparing` in the design system's words. */
export const stateKey: Record<string, string> = { preparing: "starting", timed_out: "failed" };

export const stateWord: Record<string, string> = { preparing: "preparing", timed_out: "timed out", cancelling: "cancelling" };

export type EndFacts = { state: JobState; cause: JobCause | null; exitCode: number | null; signal: string | null; message: string | null };

const causes: Record<JobCause, (facts: EndFacts) => string> = {
  completed: () => "The command ended with exit code 0.",
  exit_code: ({ exitCode }) => `The command ended with exit code ${exitCode ?? "unknown"}.`,
  signal: ({ signal }) => `The command was ended by the signal ${signal ?? "unknown"}.`,
  out_of_memory: () => "The job used more memory than it asked for and was ended.",
  command_not_found: () => "The command does not exist where the job ran.",
  environment_failed: () => "Its environment could not be made.",
  code_invalid: () => "Its code could not be unpacked.",
  input_unavailable: () => "One of its inputs could not be fetched.",
  time_limit: () => "It ran into its time limit and was ended.",
  cancelled: () => "It was cancelled.",
  agent_lost: () => "Its agent was lost.",
  agent_stopped: () => "Its agent was stopped.",
  runner_failed: () => "The runner itself failed.",
  dependency_failed: () => "A job that it was to run after did not succeed.",
};

const next: Partial<Record<JobCause, string>> = {
  exit_code: "The end of the log says more.",
  signal: "The end of the log says more.",
  out_of_memory: "Ask for more memory, or use less of it.",
  command_not_found: "Check the command and the environment's packages.",
  environment_failed: "The log holds the installer's words; check the requirements.",
  input_unavailable: "Check that the input still exists.",
  time_limit: "Raise the time limit, or do less at once.",
  agent_lost: "Retry it; it will run on another agent.",
  agent_stopped: "Retry it; it will run on another agent.",
  dependency_failed: "Mend that job, or retry this one: it then waits for no other.",
};

/** Why a job or an attempt ended, in a sentence, and the next step where there is one. */
export function endSentence(facts: EndFacts): { what: string; next: string | null } | null {
  if (!facts.cause) return null;
  const what = facts.message && facts.cause !== "completed" ? facts.message : causes[facts.cause](facts);
  return { what, next: next[facts.cause] ?? null };
}
