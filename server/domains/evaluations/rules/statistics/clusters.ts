// Clusters of rows that share their noise (a day's flights share the weather), and the mean's interval over them.
import { studentTQuantile, studentTUpperTail } from "@/server/platform/statistics/rules/distributions";
import { addAt, at } from "./typed-access";

/** Dense cluster ids, one a row, 0 ≤ id < count. */
export type Clusters = { readonly ids: Uint32Array; readonly count: number };

/** Ids in order of first appearance. O(n). */
export function indexClusters(keys: readonly (string | number)[]): Clusters {
  const seen = new Map<string | number, number>();
  const ids = Uint32Array.from(keys, (key) => {
    const known = seen.get(key);
    if (known !== undefined) return known;
    seen.set(key, seen.size);
    return seen.size - 1;
  });
  return { ids, count: seen.size };
}

/** Each row a cluster of its own: cluster formulas then reduce to the plain ones. */
export function clusterEachRow(rows: number): Clusters {
  return { ids: Uint32Array.from({ length: rows }, (_, row) => row), count: rows };
}

/** A mean with its standard error (null for fewer than two clusters), in the unit of the values. */
export type ClusteredMean = { mean: number; standardError: number | null; clusters: number };

/**
 * Mean of row values with a cluster-robust error on cluster totals, the ratio estimator
 *   m = Σ T_g / Σ n_g,  Var(m) = G/(G−1) · Σ (T_g − m·n_g)² / (Σ n_g)²
 * (Cochran 1977, §6; equal to OLS on a constant with CR1 errors). With one row a cluster it is s²/n. Throws for no rows.
 */
export function clusteredMean(values: Float64Array, { ids, count }: Clusters): ClusteredMean {
  if (values.length === 0) throw new RangeError("at least one row is needed");
  const totals = new Float64Array(count);
  const sizes = new Float64Array(count);
  values.forEach((value, row) => {
    addAt(totals, at(ids, row), value);
    addAt(sizes, at(ids, row), 1);
  });
  const mean = totals.reduce((sum, total) => sum + total, 0) / values.length;
  const occupied = sizes.reduce((sum, size) => sum + (size > 0 ? 1 : 0), 0);
  if (occupied < 2) return { mean, standardError: null, clusters: occupied };
  const squares = totals.reduce((sum, total, id) => sum + (total - mean * at(sizes, id)) ** 2, 0);
  const variance = ((occupied / (occupied - 1)) * squares) / values.length ** 2;
  return { mean, standardError: Math.sqrt(variance), clusters: occupied };
}

/** The two-sided interval m ± t(level, G − 1)·se; null where there is no standard error. */
export function meanInterval(estimate: ClusteredMean, level = 0.95): { low: number; high: number } | null {
  if (estimate.standardError === null) return null;
  const reach = studentTQuantile(0.5 + level / 2, estimate.clusters - 1) * estimate.standardError;
  return { low: estimate.mean - reach, high: estimate.mean + reach };
}

/** Upper end of the one-sided interval m + t(level, G − 1)·se; null where there is no standard error. */
export function upperEnd(estimate: ClusteredMean, level = 0.95): number | null {
  if (estimate.standardError === null) return null;
  return estimate.mean + studentTQuantile(level, estimate.clusters - 1) * estimate.standardError;
}

/** One-sided p for H₀: mean ≤ 0, from t(G − 1). No spread at all: 0 above zero, else 1. Null where there is no standard error. */
export function harmProbability(estimate: ClusteredMean): number | null {
  if (estimate.standardError === null) return null;
  if (estimate.standardError === 0) return estimate.mean > 0 ? 0 : 1;
  return studentTUpperTail(estimate.mean / estimate.standardError, estimate.clusters - 1);
}
