/** Thins a series for a chart without losing what the eye looks for: each bucket keeps first, lowest, highest and last. */
import type { MetricPoint } from "../contract/run";

/** At most `limit` points (≥ 10), in the order given; the series' extrema and ends are always among them. */
export function downsample(points: readonly MetricPoint[], limit: number): MetricPoint[] {
  if (points.length <= limit) return [...points];
  const buckets = Math.max(1, Math.floor(limit / 4));
  const kept: MetricPoint[] = [];
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const from = Math.floor((bucket * points.length) / buckets);
    const to = Math.floor(((bucket + 1) * points.length) / buckets);
    kept.push(...keepOfBucket(points, from, to));
  }
  return kept;
}

function keepOfBucket(points: readonly MetricPoint[], from: number, to: number): MetricPoint[] {
  let lowest = from;
  let highest = from;
  for (let i = from; i < to; i += 1) {
    const value = points[i]?.value ?? Number.NaN;
    if (value < (points[lowest]?.value ?? Number.NaN) || Number.isNaN(points[lowest]?.value)) lowest = i;
    if (value > (points[highest]?.value ?? Number.NaN) || Number.isNaN(points[highest]?.value)) highest = i;
  }
  const indexes = [...new Set([from, lowest, highest, to - 1])].sort((a, b) => a - b);
  return indexes.flatMap((index) => points[index] ?? []);
}
