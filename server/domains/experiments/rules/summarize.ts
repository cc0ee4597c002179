/** Sums up new points of a batch by key; the store merges the sums into the run's summaries. */
import type { MetricInput, MetricSummary } from "../contract/run";

/** MLflow's order of points: by step, then timestamp, then value; the greatest is the latest. NaN counts as the greatest value. */
export function isLater(a: MetricInput, b: { step: number; timestamp: number; value: number }): boolean {
  if (a.step !== b.step) return a.step > b.step;
  if (a.timestamp !== b.timestamp) return a.timestamp > b.timestamp;
  return Number.isNaN(a.value) ? !Number.isNaN(b.value) : a.value > b.value;
}

/** Summaries in key order, so that concurrent writers lock rows in the same order. NaN is in no minimum or maximum. */
export function summarizePoints(points: readonly MetricInput[]): MetricSummary[] {
  const summaries = new Map<string, MetricSummary>();
  for (const point of points) {
    const known = summaries.get(point.key);
    if (known) mergePoint(known, point);
    else summaries.set(point.key, fromPoint(point));
  }
  return [...summaries.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function fromPoint({ key, value, step, timestamp }: MetricInput): MetricSummary {
  const isNumber = !Number.isNaN(value);
  return {
    key, lastValue: value, lastStep: step, lastTimestamp: timestamp, firstTimestamp: timestamp, count: 1,
    minValue: isNumber ? value : null, minStep: isNumber ? step : null,
    maxValue: isNumber ? value : null, maxStep: isNumber ? step : null,
    valueSum: Number.isFinite(value) ? value : 0, valueCount: Number.isFinite(value) ? 1 : 0,
  };
}

function mergePoint(summary: MetricSummary, point: MetricInput): void {
  const { value, step, timestamp } = point;
  if (isLater(point, { step: summary.lastStep, timestamp: summary.lastTimestamp, value: summary.lastValue })) {
    Object.assign(summary, { lastValue: value, lastStep: step, lastTimestamp: timestamp });
  }
  if (value < (summary.minValue ?? Number.POSITIVE_INFINITY) || (summary.minValue === null && !Number.isNaN(value))) {
    Object.assign(summary, { minValue: value, minStep: step });
  }
  if (value > (summary.maxValue ?? Number.NEGATIVE_INFINITY) || (summary.maxValue === null && !Number.isNaN(value))) {
    Object.assign(summary, { maxValue: value, maxStep: step });
  }
  summary.firstTimestamp = Math.min(summary.firstTimestamp, timestamp);
  summary.count += 1;
  if (!Number.isFinite(value)) return;
  summary.valueSum += value;
  summary.valueCount += 1;
}
