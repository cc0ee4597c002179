/** Means of curves over shared shares of the steps, so that the same share of every run can be averaged. Pure. */
import type { WeightedMean } from "../chunks/shares";

export type StepMeans = { steps: number[]; values: number[] };

/**
 * At most `shares` means a run, each at the middle of its share of all runs' steps; a share without a finite point of a
 * run is left out of it. Where all runs together have no more different steps than that, each step is its own share.
 */
export function meansByStep(curves: ReadonlyMap<string, readonly WeightedMean[]>, shares: number): Map<string, StepMeans> {
  const steps = new Set<number>();
  for (const means of curves.values()) for (const { step } of means) steps.add(step);
  const [low, high] = endsOf(steps);
  const width = (high - low + 1) / shares;
  const isExact = steps.size <= shares;
  const shareOf = (step: number) => (isExact ? step : Math.floor((step - low) / width));
  const placeOf = (share: number) => (isExact ? share : Math.round(low + (share + 0.5) * width));
  return new Map([...curves].map(([id, means]) => [id, binned(means, shareOf, placeOf)]));
}

/** In a loop: there may be more steps than a call takes arguments. */
function endsOf(steps: Iterable<number>): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const step of steps) [low, high] = [Math.min(low, step), Math.max(high, step)];
  return [low, high];
}

function binned(means: readonly WeightedMean[], shareOf: (step: number) => number, placeOf: (share: number) => number): StepMeans {
  const sums = new Map<number, { sum: number; count: number }>();
  for (const { step, mean, count } of means) {
    if (!Number.isFinite(mean)) continue;
    const known = sums.get(shareOf(step)) ?? { sum: 0, count: 0 };
    sums.set(shareOf(step), { sum: known.sum + mean * count, count: known.count + count });
  }
  const ordered = [...sums].sort(([a], [b]) => a - b);
  return { steps: ordered.map(([share]) => placeOf(share)), values: ordered.map(([, { sum, count }]) => sum / count) };
}
