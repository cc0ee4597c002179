/**
 * Limits from the reference's own windows. Each measure has a centre and a deviation from it; the limit is `times` the
 * worst deviation seen, at least `floor`. Pure.
 */
import type { Measure, Rule } from "../contract/definition";
import type { Backtest, Limit } from "../contract/monitor";

export type Calibrate = { times: number; floor: number };

/** One rule and column over the reference's windows; null where a window had too little data. */
export type ReferenceSeries = { column: string; values: (number | null)[] };

const present = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null && Number.isFinite(value)) as number[];

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? high) + high) / 2;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** What is usual: nothing for drift, the mean day for losses, the median for volumes and ratios. */
export function centreOf(measure: Measure, values: readonly number[]): number {
  if (values.length === 0) return measure === "observed_over_predicted" ? 1 : 0;
  if (measure === "log_loss") return mean(values);
  return measure === "count" || measure === "observed_over_predicted" ? median(values) : 0;
}

const isTwoSided = (measure: Measure) => measure === "count" || measure === "observed_over_predicted";

/** In the measure's own unit; for volumes and ratios |ln(value ÷ centre)|, so that half is as far as double. */
export function deviationOf(measure: Measure, value: number, centre: number): number {
  if (!isTwoSided(measure)) return Math.max(0, value - centre);
  if (value <= 0 || centre <= 0) return Number.POSITIVE_INFINITY;
  return Math.abs(Math.log(value / centre));
}

function allowance(measure: Measure, worst: number, centre: number, { times, floor }: Calibrate): number {
  const allowed = Math.max(floor, times * worst);
  // A share ends at 1: a limit beyond it could never be broken.
  return measure === "null_share" || measure === "ks" ? Math.min(allowed, (1 + centre + worst) / 2) : allowed;
}

export function limitOf(rule: Pick<Rule, "name" | "measure">, series: ReferenceSeries, calibrate: Calibrate): Limit {
  const values = present(series.values);
  const centre = centreOf(rule.measure, values);
  const deviations = values.map((value) => deviationOf(rule.measure, value, centre)).filter(Number.isFinite);
  const worst = Math.max(0, ...deviations);
  const allowed = allowance(rule.measure, worst, centre, calibrate);
  const bounds = isTwoSided(rule.measure) ? { low: centre * Math.exp(-allowed), high: centre * Math.exp(allowed) } : { low: null, high: centre + allowed };
  return { rule: rule.name, column: series.column, centre, worst, ...bounds, windows: values.length };
}

/** A value's deviation in limits: above 1 it breaks the rule. */
export function ratioOf(measure: Measure, value: number, limit: Limit): number {
  const allowed = isTwoSided(measure) ? Math.log((limit.high ?? 1) / limit.centre) : (limit.high ?? 0) - limit.centre;
  const deviation = deviationOf(measure, value, limit.centre);
  return allowed > 0 ? deviation / allowed : deviation > 0 ? Number.MAX_VALUE : 0;
}

const textbookLimits: Partial<Record<Measure, number>> = { psi: 0.25 };

function worstOf(measure: Measure, series: readonly ReferenceSeries[], limits: readonly Limit[], window: number) {
  let worst: { column: string; value: number; ratio: number } | null = null;
  for (const [at, { column, values }] of series.entries()) {
    const value = values[window] ?? null;
    const limit = limits[at];
    if (value === null || !limit) continue;
    const ratio = ratioOf(measure, value, limit);
    if (!worst || ratio > worst.ratio) worst = { column, value, ratio: Math.min(ratio, 1e6) };
  }
  return worst;
}

function halfFired(rule: Pick<Rule, "name" | "measure">, series: readonly ReferenceSeries[], calibrate: Calibrate, ends: readonly number[]) {
  const half = ends.length >> 1;
  const limits = series.map((one) => limitOf(rule, { ...one, values: one.values.slice(0, half) }, calibrate));
  let fired = 0;
  for (let window = half; window < ends.length; window += 1) {
    if ((worstOf(rule.measure, series, limits, window)?.ratio ?? 0) > 1) fired += 1;
  }
  return { halfWindows: ends.length - half, halfFired: fired };
}

/** How often the rule would have fired on the reference: with its limits, with half of it judging the other, and by the textbook. */
export function backtest(rule: Pick<Rule, "name" | "measure">, series: readonly ReferenceSeries[], limits: readonly Limit[], calibrate: Calibrate, ends: readonly number[]): Backtest {
  const textbook = textbookLimits[rule.measure];
  const rows = ends.flatMap((end, window) => {
    const worst = worstOf(rule.measure, series, limits, window);
    return worst ? [{ endsAt: new Date(end).toISOString(), ...worst }] : [];
  });
  const isTextbook = (window: number) => series.some(({ values }) => (values[window] ?? 0) > (textbook ?? Number.POSITIVE_INFINITY));
  return {
    rule: rule.name, measure: rule.measure, windows: ends.length, fired: rows.filter((row) => row.ratio > 1).length, ...halfFired(rule, series, calibrate, ends),
    textbookFired: textbook === undefined ? null : ends.filter((_, window) => isTextbook(window)).length, series: rows,
  };
}
