// May this candidate take the champion's place? Pure: the same evidence gives the same verdict.
import type { GateCheck, GateEvidence, GateVerdict, SkewEvidence, SliceVerdict } from "../contract/gate";
import type { ComparisonResult, EvaluationResult, SliceComparison } from "../contract/result";
import type { GatePolicy, SliceRule } from "../contract/suite";

export type GateInput = {
  policy: GatePolicy;
  /** The candidate's own evaluation. */
  candidate: EvaluationResult;
  /** Candidate − champion on the same rows; null where there is no champion, and absolute limits hold. */
  comparison: ComparisonResult | null;
  /** What the shadow replay found; null where it has not run, which refuses if the policy asks for it. */
  skew: SkewEvidence | null;
  /** Candidates this dataset has judged before this one. */
  judgedCandidates: number;
};

/** Every check is made and reported even after one has failed, so that a person sees all there is to mend. */
export function decideGate(input: GateInput): GateVerdict {
  const { policy, candidate, comparison } = input;
  const slices =
    comparison === null
      ? []
      : comparison.slices.filter(({ slice }) => slice.gated).map((slice) => judgeSlice(policy.slices, slice));
  const checks =
    comparison === null
      ? [...checkFirst(policy, candidate), ...checkSkew(policy, input.skew)]
      : [
          checkOverall(comparison),
          checkSlices(slices),
          checkCalibration(policy.calibration.ece, candidate),
          ...checkSkew(policy, input.skew),
        ];
  return {
    outcome: checks.every((check) => check.passed) ? "passed" : "refused",
    against: comparison === null ? "absolute_limits" : "champion",
    checks,
    slices,
    evidence: collectEvidence(input),
  };
}

function collectEvidence({ candidate, comparison, judgedCandidates }: GateInput): GateEvidence {
  const { seed, draws } = (comparison ?? candidate).resampling;
  const method = (comparison?.overall.differences ?? candidate.overall.metrics).log_loss.method;
  return { method, seed, draws, clusters: candidate.overall.support.clusters, judgedCandidates };
}

/** Superior: the upper end of d's two-sided 95% interval lies below 0. */
function checkOverall(comparison: ComparisonResult): GateCheck {
  const { value, low, high, method } = comparison.overall.differences.log_loss;
  const passed = high !== null && high < 0;
  const reason =
    high === null
      ? "too little evidence: fewer than two clusters"
      : `log-loss ${signed(value ?? 0)} against the champion, 95% interval up to ${signed(high)}; ${passed ? "below" : "not below"} 0`;
  return { name: "overall", passed, value: high, limit: 0, estimate: { value, low, high, method }, reason };
}

function checkSlices(slices: SliceVerdict[]): GateCheck {
  const refusing = slices.filter((slice) => slice.refuses);
  const named = refusing.map(({ slice }) => `${slice.name} ${slice.label}`).join(", ");
  const unjudged = slices.filter((slice) => slice.finding === "too_little_evidence").length;
  const reason =
    refusing.length > 0
      ? `refused for ${named}`
      : `no gated slice refuses${unjudged > 0 ? `; too little evidence in ${unjudged} of ${slices.length}` : ""}`;
  return { name: "slices", passed: refusing.length === 0, value: refusing.length, limit: 0, estimate: null, reason };
}

function judgeSlice(rule: SliceRule, of: SliceComparison): SliceVerdict {
  const difference = of.differences.log_loss.value;
  const finding = rule.rule === "harm" ? findHarm(rule, of, difference) : findInferiority(rule.margin, of);
  const refuses =
    finding === "harmed" ||
    finding === "margin_exceeded" ||
    (rule.rule === "non_inferior" && finding === "too_little_evidence");
  return {
    slice: of.slice,
    finding,
    refuses,
    support: of.support,
    difference,
    p: of.p,
    adjustedP: of.adjustedP,
    upperEnd: of.upperEnd,
    word: of.word,
    reason: describeSlice(finding, of.upperEnd),
  };
}

/** Harm needs both: evidence (Holm-adjusted p < alpha) and size (d > tolerance). */
function findHarm(rule: Extract<SliceRule, { rule: "harm" }>, of: SliceComparison, difference: number | null) {
  if (!of.judged || of.adjustedP === null || difference === null) return "too_little_evidence";
  return of.adjustedP < rule.alpha && difference > rule.tolerance ? "harmed" : "no_harm_shown";
}

/** Non-inferior: the one-sided 95% upper end below the margin. All slices must pass, so there is nothing to correct for. */
function findInferiority(margin: number, of: SliceComparison) {
  if (!of.judged || of.upperEnd === null) return "too_little_evidence";
  return of.upperEnd < margin ? "within_margin" : "margin_exceeded";
}

/** What the data leave open in a slice, as the page prints it: harm beyond the one-sided 95% upper end is ruled out. */
export function describeSlice(finding: SliceVerdict["finding"], upper: number | null): string {
  const prefix =
    finding === "harmed" ? "harm shown; " : finding === "too_little_evidence" ? "too little evidence; " : "";
  if (upper === null) return `${prefix}harm of any size not ruled out`;
  return upper > 0
    ? `${prefix}harm up to ${signed(upper)} not ruled out`
    : `${prefix}harm ruled out (upper end ${signed(upper)})`;
}

function checkCalibration(limit: number, candidate: EvaluationResult): GateCheck {
  const { ece } = candidate.overall.metrics;
  const { value } = ece;
  const passed = value !== null && value <= limit;
  return { name: "calibration", passed, value, limit, estimate: ece, reason: `ECE ${fixed(value)}, at most ${fixed(limit)}` };
}

/** The first version has no champion to beat: AUC and ECE limits, and a log-loss below that of the base rate. */
function checkFirst(policy: GatePolicy, candidate: EvaluationResult): GateCheck[] {
  const { auc, log_loss: logLoss } = candidate.overall.metrics;
  const base = candidate.baseRateLogLoss;
  return [
    {
      name: "discrimination",
      passed: auc.value !== null && auc.value >= policy.first.auc,
      value: auc.value,
      limit: policy.first.auc,
      estimate: auc,
      reason: `AUC ${fixed(auc.value)}, at least ${fixed(policy.first.auc)}`,
    },
    {
      name: "base_rate",
      passed: logLoss.value !== null && logLoss.value < base,
      value: logLoss.value,
      limit: base,
      estimate: logLoss,
      reason: `log-loss ${fixed(logLoss.value)}, below the base rate's ${fixed(base)}`,
    },
    checkCalibration(policy.first.ece, candidate),
  ];
}

/** Online equals offline: the share of values that differ. No replay, or one that compared nothing, is no evidence. */
function checkSkew({ skew: rule }: GatePolicy, skew: SkewEvidence | null): GateCheck[] {
  if (rule === null) return [];
  if (skew === null || skew.compared === 0) {
    return [
      {
        name: "skew",
        passed: false,
        value: null,
        limit: rule.share,
        estimate: null,
        reason: "the shadow replay has compared nothing yet",
      },
    ];
  }
  const value = skew.differing / skew.compared;
  const reason = `${counted(skew.differing)} of ${counted(skew.compared)} online values differ from the dataset (${percent(value)}), at most ${percent(rule.share)}`;
  return [{ name: "skew", passed: value <= rule.share, value, limit: rule.share, estimate: null, reason }];
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(4)}`;
}

const counted = (count: number) => count.toLocaleString("en");

function fixed(value: number | null): string {
  return value === null ? "not defined" : value.toFixed(4);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}
