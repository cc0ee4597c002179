/** Rows of a comparison: a metric or a param over all runs, the baseline first; pure. */
import type { MetricColumn, PairColumn } from "@/server/domains/experiments/contract/compare";
import { betterEnd } from "../../metrics/better-end";
import { metricDigits } from "../../metrics/metric-format";

export type Shown = "last" | "best";

export type MetricCell = { value: number; step: number } | null;

export type MetricRow = { key: string; end: "max" | "min" | null; digits: number | null; cells: MetricCell[]; bestIndexes: ReadonlySet<number> };

export type ParamRow = { key: string; values: (string | null)[]; differs: boolean };

/** A run's value as it is compared: its last, or its best where the metric's name says which end is better. */
export function cellAt(column: MetricColumn, place: number, end: "max" | "min" | null, shown: Shown): MetricCell {
  const last = column.last[place];
  if (last === null || last === undefined) return null;
  const lastStep = column.lastStep[place] ?? 0;
  const best = shown === "best" && end !== null ? column[end][place] : null;
  if (best === null || best === undefined) return { value: last, step: lastStep };
  return { value: best, step: column[end === "max" ? "maxStep" : "minStep"][place] ?? lastStep };
}

/** The best of the row's values, where it is known which end is better and they are not all the same. */
function bestOf(cells: readonly MetricCell[], end: "max" | "min" | null): Set<number> {
  const known = cells.flatMap((cell) => (cell && !Number.isNaN(cell.value) ? [cell.value] : []));
  if (end === null || known.length < 2) return new Set();
  const best = known.reduce((a, b) => (end === "max" ? Math.max(a, b) : Math.min(a, b)));
  const holders = cells.flatMap((cell, index) => (cell?.value === best ? [index] : []));
  return holders.length === known.length ? new Set() : new Set(holders);
}

export function metricRow(column: MetricColumn, order: readonly number[], shown: Shown): MetricRow {
  const end = betterEnd(column);
  const cells = order.map((place) => cellAt(column, place, end, shown));
  return { key: column.key, end, cells, digits: metricDigits(cells.map((cell) => cell?.value)), bestIndexes: bestOf(cells, end) };
}

/** Params that differ first; a param that some runs lack differs. */
export function paramRows(params: readonly PairColumn[], order: readonly number[]): ParamRow[] {
  const byName = new Intl.Collator("en", { numeric: true }).compare;
  const rows = [...params].sort((a, b) => byName(a.key, b.key)).map(({ key, values }) => ({ key, values: order.map((place) => values[place] ?? null), differs: new Set(values).size > 1 }));
  return [...rows.filter((row) => row.differs), ...rows.filter((row) => !row.differs)];
}

/** Of what was read; runs that logged no dataset say nothing of it, so they differ from none. */
export function datasetRow(datasets: readonly (string | null)[], order: readonly number[]): ParamRow | null {
  const values = order.map((place) => datasets[place] ?? null);
  const known = new Set(values.filter((value) => value !== null));
  return known.size === 0 ? null : { key: "Dataset", values, differs: known.size > 1 };
}
