/**
 * Points of one metric as compact bytes, column by column: steps and timestamps as deltas of deltas (a regular series
 * takes a byte each), values as 4 bytes where all are float32 (what frameworks log), else 8. Exact for every double.
 */
import type { MetricPoint } from "../../contract/run";
import { ByteReader, ByteWriter } from "./varint";

const version = 1;
const deltas = 0;
const raw = 1;
const float32 = 0;
const float64 = 1;

/** Second differences of these stay exact as doubles, doubled by zigzag. */
const maxDelta = 2 ** 50;

type Numbers = readonly number[] | Float64Array;

function secondDifferences(values: Numbers): number[] | null {
  let before = 0;
  let delta = 0;
  const found: number[] = [];
  for (const value of values) {
    const next = value - before;
    if (Math.abs(next) > maxDelta || Math.abs(value) > maxDelta) return null;
    found.push(next - delta);
    delta = next;
    before = value;
  }
  return found;
}

const bytesOf = (array: Float32Array | Float64Array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

export function writeWhole(writer: ByteWriter, values: Numbers): void {
  const found = secondDifferences(values);
  writer.byte(found ? deltas : raw);
  if (found) for (const difference of found) writer.zigzag(difference);
  else writer.block(bytesOf(Float64Array.from(values)));
}

export function readWholeColumn(reader: ByteReader, count: number): Float64Array {
  if (reader.byte() === raw) return doublesOf(reader, count);
  const values = new Float64Array(count);
  let before = 0;
  let delta = 0;
  for (let i = 0; i < count; i += 1) {
    delta += reader.zigzag();
    before += delta;
    values[i] = before;
  }
  return values;
}

/** Past a column that is not wanted; gives `instead`. */
export function skipWhole<T>(reader: ByteReader, count: number, instead: T): T {
  if (reader.byte() === raw) reader.block(count * 8);
  else reader.skipVarints(count);
  return instead;
}

const readWhole = (reader: ByteReader, count: number): number[] => [...readWholeColumn(reader, count)];

/** The block need not lie on a boundary of eight; a Buffer's `slice` would copy nothing. */
const copyOf = (block: Uint8Array): ArrayBuffer => new Uint8Array(block).buffer;
const doublesOf = (reader: ByteReader, count: number) => new Float64Array(copyOf(reader.block(count * 8)));
const floatsOf = (reader: ByteReader, count: number) => Float64Array.from(new Float32Array(copyOf(reader.block(count * 4))));

export const readValueColumn = (reader: ByteReader, count: number): Float64Array => (reader.byte() === float32 ? floatsOf(reader, count) : doublesOf(reader, count));

export function writeValues(writer: ByteWriter, values: Numbers): void {
  const isFloat32 = values.every((value: number) => Object.is(Math.fround(value), value));
  writer.byte(isFloat32 ? float32 : float64);
  writer.block(bytesOf(isFloat32 ? Float32Array.from(values) : Float64Array.from(values)));
}

export function skipValues(reader: ByteReader, count: number): void {
  reader.block(count * (reader.byte() === float32 ? 4 : 8));
}

export const readValues = (reader: ByteReader, count: number): number[] => [...readValueColumn(reader, count)];

export function writePoints(writer: ByteWriter, points: readonly MetricPoint[]): void {
  writer.byte(version);
  writer.varint(points.length);
  writeWhole(writer, points.map(({ step }) => step));
  writeWhole(writer, points.map(({ timestamp }) => timestamp));
  writeValues(writer, points.map(({ value }) => value));
}

export function readPoints(reader: ByteReader): MetricPoint[] {
  const found = reader.byte();
  if (found !== version) throw new RangeError(`Points of the unknown format ${found}.`);
  const count = reader.varint();
  const steps = readWhole(reader, count);
  const timestamps = readWhole(reader, count);
  const values = readValues(reader, count);
  return steps.map((step, i) => ({ step, timestamp: timestamps[i] ?? 0, value: values[i] ?? Number.NaN }));
}

/** Past points that nobody asked for. */
export function skipPoints(reader: ByteReader): void {
  const found = reader.byte();
  if (found !== version) throw new RangeError(`Points of the unknown format ${found}.`);
  const count = reader.varint();
  skipWhole(reader, count, null);
  skipWhole(reader, count, null);
  skipValues(reader, count);
}

export function encodePoints(points: readonly MetricPoint[]): Uint8Array {
  const writer = new ByteWriter();
  writePoints(writer, points);
  return writer.finish();
}

export const decodePoints = (bytes: Uint8Array): MetricPoint[] => readPoints(new ByteReader(bytes));
