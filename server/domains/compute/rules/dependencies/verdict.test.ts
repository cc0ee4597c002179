import { expect, it } from "vitest";
import { JOB_STATES } from "../../contract/job";
import { skippedWords, verdictOn, whyAfter } from "./verdict";

it.each(JOB_STATES)("a job that is %s", (state) => {
  const isOpen = state === "queued" || state === "preparing" || state === "running";
  expect(verdictOn({ requires: "end", state })).toBe(isOpen ? "open" : "met");
  expect(verdictOn({ requires: "success", state })).toBe(isOpen ? "open" : state === "succeeded" ? "met" : "missed");
});

it.each([
  [{ name: "train", state: "running", requires: "success" }, 0, "It waits for train to succeed, which is running."],
  [{ name: "train", state: "queued", requires: "end" }, 1, "It waits for train to end, which waits itself, and for 1 more job."],
  [{ name: "a", state: "preparing", requires: "success" }, 3, "It waits for a to succeed, which is being prepared, and for 3 more jobs."],
  [{ name: "a", state: "timed_out", requires: "success" }, 3, "It was to run after a, which ran into its time limit."],
  [{ name: "a", state: "failed", requires: "end" }, 0, "What it runs after has ended: it comes into the queue in a moment."],
  [undefined, 0, "What it runs after has ended: it comes into the queue in a moment."],
] as const)("of %j and %i more: %s", (one, more, words) => {
  expect(whyAfter(one, more)).toBe(words);
});

it.each([["failed", "which failed"], ["cancelled", "which was cancelled"], ["timed_out", "which ran into its time limit"], ["lost", "which was lost"]] as const)("what was %s is the end of those behind it", (state, words) => {
  expect(skippedWords({ name: "train", state })).toBe(`It was to run after train, ${words}.`);
});
