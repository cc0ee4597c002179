/** Rows of a comparison: each metric and each param over all runs; pure. */
import type { MetricSummary, RunView } from "@/server/domains/experiments/contract/run";
import { betterEnd } from "../metrics/better-end";
import { metricDigits } from "../metrics/metric-format";
import { rankMetrics } from "../metrics/rank-metrics";

export type Shown = "last" | "best";

export type MetricCell = { value: number; step: number } | null;

export type MetricRow = { key: string; end: "max" | "min" | null; digits: number | null; cells: MetricCell[]; bestIndexes: ReadonlySet<number> };

export type ParamRow = { key: string; values: (string | null)[]; differs: boolean };

function cellOf(summary: MetricSummary | undefined, end: "max" | "min" | null, shown: Shown): MetricCell {
  if (!summary) return null;
  const { lastValue, lastStep, maxValue, maxStep, minValue, minStep } = summary;
  if (shown === "best" && end === "max" && maxValue !== null) return { value: maxValue, step: maxStep ?? lastStep };
  if (shown === "best" && end === "min" && minValue !== null) return { value: minValue, step: minStep ?? lastStep };
  return { value: lastValue, step: lastStep };
}

/** The best of the row's values, where it is known which end is better and they are not all the same. */
function bestOf(cells: readonly MetricCell[], end: "max" | "min" | null): Set<number> {
  const values = cells.map((cell) => cell?.value ?? Number.NaN);
  const known = values.filter((value) => !Number.isNaN(value));
  if (end === null || known.length < 2) return new Set();
  const best = end === "max" ? Math.max(...known) : Math.min(...known);
  const holders = values.flatMap((value, index) => (value === best ? [index] : []));
  return holders.length === known.length ? new Set() : new Set(holders);
}

export function metricRows(runs: readonly RunView[], shown: Shown): MetricRow[] {
  const counts = new Map<string, { key: string; runs: number; points: number }>();
  for (const { key, count } of runs.flatMap((run) => run.metrics)) {
    const known = counts.get(key) ?? { key, runs: 0, points: 0 };
    counts.set(key, { key, runs: known.runs + 1, points: Math.max(known.points, count) });
  }
  return rankMetrics([...counts.values()]).map(({ key }) => {
    const end = betterEnd(key);
    const cells = runs.map((run) => cellOf(run.metrics.find((metric) => metric.key === key), end, shown));
    return { key, end, cells, digits: metricDigits(cells.map((cell) => cell?.value)), bestIndexes: bestOf(cells, end) };
  });
}

/** Params that differ first; a param that some runs lack differs. */
export function paramRows(runs: readonly RunView[]): ParamRow[] {
  const keys = [...new Set(runs.flatMap((run) => run.params.map((param) => param.key)))].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  const rows = keys.map((key) => {
    const values = runs.map((run) => run.params.find((param) => param.key === key)?.value ?? null);
    return { key, values, differs: new Set(values).size > 1 };
  });
  return [...rows.filter((row) => row.differs), ...rows.filter((row) => !row.differs)];
}
