/** Gate verdicts: every check with its evidence. Browser-safe. */
import { z } from "zod";
import { Estimate, IntervalMethod, SliceKey, Support, Word } from "./result";

const Nullable = z.number().nullable();

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
  /** The estimate with its 95 % interval, where the check is about one. */
  estimate: Estimate.nullable().default(null),
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
