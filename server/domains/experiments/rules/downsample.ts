/** Thins a series for a chart without losing what the eye looks for: each bucket keeps first, lowest, highest and last. */
import type { MetricPoint } from "../contract/run";

/** At most `limit` points (≥ 10), in the order given; the series' extrema and ends are always among them. */
export function downsample(points: readonly MetricPoint[], limit: number): MetricPoint[] {
  if (points.length <= limit) return [...points];
  return keptPlaces(points.map(({ value }) => value), limit).flatMap((place) => points[place] ?? []);
}

/** Where those points stand. */
export function keptPlaces(values: ArrayLike<number>, limit: number): number[] {
  if (values.length <= limit) return Array.from({ length: values.length }, (_, place) => place);
  const buckets = Math.max(1, Math.floor(limit / 4));
  const kept: number[] = [];
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const from = Math.floor((bucket * values.length) / buckets);
    const to = Math.floor(((bucket + 1) * values.length) / buckets);
    keepOfBucket(values, from, to, kept);
  }
  return kept;
}

function keepOfBucket(values: ArrayLike<number>, from: number, to: number, kept: number[]): void {
  let [lowest, highest] = [from, from];
  let [low, high] = [values[from] ?? Number.NaN, values[from] ?? Number.NaN];
  for (let i = from + 1; i < to; i += 1) {
    const value = values[i] ?? Number.NaN;
    if (value < low || Number.isNaN(low)) [lowest, low] = [i, value];
    if (value > high || Number.isNaN(high)) [highest, high] = [i, value];
  }
  let last = -1;
  for (const place of [from, Math.min(lowest, highest), Math.max(lowest, highest), to - 1]) {
    if (place > last) kept.push(place);
    last = Math.max(last, place);
  }
}
