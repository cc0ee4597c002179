// Candidate against baseline on the same rows: paired differences with intervals, and the harm test of each slice.
import type { ComparisonResult, Difference, Estimate, MetricName, SliceComparison, Word } from "../contract/result";
import { metricDirection } from "../contract/result";
import type { EvidenceFloor } from "../contract/suite";
import type { ResamplingOptions } from "./evaluate-scores";
import { reachesFloor, type Sample, type Scope, selectScope } from "./scope";
import {
  ABSENT,
  bootstrapMethod,
  canBootstrap,
  estimateMean,
  measureScope,
  prepareDraws,
  type ScopeScores,
  withInterval,
} from "./scope-metrics";
import type { SliceRows } from "./slices";
import {
  bootstrapClusters,
  countDraws,
  countSliceEceDraws,
  percentileInterval,
  subtractDraws,
} from "./statistics/bootstrap";
import { type ClusteredMean, harmProbability, upperEnd } from "./statistics/clusters";
import { delongDifference } from "./statistics/delong";
import { adjustHolm } from "./statistics/holm";
import { assertScored } from "./statistics/losses";
import { at } from "./statistics/typed-access";

/** When a slice is judged and at which family-wise error its word is given; the suite's slice rule holds both. */
export type Judgement = { floor: EvidenceFloor; alpha: number };

type Pair = { scope: Scope; baseline: ScopeScores; candidate: ScopeScores };
type Compared = { scope: Scope; differences: Record<MetricName, Difference>; clustered: ClusteredMean | null };

/**
 * d = candidate − baseline. Overall words read the two-sided 95 % interval; slice words the one-sided p of mean log-loss after Holm,
 * for harm and for gain apart. Both models see the same draws. Throws RangeError as `evaluateScores`.
 */
export function compareScores(
  sample: Sample,
  scores: { baseline: Float64Array; candidate: Float64Array },
  slices: readonly SliceRows[],
  judgement: Judgement,
  options: ResamplingOptions,
): ComparisonResult {
  assertScored({ scores: scores.baseline, labels: sample.labels });
  assertScored({ scores: scores.candidate, labels: sample.labels });
  const draws = options.draws ?? countDraws(slices.length);
  const scopes = [selectScope(sample, null), ...slices.map(({ rows }) => selectScope(sample, rows))];
  const compared = compareScopes(scopes, scores, draws, options.seed);
  const [overall, ...ofSlices] = compared;
  if (overall === undefined) throw new RangeError("at least one row is needed");
  return {
    resampling: { seed: options.seed, draws, sliceEceDraws: countSliceEceDraws(draws), level: 0.95 },
    overall: { support: overall.scope.support, differences: overall.differences },
    slices: judgeSlices(slices, ofSlices, judgement),
  };
}

function compareScopes(
  scopes: Scope[],
  scores: { baseline: Float64Array; candidate: Float64Array },
  draws: number,
  seed: number,
): Compared[] {
  const pairs = scopes.map((scope) => {
    const baseline = measureScope(scope, scores.baseline);
    const candidate = measureScope(scope, scores.candidate);
    return baseline === null || candidate === null ? null : { scope, baseline, candidate };
  });
  const statistics = pairs.flatMap((pair) => {
    if (pair === null) return [];
    const baseline = prepareDraws(pair.scope, pair.baseline);
    const candidate = prepareDraws(pair.scope, pair.candidate);
    return [candidate.auc, baseline.auc, candidate.ece, baseline.ece];
  });
  const limits = pairs.flatMap((pair) => {
    if (pair === null) return [];
    const ofEce = pair.scope.rows === null ? draws : countSliceEceDraws(draws);
    return [draws, draws, ofEce, ofEce];
  });
  const columns = bootstrapClusters(statistics, scopes[0]?.clusters.count ?? 0, draws, seed, limits);
  let next = 0;
  return scopes.map((scope, index) => {
    const pair = pairs[index] ?? null;
    if (pair === null) return { scope, differences: absentDifferences(), clustered: null };
    const mine = columns.slice(next, next + 4);
    next += 4;
    return comparePair(pair, mine);
  });
}

