/** A curve's columns as text: the chunks' own bytes in base64, half of what numbers in JSON weigh and nothing to parse. Browser-safe. */
import type { Curve, PackedCurve } from "../../contract/compare";
import type { Columns } from "../chunks/columns";
import { readValueColumn, readWholeColumn, writeValues, writeWhole } from "../chunks/point-codec";
import { ByteReader, ByteWriter } from "../chunks/varint";

export function packCurve({ steps, times, values }: Columns): Uint8Array {
  const writer = new ByteWriter();
  writer.varint(steps.length);
  writer.varint(times.length);
  writeWhole(writer, steps);
  if (times.length > 0) writeWhole(writer, times);
  writeValues(writer, values);
  return writer.finish();
}

/** Loops, for an iterator's turn for each of 24,000 points is what would be felt. */
function bytesOf(text: string): Uint8Array {
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = characters.charCodeAt(i);
  return bytes;
}

function numbersOf(column: Float64Array): number[] {
  const numbers = new Array<number>(column.length);
  for (let i = 0; i < column.length; i += 1) numbers[i] = column[i] ?? 0;
  return numbers;
}

function unpackColumns(text: string): { steps: number[]; times: number[]; values: number[] } {
  const reader = new ByteReader(bytesOf(text));
  const count = reader.varint();
  const timed = reader.varint();
  const steps = numbersOf(readWholeColumn(reader, count));
  const times = timed > 0 ? numbersOf(readWholeColumn(reader, timed)) : [];
  return { steps, times, values: numbersOf(readValueColumn(reader, count)) };
}

export const unpackCurve = ({ points, superseded, ...curve }: PackedCurve): Curve => ({
  ...curve,
  ...unpackColumns(points),
  ...(superseded && { superseded: superseded.map((line) => ({ attempt: line.attempt, ...unpackColumns(line.points) })) }),
});
