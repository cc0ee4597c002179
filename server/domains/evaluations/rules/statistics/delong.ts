// DeLong's variance of one AUC and of the difference of two on the same rows; only right where rows are independent.
import { normalQuantile } from "@/server/platform/statistics/rules/distributions";
import { meanOf, type Scored } from "./losses";
import { orderByScore } from "./score-order";
import { at } from "./typed-access";

/** An AUC's structural components: one value a positive and one a negative, in row order. */
type Components = { positive: Float64Array; negative: Float64Array };

export type AucEstimate = { value: number; low: number; high: number };

/** AUC with its two-sided normal interval (DeLong et al. 1988), cut to [0, 1]; null with fewer than two of a class. */
export function delongAuc(scored: Scored, level = 0.95): AucEstimate | null {
  const components = structuralComponents(scored);
  if (components === null) return null;
  const value = meanOf(components.positive);
  const reach = normalQuantile(0.5 + level / 2) * Math.sqrt(varianceOfMeans(components));
  return { value, low: Math.max(0, value - reach), high: Math.min(1, value + reach) };
}

/** Candidate's AUC − baseline's on the same rows, with its two-sided normal interval; null with fewer than two of a class. */
export function delongDifference(candidate: Scored, baseline: Scored, level = 0.95): AucEstimate | null {
  const first = structuralComponents(candidate);
  const second = structuralComponents(baseline);
  if (first === null || second === null) return null;
  const difference: Components = {
    positive: first.positive.map((value, index) => value - at(second.positive, index)),
    negative: first.negative.map((value, index) => value - at(second.negative, index)),
  };
  const value = meanOf(difference.positive);
  const reach = normalQuantile(0.5 + level / 2) * Math.sqrt(varianceOfMeans(difference));
  return { value, low: value - reach, high: value + reach };
}

/** S₁₀/P + S₀₁/N: the sample variances of the components over their counts. */
function varianceOfMeans({ positive, negative }: Components): number {
  return sampleVariance(positive) / positive.length + sampleVariance(negative) / negative.length;
}

function sampleVariance(values: Float64Array): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}

/** By midranks in O(n log n) (Sun & Xu 2014): V₁₀ᵢ = (rank among all − rank among positives)/N, V₀₁ⱼ = 1 − (…)/P. */
function structuralComponents({ scores, labels }: Scored): Components | null {
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const negatives = labels.length - positives;
  if (positives < 2 || negatives < 2) return null;
  const overall = midranks(scores);
  const amongPositives = midranks(scores.filter((_, row) => at(labels, row) === 1));
  const amongNegatives = midranks(scores.filter((_, row) => at(labels, row) === 0));
  const positive = new Float64Array(positives);
  const negative = new Float64Array(negatives);
  let p = 0;
  let n = 0;
  overall.forEach((rank, row) => {
    if (at(labels, row) === 1) {
      positive[p] = (rank - at(amongPositives, p)) / negatives;
      p++;
    } else {
      negative[n] = 1 - (rank - at(amongNegatives, n)) / positives;
      n++;
    }
  });
  return { positive, negative };
}

/** Ranks from 1 in row order, equal scores sharing the mean of theirs. */
function midranks(scores: Float64Array): Float64Array {
  const { rows, runEnd } = orderByScore(scores);
  const ranks = new Float64Array(scores.length);
  let start = 0;
  while (start < rows.length) {
    const end = at(runEnd, start);
    for (let position = start; position < end; position++) ranks[at(rows, position)] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}
