/** The reference, binned and summed by unit of time, and every rule's values over its whole windows. Pure. */
import { dayMs, type Rule } from "../contract/definition";
import type { Backtest, Limit } from "../contract/monitor";
import { scoreColumn } from "../contract/columns";
import { backtest, type Calibrate, limitOf, type ReferenceSeries } from "./calibration";
import { binOf, edgesOf, groupsOf, quantileLevels, quantilesOf } from "./histogram";
import { addLabels, addSums, type BaselineColumn, emptySums, type LabelSums, layoutOfColumns, logLossOf, measureWindow, noLabels, type Sums } from "./sums";
import { dueWindows } from "./clock/windows";

/** Rows in order of time: `features` is rows × width, row-major; `labels` has -1 where there is none. */
export type ReferenceRows = { times: Float64Array; labels: Int8Array; features: Float64Array; width: number; scores: Float64Array };

export const groupCount = 10;

export type BinnedReference = { columns: BaselineColumn[]; units: Map<number, { sums: Sums; labels: LabelSums }>; unitMs: number };

const scoreEdges = (scores: Float64Array): number[] => edgesOf(quantilesOf(Float64Array.from(scores).filter(Number.isFinite).sort(), quantileLevels));

/** Edges of the features come from the reference's exact quantiles; those of the score from its scores. */
export function binReference(rows: ReferenceRows, names: readonly string[], edges: readonly number[][], unitMs: number): BinnedReference {
  const columns: BaselineColumn[] = [...names.map((name, at) => ({ name, edges: edges[at] ?? [] })), { name: scoreColumn, edges: scoreEdges(rows.scores) }].map((column) => ({ ...column, counts: [], nulls: 0, groups: [] }));
  const { offsets, length } = layoutOfColumns(columns);
  const total = new Int32Array(length);
  const units: BinnedReference["units"] = new Map();
  for (let row = 0; row < rows.times.length; row += 1) {
    const unit = Math.floor((rows.times[row] ?? 0) / unitMs) * unitMs;
    const kept = units.get(unit) ?? { sums: emptySums(length), labels: noLabels };
    addRow(kept, rows, row, columns, offsets, total);
    units.set(unit, kept);
  }
  columns.forEach((column, at) => {
    const offset = offsets[at] ?? 0;
    column.counts = Array.from(total.subarray(offset, offset + column.edges.length + 1));
    column.nulls = total[offset + column.edges.length + 1] ?? 0;
    column.groups = groupsOf(column.counts, groupCount);
  });
  return { columns, units, unitMs };
}

function addRow(kept: { sums: Sums; labels: LabelSums }, rows: ReferenceRows, row: number, columns: readonly BaselineColumn[], offsets: readonly number[], total: Int32Array): void {
  const score = rows.scores[row] ?? Number.NaN;
  kept.sums.rows += 1;
  kept.sums.weighted += 1;
  for (let at = 0; at < columns.length; at += 1) {
    const value = at < rows.width ? (rows.features[row * rows.width + at] ?? Number.NaN) : score;
    const slot = (offsets[at] ?? 0) + binOf(columns[at]?.edges ?? [], value);
    kept.sums.counts[slot] = (kept.sums.counts[slot] ?? 0) + 1;
    total[slot] = (total[slot] ?? 0) + 1;
  }
  const label = rows.labels[row] ?? -1;
  if (label >= 0 && Number.isFinite(score)) {
    kept.labels = addLabels(kept.labels, { labels: 1, positives: label, logLossSum: logLossOf(label, score), scoreSum: score });
  }
}

function windowSums(binned: BinnedReference, start: number, end: number, length: number): { sums: Sums; labels: LabelSums } {
  const sums = emptySums(length);
  let labels = noLabels;
  for (let unit = start; unit < end; unit += binned.unitMs) {
    const part = binned.units.get(unit);
    if (!part) continue;
    addSums(sums, part.sums);
    labels = addLabels(labels, part.labels);
  }
  return { sums, labels };
}

/** Every column's values over the reference's windows; only windows that lie within its rows count. */
export function referenceSeries(binned: BinnedReference, rule: Rule, minRows: number): { ends: number[]; series: ReferenceSeries[] } {
  const { length } = layoutOfColumns(binned.columns);
  const unitTimes = [...binned.units.keys()];
  const first = Math.min(...unitTimes);
  const last = Math.max(...unitTimes);
  // The first and the last day of a range of local days are cut by UTC's midnight.
  const isDaily = binned.unitMs >= dayMs;
  const spans = dueWindows(rule.window, last + (isDaily ? 0 : binned.unitMs), null, first + (isDaily ? dayMs : 0), 10_000);
  const series = new Map<string, (number | null)[]>();
  for (const { start, end } of spans) {
    const { sums, labels } = windowSums(binned, start, end, length);
    for (const { column, value } of measureWindow(rule, binned.columns, sums, labels, minRows)) {
      const values = series.get(column) ?? [];
      values.push(value);
      series.set(column, values);
    }
  }
  return { ends: spans.map((span) => span.end), series: [...series].map(([column, values]) => ({ column, values })) };
}

export function calibrateRules(binned: BinnedReference, rules: readonly Rule[], minRows: number, calibrate: Calibrate): { limits: Limit[]; backtests: Backtest[] } {
  const limits: Limit[] = [];
  const backtests: Backtest[] = [];
  for (const rule of rules) {
    const { ends, series } = referenceSeries(binned, rule, minRows);
    const own = series.map((one) => limitOf(rule, one, calibrate));
    limits.push(...own);
    backtests.push(backtest(rule, series, own, calibrate, ends));
  }
  return { limits, backtests };
}
