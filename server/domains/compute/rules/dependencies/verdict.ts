/** What the end of one job means to those that run after it. */
import type { Dependency, JobState } from "../../contract/job";
import { isFinished } from "../job-state";

/** `missed`: it can no longer come to what was asked. A lost job may yet bring a late result; nobody waits for that. */
export function verdictOn({ requires, state }: Pick<Dependency, "requires" | "state">): "open" | "met" | "missed" {
  if (!isFinished(state)) return "open";
  return requires === "end" || state === "succeeded" ? "met" : "missed";
}

const ends: Partial<Record<JobState, string>> = { failed: "failed", cancelled: "was cancelled", timed_out: "ran into its time limit", lost: "was lost" };

/** Why a job will not run: what it was to run after did not succeed. */
export const skippedWords = ({ name, state }: Pick<Dependency, "name" | "state">): string => `It was to run after ${name}, which ${ends[state] ?? state}.`;

const goings: Partial<Record<JobState, string>> = { queued: "waits itself", preparing: "is being prepared", running: "is running" };

/**
 * Why a job is not in the queue yet: by one of the jobs that it waits for, and how many `more` there are. What has ended a
 * moment ago moves it in a moment.
 */
export function whyAfter(one: Pick<Dependency, "name" | "state" | "requires"> | undefined, more: number): string {
  const verdict = one ? verdictOn(one) : "met";
  if (!one || verdict === "met") return "What it runs after has ended: it comes into the queue in a moment.";
  if (verdict === "missed") return skippedWords(one);
  const others = more === 0 ? "" : `, and for ${more} more ${more === 1 ? "job" : "jobs"}`;
  return `It waits for ${one.name} to ${one.requires === "success" ? "succeed" : "end"}, which ${goings[one.state] ?? one.state}${others}.`;
}
