// Bootstrap of whole clusters: every statistic sees the same draws, so differences between two models are paired.
import type { DrawInteger } from "./random";
import { createRandom } from "./random";

/** A statistic of a weighted sample: `weights[g]` says how often cluster g was drawn. NaN where it is not defined. */
export type DrawnStatistic = (weights: Uint32Array) => number;

/** Draws enough that a tail split over the slices still holds about ten: max(10,000, 200 × slices). */
export function countDraws(slices: number): number {
  return Math.max(10_000, 200 * slices);
}

/** ECE of a slice is shown, never judged: 2,000 draws put its 2.5 % end between the 2.15 % and the 2.85 % one, at a fifth of the time. */
const SLICE_ECE_DRAWS = 2_000;

export function countSliceEceDraws(draws: number): number {
  return Math.min(draws, SLICE_ECE_DRAWS);
}

/**
 * `draws` resamples of `clusters` clusters with replacement (Efron & Tibshirani 1993, §8; Field & Welsh 2007 for clusters).
 * Returns for each statistic its value in each draw, in one order; where `limits` names fewer draws for it, in the first of them.
 * Time: draws × (clusters + cost of the statistics).
 */
export function bootstrapClusters(
  statistics: readonly DrawnStatistic[],
  clusters: number,
  draws: number,
  seed: number,
  limits: readonly number[] = [],
): Float64Array[] {
  const random = createRandom(seed);
  const weights = new Uint32Array(clusters);
  const values = statistics.map((_, index) => new Float64Array(Math.min(draws, limits[index] ?? draws)));
  for (let draw = 0; draw < draws; draw++) {
    drawWeights(weights, random);
    statistics.forEach((statistic, index) => {
      const column = values[index];
      if (column !== undefined && draw < column.length) column[draw] = statistic(weights);
    });
  }
  return values;
}

function drawWeights(weights: Uint32Array, random: DrawInteger): void {
  weights.fill(0);
  for (let pick = 0; pick < weights.length; pick++) {
    const cluster = random(weights.length);
    weights[cluster] = (weights[cluster] ?? 0) + 1;
  }
}

/** Candidate − baseline in each draw. */
export function subtractDraws(candidate: Float64Array, baseline: Float64Array): Float64Array {
  return candidate.map((value, draw) => value - (baseline[draw] ?? Number.NaN));
}

/**
 * Two-sided percentile interval (linear between order statistics, as numpy's default). Draws without a value are left out;
 * null when they are more than one in twenty, for then the interval would speak of other data.
 */
export function percentileInterval(values: Float64Array, level = 0.95): { low: number; high: number } | null {
  const kept = values.filter((value) => Number.isFinite(value)).sort();
  if (kept.length === 0 || kept.length < 0.95 * values.length) return null;
  const tail = (1 - level) / 2;
  return { low: interpolate(kept, tail), high: interpolate(kept, 1 - tail) };
}

/**
 * The percentile interval moved by the bootstrap's estimate of bias, mean(draws) − estimate (Efron & Tibshirani 1993, §10.2),
 * within [0, 1]. For ECE: a resample holds rows twice, so its bins stray further from their means than the sample's own and every
 * draw lies high (Kumar, Liang & Ma 2019, §4); the plain interval can then miss its own estimate. This one holds it, also where
 * draws are so skewed that their mean lies outside their quantiles. The estimate's own upward bias stays in it. Differences of two
 * models on the same draws need no shift: both sides carry about the same bias.
 */
export function shiftedInterval(values: Float64Array, estimate: number): { low: number; high: number } | null {
  const plain = percentileInterval(values);
  if (plain === null) return null;
  const kept = values.filter((value) => Number.isFinite(value));
  const bias = kept.reduce((sum, value) => sum + value, 0) / kept.length - estimate;
  return {
    low: Math.min(estimate, Math.max(0, plain.low - bias)),
    high: Math.max(estimate, Math.min(1, plain.high - bias)),
  };
}

function interpolate(sorted: Float64Array, quantile: number): number {
  const place = quantile * (sorted.length - 1);
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? Number.NaN;
  return low + (high - low) * (place - Math.floor(place));
}
