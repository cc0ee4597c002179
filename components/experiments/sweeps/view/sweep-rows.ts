/** From a sweep's trials to what charts and tables show; pure. */
import type { ParallelAxis, ParallelRow } from "@/components/charts/parallel/parallel-data";
import type { Objective, SpaceEntry, SweepView, TrialView } from "@/server/domains/experiments/contract/sweep";

export const trialName = (number: number): string => `#${number}`;
export const valueKey = "value";
export const numberKey = "number";

export function isBetter(direction: Objective["direction"], value: number, than: number): boolean {
  return direction === "minimize" ? value < than : value > than;
}

export type FinishedTrial = TrialView & { value: number };
export const finishedOf = ({ trials }: Pick<SweepView, "trials">): FinishedTrial[] => trials.flatMap((trial) => (trial.state === "complete" && trial.value !== null ? [{ ...trial, value: trial.value }] : []));

/** The best value up to each finished trial, in the order of numbers. */
export function bestSoFar(trials: readonly FinishedTrial[], direction: Objective["direction"]): { x: number; y: number }[] {
  let best: number | null = null;
  return trials.map(({ number, value }) => {
    if (best === null || isBetter(direction, value, best)) best = value;
    return { x: number, y: best };
  });
}

export const axisOf = (entry: SpaceEntry): ParallelAxis => ({ key: entry.name, label: entry.name, kind: entry.kind === "choice" ? "category" : "numeric", log: entry.kind !== "choice" && entry.log });

const strong = 1;
const faint = 0.12;

/** Better ones stronger: by rank, so that one run far off does not make all others look alike. */
export function rowsByRank(trials: readonly FinishedTrial[], direction: Objective["direction"]): ParallelRow[] {
  const ranks = new Map([...trials].sort((a, b) => (isBetter(direction, a.value, b.value) ? 1 : -1)).map(({ number }, index) => [number, index]));
  const last = Math.max(1, trials.length - 1);
  // The best are drawn last, over the others.
  return [...trials]
    .sort((a, b) => (ranks.get(a.number) ?? 0) - (ranks.get(b.number) ?? 0))
    .map((trial) => rowOf(trial, faint + ((ranks.get(trial.number) ?? 0) / last) * (strong - faint)));
}

/** Later ones stronger: where the search went. */
export function rowsByTime(trials: readonly FinishedTrial[]): ParallelRow[] {
  const last = Math.max(1, trials.length - 1);
  return trials.map((trial, index) => rowOf(trial, faint + (index / last) * (strong - faint)));
}

function rowOf({ number, value, params }: FinishedTrial, shade: number): ParallelRow {
  return { id: String(number), label: trialName(number), colour: { shade }, values: { ...params, [valueKey]: value, [numberKey]: number } };
}

const order = ["complete", "launched", "planned", "pruned", "failed", "cancelled"];

function compare(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), "en", { numeric: true });
}

const fieldOf = (trial: TrialView, key: string): unknown => {
  if (key === "number") return trial.number;
  if (key === "value") return trial.value;
  if (key === "state") return order.indexOf(trial.state);
  if (key === "seconds") return trial.seconds;
  return trial.params[key.replace(/^param\./, "")];
};

/** What has no value there comes last, whichever way. */
export function sortTrials(trials: readonly TrialView[], sort: { key: string; desc: boolean }): TrialView[] {
  return [...trials].sort((a, b) => {
    const [left, right] = [fieldOf(a, sort.key), fieldOf(b, sort.key)];
    const [isLeft, isRight] = [left !== null && left !== undefined, right !== null && right !== undefined];
    if (!isLeft || !isRight) return Number(isRight) - Number(isLeft);
    return (sort.desc ? -compare(left, right) : compare(left, right)) || a.number - b.number;
  });
}
