// Suites, evaluations, comparisons and gate verdicts: every enum and wire type of the domain.
import { z } from "zod";

export const metricNames = ["log_loss", "auc", "brier", "ece"] as const;
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

/** `cluster_*` where the suite names a cluster column, the others where it does not. */
export const IntervalMethod = z.enum(["cluster_t", "cluster_bootstrap", "paired_t", "paired_bootstrap", "delong"]);
export type IntervalMethod = z.infer<typeof IntervalMethod>;

// ---- Suite ---------------------------------------------------------------------------------------------------------

const Name = z.string().regex(/^[a-z][a-z0-9_-]{0,62}$/, "lower-case letters, digits, - and _, at most 63");
const Column = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,62}$/, "a column name");
const Share = z.number().min(0).max(1);

const Block = z.strictObject({
  label: z.string().min(1).max(60),
  from: z.number().optional(),
  below: z.number().optional(),
});

/** Splits rows by one column: half-open number ranges [from, below), named values, or the values with most rows. */
export const SliceDefinition = z
  .strictObject({
    name: Name,
    column: Column,
    gated: z.boolean().default(true),
    blocks: z.array(Block).min(1).max(50).optional(),
    values: z
      .array(z.union([z.string().max(200), z.number()]))
      .min(1)
      .max(100)
      .optional(),
    largest: z.int().min(1).max(100).optional(),
  })
  .refine((slice) => [slice.blocks, slice.values, slice.largest].filter((way) => way !== undefined).length === 1, {
    message: "needs exactly one of blocks, values, largest",
  });
export type SliceDefinition = z.infer<typeof SliceDefinition>;

/** The least a slice must hold before it is judged at all. */
export const EvidenceFloor = z.strictObject({
  clusters: z.int().min(2).default(20),
  positives: z.int().min(1).default(100),
  negatives: z.int().min(1).default(100),
});
export type EvidenceFloor = z.infer<typeof EvidenceFloor>;

export const SliceRule = z.discriminatedUnion("rule", [
  z.strictObject({
    rule: z.literal("harm"),
    alpha: z.number().gt(0).lt(0.5).default(0.05),
    tolerance: z.number().min(0).default(0.002),
    floor: EvidenceFloor.prefault({}),
  }),
  z.strictObject({
    rule: z.literal("non_inferior"),
    margin: z.number().gt(0),
    floor: EvidenceFloor.prefault({}),
  }),
]);
export type SliceRule = z.infer<typeof SliceRule>;

/** What a candidate must show. Every limit has the value of the platform's default policy. */
export const GatePolicy = z.strictObject({
  overall: z.literal("superior").default("superior"),
  slices: SliceRule.prefault({ rule: "harm" }),
  calibration: z.strictObject({ ece: Share.default(0.015) }).prefault({}),
  first: z.strictObject({ auc: Share.default(0.7), ece: Share.default(0.015) }).prefault({}),
  skew: z
    .strictObject({ share: Share.default(0.005), relative: z.number().gt(0).default(1e-6) })
    .nullable()
    .prefault({}),
});
export type GatePolicy = z.infer<typeof GatePolicy>;

export const SuiteDefinition = z.strictObject({
  kind: z.literal("suite"),
  name: Name,
  description: z.string().max(2000).default(""),
  dataset: Name,
  split: Name,
  label: Column,
  id: Column,
  cluster: Column.nullable().default(null),
  seed: z.int().min(0).max(0xffffffff).default(1),
  slices: z.array(SliceDefinition).max(20).default([]),
  gate: GatePolicy.prefault({}),
});
export type SuiteDefinition = z.infer<typeof SuiteDefinition>;

// ---- Results -------------------------------------------------------------------------------------------------------

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

/** The draws behind every bootstrap interval of a result. */
export const Resampling = z.object({ seed: z.int(), draws: z.int(), level: z.number() });
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
 * The harm test of one slice on mean log-loss: one-sided p for d ≤ 0 and its Holm adjustment over the judged slices (null where
 * not judged), and the one-sided 95 % upper end of d (null with fewer than two clusters).
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

// ---- Gate ----------------------------------------------------------------------------------------------------------

/** Values compared by the shadow replay, and how many of them differ from the candidate's dataset. */
export const SkewEvidence = z.object({ compared: z.int().min(0), differing: z.int().min(0) });
export type SkewEvidence = z.infer<typeof SkewEvidence>;

export const GateCheckName = z.enum(["overall", "slices", "calibration", "discrimination", "base_rate", "skew"]);
export type GateCheckName = z.infer<typeof GateCheckName>;

/** One requirement: the number held against its limit, and a sentence a person can act on. */
export const GateCheck = z.object({
  name: GateCheckName,
  passed: z.boolean(),
  value: Nullable,
  limit: Nullable,
  reason: z.string(),
});
export type GateCheck = z.infer<typeof GateCheck>;

export const SliceFinding = z.enum([
  "harmed",
  "no_harm_shown",
  "within_margin",
  "margin_exceeded",
  "too_little_evidence",
]);

export const SliceVerdict = z.object({
  slice: SliceKey,
  finding: SliceFinding,
  refuses: z.boolean(),
  support: Support,
  difference: Nullable,
  p: Nullable,
  adjustedP: Nullable,
  upperEnd: Nullable,
  word: Word,
  reason: z.string(),
});
export type SliceVerdict = z.infer<typeof SliceVerdict>;

/** How the verdict came about, enough to recompute it. `judgedCandidates` counts this dataset's earlier verdicts. */
export const GateEvidence = z.object({
  method: IntervalMethod.nullable(),
  seed: z.int(),
  draws: z.int(),
  clusters: z.int().nullable(),
  judgedCandidates: z.int().min(0),
});
export type GateEvidence = z.infer<typeof GateEvidence>;

export const GateVerdict = z.object({
  outcome: z.enum(["passed", "refused"]),
  against: z.enum(["champion", "absolute_limits"]),
  checks: z.array(GateCheck),
  slices: z.array(SliceVerdict),
  evidence: GateEvidence,
});
export type GateVerdict = z.infer<typeof GateVerdict>;
