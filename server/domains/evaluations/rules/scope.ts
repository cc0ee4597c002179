// A scope is the rows a number speaks of: all of them, or one slice's.
import type { Support } from "../contract/result";
import type { EvidenceFloor } from "../contract/suite";
import { type Clusters, clusterEachRow } from "./statistics/clusters";
import { at } from "./statistics/typed-access";

/** The rows that were scored: labels 0 or 1, and the suite's cluster of each row (null: the suite names no cluster column). */
export type Sample = { readonly labels: Uint8Array; readonly clusters: Clusters | null };

/** One scope of a sample. `rows` is null for all rows, so that nothing is copied; `clusters` keep the sample's ids. */
export type Scope = {
  readonly rows: Uint32Array | null;
  readonly labels: Uint8Array;
  readonly clusters: Clusters;
  readonly support: Support;
};

/** Takes a scope out of a sample. Clusters keep the sample's numbering, so that one set of draws serves every scope. */
export function selectScope(sample: Sample, rows: Uint32Array | null): Scope {
  const every = sample.clusters ?? clusterEachRow(sample.labels.length);
  const labels = rows === null ? sample.labels : Uint8Array.from(rows, (row) => at(sample.labels, row));
  const ids = rows === null ? every.ids : Uint32Array.from(rows, (row) => at(every.ids, row));
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const support = {
    rows: labels.length,
    positives,
    negatives: labels.length - positives,
    clusters: sample.clusters === null ? null : new Set(ids).size,
  };
  return { rows, labels, clusters: { ids, count: every.count }, support };
}

/** The scope's part of one value a row of the sample. */
export function selectValues(values: Float64Array, { rows }: Scope): Float64Array {
  return rows === null ? values : Float64Array.from(rows, (row) => at(values, row));
}

/** Whether there is enough to judge on; without clusters each row counts as one. */
export function reachesFloor(support: Support, floor: EvidenceFloor): boolean {
  return (
    (support.clusters ?? support.rows) >= floor.clusters &&
    support.positives >= floor.positives &&
    support.negatives >= floor.negatives
  );
}
