/**
 * A chunk's thinner copies: of each bucket of points the first, lowest, highest and last stay, and the infinities, so that a
 * chart of any width finds every extremum without reading every point; and each bucket's mean. Widths are in points.
 */
import type { MetricPoint } from "../../contract/run";
import { thinBucket } from "../downsample";
import { readPoints, readValues, writePoints, writeValues } from "./point-codec";
import { ByteReader, ByteWriter } from "./varint";

export const levelWidths = [64, 256, 1_024] as const;
export type LevelWidth = (typeof levelWidths)[number];
/** `width` 0: every point. */
export type Resolution = 0 | LevelWidth;

export type Bucket = { points: MetricPoint[]; mean: number; count: number };

/** NaN is in no mean; a bucket of nothing else has the mean NaN. */
function meanOf(points: readonly MetricPoint[]): number {
  let sum = 0;
  let count = 0;
  for (const { value } of points) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  return count === 0 ? Number.NaN : sum / count;
}

function bucketsOf(points: readonly MetricPoint[], width: number): Bucket[] {
  const buckets: Bucket[] = [];
  for (let from = 0; from < points.length; from += width) {
    const own = points.slice(from, from + width);
    buckets.push({ points: thinBucket(own), mean: meanOf(own), count: own.length });
  }
  return buckets;
}

/** First byte of a level. Levels written before have their count of buckets here, which is at least two. */
const keepsInfinitiesApart = 0;

/** In a level of before, an infinity took the place of its bucket's lowest or highest number. */
export function readLevelSize(reader: ByteReader): { buckets: number; isOfBefore: boolean } {
  const first = reader.varint();
  return first === keepsInfinitiesApart ? { buckets: reader.varint(), isOfBefore: false } : { buckets: first, isOfBefore: true };
}

export function encodeLevel(points: readonly MetricPoint[], width: LevelWidth): Uint8Array {
  const buckets = bucketsOf(points, width);
  const writer = new ByteWriter();
  writer.byte(keepsInfinitiesApart);
  writer.varint(buckets.length);
  for (const { points: kept, count } of buckets) {
    writer.byte(kept.length);
    writer.varint(count);
  }
  writeValues(writer, buckets.map(({ mean }) => mean));
  writePoints(writer, buckets.flatMap(({ points: kept }) => kept));
  return writer.finish();
}

export function decodeLevel(bytes: Uint8Array): Bucket[] {
  const reader = new ByteReader(bytes);
  const sizes = Array.from({ length: readLevelSize(reader).buckets }, () => ({ kept: reader.byte(), count: reader.varint() }));
  const means = readValues(reader, sizes.length);
  const points = readPoints(reader);
  let at = 0;
  return sizes.map(({ kept, count }, i) => {
    at += kept;
    return { points: points.slice(at - kept, at), mean: means[i] ?? Number.NaN, count };
  });
}

/** How many points must be in sight for a level to be drawn: it still has a bucket for each four of the wanted points. */
export const leastPoints = (width: LevelWidth, wanted: number): number => width * Math.max(1, Math.floor(wanted / 4));