function comparePair(pair: Pair, [aucCandidate, aucBaseline, eceCandidate, eceBaseline]: Float64Array[]): Compared {
  const { scope, baseline, candidate } = pair;
  const logLoss = estimateMean(scope, subtract(candidate.logLosses, baseline.logLosses));
  const brier = estimateMean(scope, subtract(candidate.brierLosses, baseline.brierLosses));
  const ece = drawnDifference(scope, candidate.ece - baseline.ece, eceCandidate, eceBaseline);
  return {
    scope,
    clustered: logLoss.clustered,
    differences: {
      log_loss: withWord("log_loss", logLoss),
      brier: withWord("brier", brier),
      auc: withWord("auc", aucDifference(pair, aucCandidate, aucBaseline)),
      ece: withWord("ece", ece),
    },
  };
}

function aucDifference(
  { scope, baseline, candidate }: Pair,
  drawn?: Float64Array,
  drawnBaseline?: Float64Array,
): Estimate {
  if (baseline.auc === null || candidate.auc === null) return ABSENT;
  const value = candidate.auc - baseline.auc;
  if (scope.support.clusters !== null) return drawnDifference(scope, value, drawn, drawnBaseline);
  return { value, ...withInterval(delongDifference(candidate.scored, baseline.scored), "delong") };
}

function drawnDifference(scope: Scope, value: number, candidate?: Float64Array, baseline?: Float64Array): Estimate {
  if (!canBootstrap(scope) || candidate === undefined || baseline === undefined) return { ...ABSENT, value };
  const interval = percentileInterval(subtractDraws(candidate, baseline));
  return { value, ...withInterval(interval, bootstrapMethod(scope)) };
}

function withWord(metric: MetricName, { value, low, high, method }: Estimate): Difference {
  return { value, low, high, method, word: wordOfInterval(metric, low, high) };
}

function wordOfInterval(metric: MetricName, low: number | null, high: number | null): Word {
  if (low === null || high === null) return "too_little_evidence";
  const higherIsBetter = metricDirection[metric] === "higher_is_better";
  if (high < 0) return higherIsBetter ? "worse" : "better";
  if (low > 0) return higherIsBetter ? "better" : "worse";
  return "not_distinguishable";
}

function judgeSlices(slices: readonly SliceRows[], compared: Compared[], judgement: Judgement): SliceComparison[] {
  const tested = compared.map((of) => testSlice(of, judgement.floor));
  const isGated = slices.map(({ slice }) => slice.gated);
  const harms = adjustByFamily(tested.map(({ judged, harmP }) => (judged ? harmP : null)), isGated);
  const gains = adjustByFamily(tested.map(({ judged, gainP }) => (judged ? gainP : null)), isGated);
  return tested.flatMap(({ of, judged, harmP }, index) => {
    const slice = slices[index]?.slice;
    const adjustedP = harms[index] ?? null;
    if (slice === undefined) return [];
    return {
      slice,
      support: of.scope.support,
      differences: of.differences,
      judged,
      p: harmP,
      adjustedP,
      upperEnd: of.clustered === null ? null : upperEnd(of.clustered),
      word: wordOfTest(adjustedP, gains[index] ?? null, judgement.alpha),
    };
  });
}

/**
 * The gated slices are a family of their own: how many others are shown beside them must not weaken what the gate finds. A slice
 * that is only shown is one of all that were looked at.
 */
function adjustByFamily(pValues: readonly (number | null)[], isGated: readonly boolean[]): (number | null)[] {
  const overGated = adjustHolm(pValues.map((p, index) => (isGated[index] ? p : null)));
  const overAll = adjustHolm(pValues);
  return pValues.map((_, index) => (isGated[index] ? overGated[index] : overAll[index]) ?? null);
}

/** One-sided p for d ≤ 0 (harm) and for d ≥ 0 (gain, the harm test of −d), and whether there is enough to judge on. */
function testSlice(of: Compared, floor: EvidenceFloor) {
  const harmP = of.clustered === null ? null : harmProbability(of.clustered);
  const gainP = of.clustered === null ? null : harmProbability({ ...of.clustered, mean: -of.clustered.mean });
  return { of, harmP, gainP, judged: harmP !== null && reachesFloor(of.scope.support, floor) };
}

function wordOfTest(harmP: number | null, gainP: number | null, alpha: number): Word {
  if (harmP === null || gainP === null) return "too_little_evidence";
  if (harmP < alpha) return "worse";
  return gainP < alpha ? "better" : "not_distinguishable";
}

function subtract(candidate: Float64Array, baseline: Float64Array): Float64Array {
  return candidate.map((value, row) => value - at(baseline, row));
}

function absentDifferences(): Record<MetricName, Difference> {
  const absent: Difference = { ...ABSENT, word: "too_little_evidence" };
  return { log_loss: absent, auc: absent, brier: absent, ece: absent };
}
