/** What a sweep does next, from what its trials are: pure, so that any process that asks gets the same answer. */
import type { Objective, SpaceEntry, SweepSpec } from "../../contract/sweep";
import type { SweepState, TrialState } from "../../contract/sweep-words";
import type { MetricPoint, MetricSummary } from "../../contract/run";
import { gridSize } from "./space";

export type Counts = Record<TrialState, number>;
export type Standing = {
  state: SweepState;
  /** Why it is stopping, where that is known already. */
  reason: string | null;
  spec: Pick<SweepSpec, "budget" | "parallelism" | "sampler"> & { space: readonly SpaceEntry[] };
  counts: Counts;
  /** Of all runs together, those that go on included. */
  hoursUsed: number;
  /** The same in money; null where no prices are set. */
  costUsed: number | null;
  /** Of the latest ended trials since it went on last, newest first. */
  latest: readonly { state: TrialState; failure: string | null }[];
};
export type Step = { kind: "launch"; count: number } | { kind: "wait" } | { kind: "end"; state: "stopped" | "finished"; reason: string };

/** So many failures in a row say that the recipe is wrong, not the parameters. */
export const failuresInRow = (parallelism: number): number => Math.max(5, parallelism);

/** Runs that were stopped with the sweep are not counted: resuming makes up for them. */
export const countedRuns = (counts: Counts): number => counts.planned + counts.launched + counts.complete + counts.pruned + counts.failed;
const openRuns = (counts: Counts): number => counts.planned + counts.launched;

/** No grid has more runs than points. */
export function runsWanted({ budget, sampler, space }: Standing["spec"]): number {
  return sampler.kind === "grid" ? Math.min(budget.runs, gridSize(space)) : budget.runs;
}

function whyNoMore({ spec, counts, hoursUsed, costUsed, latest }: Standing): { state: "stopped" | "finished"; reason: string } | null {
  const row = failuresInRow(spec.parallelism);
  const failed = latest.slice(0, row);
  if (failed.length === row && failed.every(({ state }) => state === "failed"))
    return { state: "stopped", reason: `The last ${row} runs failed. The latest: ${failed[0]?.failure ?? "no reason was given"}` };
  const wanted = runsWanted(spec);
  if (countedRuns(counts) >= wanted) return { state: "finished", reason: spec.sampler.kind === "grid" && wanted < spec.budget.runs ? "Each point of the grid was run." : "All runs of its budget are done." };
  const { hours, cost } = spec.budget;
  if (hours !== null && hoursUsed >= hours) return { state: "finished", reason: "The hours of its budget are used." };
  if (cost === null) return null;
  if (costUsed === null) return { state: "stopped", reason: "No prices are set any more: what it costs can't be held to its budget." };
  return costUsed >= cost ? { state: "finished", reason: "The cost of its budget is used." } : null;
}

/** Of a fault of ours or of its own size: the next round would meet it again. What a file, a process or a database says may pass. */
export function isLasting(error: unknown): boolean {
  if (error instanceof TypeError || error instanceof ReferenceError) return true;
  for (let at: unknown = error; at instanceof Error; at = at.cause) if (at instanceof RangeError || at instanceof SyntaxError) return true;
  return false;
}

export function nextStep(standing: Standing): Step {
  const { state, reason, spec, counts } = standing;
  const open = openRuns(counts);
  if (state === "stopping") return open > 0 ? { kind: "wait" } : { kind: "end", state: "stopped", reason: reason ?? "It was stopped." };
  if (state !== "running") return { kind: "wait" };
  const why = whyNoMore(standing);
  if (why) return open > 0 ? { kind: "wait" } : { kind: "end", ...why };
  const count = Math.min(spec.parallelism - open, runsWanted(spec) - countedRuns(counts));
  return count > 0 ? { kind: "launch", count } : { kind: "wait" };
}

/** A run's value; null when it logged none, or none that is a number. */
export function objectiveValue({ metric, direction, of }: Objective, metrics: readonly Pick<MetricSummary, "key" | "lastValue" | "minValue" | "maxValue">[]): number | null {
  const summary = metrics.find(({ key }) => key === metric);
  if (!summary) return null;
  const value = of === "last" ? summary.lastValue : direction === "minimize" ? summary.minValue : summary.maxValue;
  return value !== null && Number.isFinite(value) ? value : null;
}

/** While it runs only when a tenth more have finished than it was measured over. */
export const isMeasureDue = (finished: number, measured: number, state: SweepState): boolean => finished > measured && (finished >= measured * 1.1 || state === "finished" || state === "stopped");

/** At most so many, evenly taken, the last among them. */
export function takeEvenly<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items];
  return Array.from({ length: most }, (_, index) => items[Math.floor(((index + 1) * items.length) / most) - 1]).flatMap((item) => (item === undefined ? [] : [item]));
}

export type Reported = [step: number, value: number | null][];

/** One value a step, the latest logged; steps below 0 can't be Optuna's. */
export function reportedOf(points: readonly MetricPoint[]): Reported {
  const byStep = new Map<number, number>();
  for (const { step, value } of points) if (step >= 0) byStep.set(step, value);
  return [...byStep].sort(([a], [b]) => a - b).map(([step, value]) => [step, Number.isFinite(value) ? value : null]);
}
