/** When a queued job should start and how long it should run, in words; pure. */
import { formatDuration } from "@/components/ui/format/format-duration";
import type { Likeness, RunEstimate, StartEstimate, Unestimated } from "@/server/domains/compute/contract/job";

const soonMs = 5_000;

/** In whole seconds: nothing here is known to a tenth. */
const inSeconds = (ms: number) => formatDuration(Math.max(1, Math.round(ms / 1_000)) * 1_000).replace(".0 s", " s");

/** `Starts within 25 s`, or `Starts in about 3 min 00 s (2 min 00 s to 5 min 00 s)`. */
export function startWords({ earliest, expected, latest }: StartEstimate, now: number): string {
  const [from, about, to] = [earliest, expected, latest].map((at) => at.getTime() - now) as [number, number, number];
  if (to < 2_000) return "Should start now";
  if (from < soonMs) return `Starts within ${inSeconds(to)}`;
  return inSeconds(from) === inSeconds(to) ? `Starts in ${inSeconds(to)}` : `Starts in about ${inSeconds(about)} (${inSeconds(from)} to ${inSeconds(to)})`;
}

/** `Runs about 2 m 00 s (1 m 00 s to 3 m 00 s)`. */
export function runWords({ low, expected, high }: RunEstimate): string {
  const [from, about, to] = [low, expected, high].map((seconds) => inSeconds(seconds * 1_000)) as [string, string, string];
  return from === to ? `Runs about ${about}` : `Runs about ${about} (${from} to ${to})`;
}

const alike: Record<Likeness, string> = { command: "with the same command", recipe: "of the same recipe", script: "of the same script" };

export const learntFrom = ({ basedOnRuns, likeness }: RunEstimate): string =>
  `By ${basedOnRuns === 1 ? "the last job" : `the last ${basedOnRuns} jobs`} ${alike[likeness]}: the median, and most of them`;

/** Why there is no estimate, and what that means on hover. */
export const unestimatedWords: Record<Unestimated, { text: string; tip: string }> = {
  nowhere: { text: "No estimate: no agent can run it now.", tip: "An estimate comes once an agent that takes jobs has what this one asks for" },
  unlike: { text: "No estimate: run times ahead are unknown.", tip: "In the last 30 days too few jobs like those that it waits for ran to their end" },
  after: { text: "No estimate: it is not in the queue yet.", tip: "An estimate comes once the jobs that it runs after have ended" },
  deep: { text: "No estimate yet: too deep in the queue.", tip: "Starts are estimated for the next 500 jobs in the queue" },
};
