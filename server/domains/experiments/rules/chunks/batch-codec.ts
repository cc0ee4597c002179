/** Points of several metrics in one block of bytes: by key, in the order they came. What a batch is kept as until its points are sealed. */
import type { MetricInput, MetricPoint } from "../../contract/run";
import { readPoints, skipPoints, writePoints } from "./point-codec";
import { ByteReader, ByteWriter } from "./varint";

export type KeyedPoints = Map<string, MetricPoint[]>;

const utf8 = { encoder: new TextEncoder(), decoder: new TextDecoder() };

export function groupByKey(metrics: readonly MetricInput[]): KeyedPoints {
  const groups: KeyedPoints = new Map();
  for (const { key, step, timestamp, value } of metrics) addPoints(groups, key, [{ step, timestamp, value }]);
  return groups;
}

export function addPoints(groups: KeyedPoints, key: string, points: readonly MetricPoint[]): void {
  const known = groups.get(key);
  if (known) for (const point of points) known.push(point);
  else groups.set(key, [...points]);
}

/** In key order, so that the same points of the same batch are the same bytes. */
export function encodeGroups(groups: KeyedPoints): Uint8Array {
  const writer = new ByteWriter();
  writer.varint(groups.size);
  for (const key of [...groups.keys()].sort()) {
    const name = utf8.encoder.encode(key);
    writer.varint(name.length);
    writer.block(name);
    writePoints(writer, groups.get(key) ?? []);
  }
  return writer.finish();
}

/** Adds what a block holds to `into`; only one key's points where one is asked for. */
export function decodeGroups(bytes: Uint8Array, into: KeyedPoints = new Map(), only?: string): KeyedPoints {
  const reader = new ByteReader(bytes);
  const count = reader.varint();
  for (let i = 0; i < count; i += 1) {
    const key = utf8.decoder.decode(reader.block(reader.varint()));
    if (only === undefined || only === key) addPoints(into, key, readPoints(reader));
    else skipPoints(reader);
  }
  return into;
}
