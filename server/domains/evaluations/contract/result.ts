/** Results of evaluations and comparisons. Browser-safe. */
import { z } from "zod";
import { metricNames } from "./metric-names";

export const MetricName = z.enum(metricNames);
export type MetricName = z.infer<typeof MetricName>;

/** Whether more is better: a comparison's sign is read through this and nowhere else. */
export const metricDirection: Record<MetricName, "higher_is_better" | "lower_is_better"> = {
  log_loss: "lower_is_better",
  auc: "higher_is_better",
  brier: "lower_is_better",
  ece: "lower_is_better",
};

export const Word = z.enum(["better", "worse", "not_distinguishable", "too_little_evidence"]);
export type Word = z.infer<typeof Word>;

/** `cluster_*` where the suite names a cluster column, the others where it does not; `*_shifted` for an ECE, its bias taken out. */
export const IntervalMethod = z.enum([
  "cluster_t",
  "cluster_bootstrap",
  "cluster_bootstrap_shifted",
  "paired_t",
  "paired_bootstrap",
  "paired_bootstrap_shifted",
  "delong",
]);
export type IntervalMethod = z.infer<typeof IntervalMethod>;

const Nullable = z.number().nullable();

/** A number with its two-sided 95 % interval; all null where it is not defined, as AUC with one class. */
export const Estimate = z.object({ value: Nullable, low: Nullable, high: Nullable, method: IntervalMethod.nullable() });
export type Estimate = z.infer<typeof Estimate>;

export const SliceKey = z.object({ name: z.string(), label: z.string(), gated: z.boolean() });
export type SliceKey = z.infer<typeof SliceKey>;

/** How much stands behind a number. `clusters` is null where the suite names no cluster column. */
export const Support = z.object({
  rows: z.int(),
  positives: z.int(),
  negatives: z.int(),
  clusters: z.int().nullable(),
});
export type Support = z.infer<typeof Support>;

const PerMetric = <T extends z.ZodType>(of: T) => z.object({ log_loss: of, auc: of, brier: of, ece: of });

/** The draws behind every bootstrap interval of a result; the ECE of slices takes the first `sliceEceDraws` of them. */
export const Resampling = z.object({ seed: z.int(), draws: z.int(), sliceEceDraws: z.int(), level: z.number() });
export type Resampling = z.infer<typeof Resampling>;

export const ScopeEvaluation = z.object({ support: Support, metrics: PerMetric(Estimate) });
export type ScopeEvaluation = z.infer<typeof ScopeEvaluation>;

export const CalibrationBin = z.object({ rows: z.int(), meanScore: z.number(), observedRate: z.number() });
export const RocPoint = z.object({ falsePositiveRate: z.number(), truePositiveRate: z.number(), threshold: Nullable });

export const EvaluationResult = z.object({
  resampling: Resampling,
  overall: ScopeEvaluation,
  slices: z.array(ScopeEvaluation.extend({ slice: SliceKey })),
  baseRateLogLoss: z.number(),
  calibration: z.array(CalibrationBin),
  roc: z.array(RocPoint),
});
export type EvaluationResult = z.infer<typeof EvaluationResult>;

/** Candidate − baseline on the same rows. */
export const Difference = Estimate.extend({ word: Word });
export type Difference = z.infer<typeof Difference>;

export const ScopeComparison = z.object({ support: Support, differences: PerMetric(Difference) });
export type ScopeComparison = z.infer<typeof ScopeComparison>;

/**
 * The harm test of one slice on mean log-loss: one-sided p for d ≤ 0 and its Holm adjustment (null where not judged) over the judged
 * slices, of a gated one over the gated; and the one-sided 95 % upper end of d (null with fewer than two clusters).
 */
export const SliceComparison = ScopeComparison.extend({
  slice: SliceKey,
  judged: z.boolean(),
  p: Nullable,
  adjustedP: Nullable,
  upperEnd: Nullable,
  word: Word,
});
export type SliceComparison = z.infer<typeof SliceComparison>;

export const ComparisonResult = z.object({
  resampling: Resampling,
  overall: ScopeComparison,
  slices: z.array(SliceComparison),
});
export type ComparisonResult = z.infer<typeof ComparisonResult>;
