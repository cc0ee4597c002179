// One model on one labelled sample: the metrics with their intervals, overall and by slice.
import type { Estimate, EvaluationResult, ScopeEvaluation } from "../contract/result";
import { type Sample, type Scope, selectScope } from "./scope";
import {
  ABSENT,
  bootstrapMethod,
  canBootstrap,
  eceMethod,
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
  shiftedInterval,
} from "./statistics/bootstrap";
import { calibrationBins } from "./statistics/calibration";
import { delongAuc } from "./statistics/delong";
import { assertScored, baseRateLogLoss } from "./statistics/losses";
import { rocPoints } from "./statistics/ranking";

/** `draws` overrides max(10,000, 200 × slices); a stored result keeps both. */
export type ResamplingOptions = { seed: number; draws?: number };

/**
 * Evaluates `scores` (probability of label 1, one a row). Log-loss in nats. Intervals are two-sided 95 %: losses by t on cluster
 * totals, AUC and ECE (less its bias) by bootstrap of whole clusters; without clusters by t on rows, DeLong, and bootstrap of rows.
 * Throws RangeError for scores outside [0, 1], labels other than 0 and 1, or no rows.
 */
export function evaluateScores(
  sample: Sample,
  scores: Float64Array,
  slices: readonly SliceRows[],
  options: ResamplingOptions,
): EvaluationResult {
  const scored = { scores, labels: sample.labels };
  assertScored(scored);
  const draws = options.draws ?? countDraws(slices.length);
  const scopes = [selectScope(sample, null), ...slices.map(({ rows }) => selectScope(sample, rows))];
  const [overall = emptyScope(scopes[0]), ...ofSlices] = evaluateScopes(scopes, scores, draws, options.seed);
  const { positives, rows } = overall.support;
  return {
    resampling: { seed: options.seed, draws, sliceEceDraws: countSliceEceDraws(draws), level: 0.95 },
    overall,
    slices: slices.map(({ slice }, index) => ({ slice, ...(ofSlices[index] ?? emptyScope(scopes[index + 1])) })),
    baseRateLogLoss: baseRateLogLoss(positives, rows),
    calibration: calibrationBins(scored),
    roc: rocPoints(scored),
  };
}

function evaluateScopes(scopes: Scope[], scores: Float64Array, draws: number, seed: number): ScopeEvaluation[] {
  const measured = scopes.map((scope) => ({ scope, measures: measureScope(scope, scores) }));
  const statistics = measured.flatMap(({ scope, measures }) => {
    if (measures === null) return [() => Number.NaN, () => Number.NaN];
    const drawn = prepareDraws(scope, measures);
    return [drawn.auc, drawn.ece];
  });
  const limits = scopes.flatMap((scope) => [draws, scope.rows === null ? draws : countSliceEceDraws(draws)]);
  const columns = bootstrapClusters(statistics, scopes[0]?.clusters.count ?? 0, draws, seed, limits);
  return measured.map(({ scope, measures }, index) => {
    if (measures === null) return emptyScope(scope);
    return {
      support: scope.support,
      metrics: {
        log_loss: dropClustered(estimateMean(scope, measures.logLosses)),
        brier: dropClustered(estimateMean(scope, measures.brierLosses)),
        auc: estimateAuc(scope, measures, columns[2 * index]),
        ece: estimateEce(scope, measures.ece, columns[2 * index + 1]),
      },
    };
  });
}

function estimateAuc(scope: Scope, measures: ScopeScores, drawn: Float64Array | undefined): Estimate {
  if (measures.auc === null) return ABSENT;
  if (scope.support.clusters !== null) {
    const interval = canBootstrap(scope) && drawn !== undefined ? percentileInterval(drawn) : null;
    return { value: measures.auc, ...withInterval(interval, bootstrapMethod(scope)) };
  }
  return { value: measures.auc, ...withInterval(delongAuc(measures.scored), "delong") };
}

function estimateEce(scope: Scope, value: number, drawn: Float64Array | undefined): Estimate {
  const interval = canBootstrap(scope) && drawn !== undefined ? shiftedInterval(drawn, value) : null;
  return { value, ...withInterval(interval, eceMethod(scope)) };
}

function dropClustered({ value, low, high, method }: Estimate): Estimate {
  return { value, low, high, method };
}

function emptyScope(scope: Scope | undefined): ScopeEvaluation {
  const support = scope?.support ?? { rows: 0, positives: 0, negatives: 0, clusters: null };
  return { support, metrics: { log_loss: ABSENT, auc: ABSENT, brier: ABSENT, ece: ABSENT } };
}
