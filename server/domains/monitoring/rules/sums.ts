/** What is kept of a stretch of time, and the measures read from it. Sums of stretches are sums of their parts. */
import type { Rule } from "../contract/definition";
import { noColumn, scoreColumn } from "../contract/columns";
import { ksBounds, psi, sumOf } from "./divergence";
import { layoutOf } from "./histogram";

/** One column of a baseline: bins of the reference, the groups that PSI is taken over, absent values apart. */
export type BaselineColumn = { name: string; edges: number[]; counts: number[]; nulls: number; groups: number[] };

export type Sums = { rows: number; weighted: number; scored: number; scoreSum: number; counts: Int32Array };
export type LabelSums = { labels: number; positives: number; logLossSum: number; scoreSum: number };
export const noLabels: LabelSums = { labels: 0, positives: 0, logLossSum: 0, scoreSum: 0 };

export const emptySums = (length: number): Sums => ({ rows: 0, weighted: 0, scored: 0, scoreSum: 0, counts: new Int32Array(length) });

export function addSums(into: Sums, from: Sums): void {
  into.rows += from.rows;
  into.weighted += from.weighted;
  into.scored += from.scored;
  into.scoreSum += from.scoreSum;
  for (let i = 0; i < into.counts.length; i += 1) into.counts[i] = (into.counts[i] ?? 0) + (from.counts[i] ?? 0);
}

export function addLabels(a: LabelSums, b: LabelSums): LabelSums {
  return { labels: a.labels + b.labels, positives: a.positives + b.positives, logLossSum: a.logLossSum + b.logLossSum, scoreSum: a.scoreSum + b.scoreSum };
}

export const layoutOfColumns = (columns: readonly BaselineColumn[]) => layoutOf(columns.map((column) => column.edges.length));

/** A column's bins and absent values within an array of counts. */
export function countsOf(columns: readonly BaselineColumn[], offsets: readonly number[], counts: Int32Array, at: number): { bins: Int32Array; nulls: number; present: number } {
  const offset = offsets[at] ?? 0;
  const bins = counts.subarray(offset, offset + (columns[at]?.edges.length ?? 0) + 1);
  return { bins, nulls: counts[offset + bins.length] ?? 0, present: sumOf(bins) };
}

/** Natural logarithm, scores kept away from 0 and 1 as scikit-learn does for float64 (eps 2.2e-16). */
export function logLossOf(label: number, score: number): number {
  const eps = Number.EPSILON;
  const p = Math.min(1 - eps, Math.max(eps, score));
  return label === 1 ? -Math.log(p) : -Math.log(1 - p);
}

export type Measured = { column: string; value: number | null; rows: number };

function measureColumn(rule: Pick<Rule, "measure">, column: BaselineColumn, counts: ReturnType<typeof countsOf>, minRows: number): Measured {
  const { bins, nulls, present } = counts;
  const rows = present + nulls;
  if (rule.measure === "null_share") return { column: column.name, value: rows >= minRows ? nulls / rows : null, rows };
  if (present < minRows || column.edges.length === 0) return { column: column.name, value: null, rows: present };
  const value = rule.measure === "psi" ? psi(column.counts, bins, column.groups) : (ksBounds(column.counts, bins)?.low ?? null);
  return { column: column.name, value, rows: present };
}

/** A rule's values in one window; null where there is too little to judge. A column without spread in the reference has no PSI. */
export function measureWindow(rule: Pick<Rule, "measure" | "of">, columns: readonly BaselineColumn[], sums: Sums, labels: LabelSums, minRows: number): Measured[] {
  if (rule.measure === "count") return [{ column: noColumn, value: sums.weighted, rows: sums.rows }];
  if (rule.measure === "log_loss") return [{ column: noColumn, value: labels.labels >= minRows ? labels.logLossSum / labels.labels : null, rows: labels.labels }];
  if (rule.measure === "observed_over_predicted") {
    const isEnough = labels.labels >= minRows && labels.scoreSum > 0;
    return [{ column: noColumn, value: isEnough ? labels.positives / labels.scoreSum : null, rows: labels.labels }];
  }
  const { offsets } = layoutOfColumns(columns);
  return columns.flatMap((column, at) => {
    if ((column.name === scoreColumn) !== (rule.of === "score")) return [];
    return [measureColumn(rule, column, countsOf(columns, offsets, sums.counts, at), minRows)];
  });
}
