/** The same bytes as points, read into columns: a chart reads a hundred thousand points and makes an object of none. */
import type { MetricPoint } from "../../contract/run";
import { readValueColumn, readWholeColumn, skipValues, skipWhole } from "./point-codec";
import { readLevelSize } from "./pyramid";
import { ByteReader } from "./varint";

/** Points in order; `times` is empty where it was not asked for. */
export type Columns = { steps: Float64Array; times: Float64Array; values: Float64Array };

const version = 1;
const nothing = new Float64Array(0);

function readColumns(reader: ByteReader, withTimes: boolean): Columns {
  const found = reader.byte();
  if (found !== version) throw new RangeError(`Points of the unknown format ${found}.`);
  const count = reader.varint();
  const steps = readWholeColumn(reader, count);
  const times = withTimes ? readWholeColumn(reader, count) : skipWhole(reader, count, nothing);
  return { steps, times, values: readValueColumn(reader, count) };
}

export const decodeColumns = (bytes: Uint8Array, withTimes: boolean): Columns => readColumns(new ByteReader(bytes), withTimes);

/** The points that a level of a chunk's pyramid keeps, without its buckets. */
export function decodeLevelColumns(bytes: Uint8Array, withTimes: boolean): Columns {
  const reader = new ByteReader(bytes);
  const { buckets } = readLevelSize(reader);
  for (let i = 0; i < buckets; i += 1) {
    reader.byte();
    reader.varint();
  }
  skipValues(reader, buckets);
  return readColumns(reader, withTimes);
}

/** Whether a level may lack an extremum that its chunk has: one written before infinities stood apart, and with one. */
export function mayLackExtremum(level: Uint8Array): boolean {
  if (!readLevelSize(new ByteReader(level)).isOfBefore) return false;
  return decodeLevelColumns(level, false).values.some((value) => Math.abs(value) === Number.POSITIVE_INFINITY);
}

export function columnsOf(points: readonly MetricPoint[], withTimes: boolean): Columns {
  return {
    steps: Float64Array.from(points, ({ step }) => step),
    times: withTimes ? Float64Array.from(points, ({ timestamp }) => timestamp) : nothing,
    values: Float64Array.from(points, ({ value }) => value),
  };
}

function joinOne(parts: readonly Float64Array[]): Float64Array {
  const joined = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

export const joinColumns = (parts: readonly Columns[]): Columns => ({
  steps: joinOne(parts.map(({ steps }) => steps)),
  times: joinOne(parts.map(({ times }) => times)),
  values: joinOne(parts.map(({ values }) => values)),
});

/** The first place from which on every step is at least `step`. */
function placeOf(steps: Float64Array, step: number): number {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle] ?? 0) < step) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Of points in order those within a range of steps, both ends with it. */
export function cutColumns({ steps, times, values }: Columns, from: number | null, to: number | null): Columns {
  const start = from === null ? 0 : placeOf(steps, from);
  const end = to === null ? steps.length : placeOf(steps, to + 1);
  return { steps: steps.subarray(start, end), times: times.subarray(start, end), values: values.subarray(start, end) };
}

const pick = (column: Float64Array, places: readonly number[]) => (column.length === 0 ? column : Float64Array.from(places, (place) => column[place] ?? 0));

export const pickColumns = ({ steps, times, values }: Columns, places: readonly number[]): Columns => ({
  steps: pick(steps, places),
  times: pick(times, places),
  values: pick(values, places),
});
