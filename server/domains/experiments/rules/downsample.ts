/**
 * Thins a series for a chart without losing what the eye looks for: each bucket keeps first, lowest, highest and last.
 * Lowest and highest are finite numbers; the infinities stand beside them, or one would hide an extremum.
 */
import type { MetricPoint } from "../contract/run";

/** At most `limit` points (≥ 10), in the order given; the series' finite extrema, infinities and ends are always among them. */
export function downsample(points: readonly MetricPoint[], limit: number): MetricPoint[] {
  if (points.length <= limit) return [...points];
  return keptPlaces(points.map(({ value }) => value), limit).flatMap((place) => points[place] ?? []);
}

/** Those of one bucket, which may be six. */
export const thinBucket = (points: readonly MetricPoint[]): MetricPoint[] =>
  placesOfBucket(points.map(({ value }) => value), 0, points.length).flatMap((place) => points[place] ?? []);

/** Where those points stand. */
export function keptPlaces(values: ArrayLike<number>, limit: number): number[] {
  if (values.length <= limit) return Array.from({ length: values.length }, (_, place) => place);
  const buckets = bucketsFor(values, limit);
  const kept: number[] = [];
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const from = Math.floor((bucket * values.length) / buckets);
    const to = Math.floor(((bucket + 1) * values.length) / buckets);
    for (const place of placesOfBucket(values, from, to)) kept.push(place);
  }
  return kept;
}

/** Four points a bucket, and room for each infinity or, where these are many, for one of each sign a bucket. */
function bucketsFor(values: ArrayLike<number>, limit: number): number {
  let infinities = 0;
  for (let i = 0; i < values.length; i += 1) if (Math.abs(values[i] ?? 0) === Number.POSITIVE_INFINITY) infinities += 1;
  return Math.max(1, Math.floor(limit / 6), Math.floor((limit - infinities) / 4));
}

/** In order, each once. Comparisons with NaN are false: it is no extremum. */
function placesOfBucket(values: ArrayLike<number>, from: number, to: number): number[] {
  let [lowest, highest, sunk, soared] = [from, from, from, from];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = from; i < to; i += 1) {
    const value = values[i] ?? Number.NaN;
    if (value === Number.NEGATIVE_INFINITY) sunk = i;
    else if (value < low) [lowest, low] = [i, value];
    if (value === Number.POSITIVE_INFINITY) soared = i;
    else if (value > high) [highest, high] = [i, value];
  }
  const places = [from, lowest, highest, sunk, soared, to - 1].sort((a, b) => a - b);
  return places.filter((place, at) => place !== places[at - 1]);
}
