// The four metrics of one set of scores in one scope, and what the bootstrap needs to give them intervals.
import type { Estimate, IntervalMethod } from "../contract/result";
import { type Scope, selectValues } from "./scope";
import { prepareAuc } from "./statistics/auc-bootstrap";
import type { DrawnStatistic } from "./statistics/bootstrap";
import { expectedCalibrationError } from "./statistics/calibration";
import { type ClusteredMean, clusteredMean, meanInterval } from "./statistics/clusters";
import { prepareEce } from "./statistics/ece-bootstrap";
import { brierLosses, logLosses, type Scored } from "./statistics/losses";
import { areaUnderCurve } from "./statistics/ranking";

export const ABSENT: Estimate = { value: null, low: null, high: null, method: null };

/** One model's scores in a scope: row losses, point values, and its drawn statistics. `auc` is null with one class. */
export type ScopeScores = {
  scored: Scored;
  logLosses: Float64Array;
  brierLosses: Float64Array;
  auc: number | null;
  ece: number;
};

/** Null for an empty scope. */
export function measureScope(scope: Scope, scores: Float64Array): ScopeScores | null {
  if (scope.support.rows === 0) return null;
  const scored = { scores: selectValues(scores, scope), labels: scope.labels };
  return {
    scored,
    logLosses: logLosses(scored),
    brierLosses: brierLosses(scored),
    auc: areaUnderCurve(scored),
    ece: expectedCalibrationError(scored),
  };
}

/** Below ten clusters a percentile interval covers far less than it says (Cameron, Gelbach & Miller 2008), so none is given. */
const BOOTSTRAP_CLUSTERS = 10;

export function canBootstrap({ support }: Scope): boolean {
  return (support.clusters ?? support.rows) >= BOOTSTRAP_CLUSTERS;
}

/** AUC and ECE of drawn clusters. Without a cluster column AUC has DeLong's interval and is not drawn. */
export function prepareDraws(scope: Scope, { scored }: ScopeScores): { auc: DrawnStatistic; ece: DrawnStatistic } {
  const skipped = () => Number.NaN;
  if (!canBootstrap(scope)) return { auc: skipped, ece: skipped };
  return {
    auc: scope.support.clusters === null ? skipped : prepareAuc(scored, scope.clusters),
    ece: prepareEce(scored, scope.clusters),
  };
}

/** A mean of row values in the scope, with its t interval. */
export function estimateMean(scope: Scope, values: Float64Array): Estimate & { clustered: ClusteredMean } {
  const clustered = clusteredMean(values, scope.clusters);
  const interval = meanInterval(clustered);
  const method = scope.support.clusters === null ? "paired_t" : "cluster_t";
  return { value: clustered.mean, ...withInterval(interval, method), clustered };
}

/** The interval's ends with their method, or three nulls where there is no interval. */
export function withInterval(interval: { low: number; high: number } | null, method: IntervalMethod) {
  if (interval === null) return { low: null, high: null, method: null };
  return { low: interval.low, high: interval.high, method };
}

/** How the interval of a scope's ECE comes about. */
export function eceMethod(scope: Scope): IntervalMethod {
  return scope.support.clusters === null ? "paired_bootstrap_shifted" : "cluster_bootstrap_shifted";
}

/** Which bootstrap a scope's intervals come from. */
export function bootstrapMethod(scope: Scope): IntervalMethod {
  return scope.support.clusters === null ? "paired_bootstrap" : "cluster_bootstrap";
}
