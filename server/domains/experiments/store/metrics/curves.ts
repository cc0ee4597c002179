/** A metric's points as a chart draws them: columns of each run, at the resolution of the chart. */
import type { Db } from "@/server/platform/db";
import type { MetricPoint } from "../../contract/run";
import { type Columns, columnsOf, cutColumns, decodeColumns, decodeLevelColumns, joinColumns } from "../../rules/chunks/columns";
import { decodeGroups } from "../../rules/chunks/batch-codec";
import { decodePoints } from "../../rules/chunks/point-codec";
import { decodeLevel } from "../../rules/chunks/pyramid";
import { sortPoints } from "../../rules/chunks/seal";
import { readHotBatches } from "./batches";
import { type ReadChunk, readChunks, type StepRange } from "./chunks";

/** A run's chunks in order, and what is not sealed yet. */
type Pieces = { chunks: ReadChunk[]; hot: MetricPoint[] };

const keyed = (bytes: Uint8Array, key: string): MetricPoint[] => decodeGroups(bytes, new Map(), key).get(key) ?? [];

function pointsOf(chunk: ReadChunk, key: string): MetricPoint[] {
  if (chunk.packed) return keyed(chunk.bytes, key);
  return chunk.resolution === 0 ? decodePoints(chunk.bytes) : decodeLevel(chunk.bytes).flatMap(({ points }) => points);
}

function columnsOfChunk(chunk: ReadChunk, key: string, withTimes: boolean): Columns {
  if (chunk.packed) return columnsOf(keyed(chunk.bytes, key), withTimes);
  return chunk.resolution === 0 ? decodeColumns(chunk.bytes, withTimes) : decodeLevelColumns(chunk.bytes, withTimes);
}

/** Steps of a part go up, and so do its parts: then nothing is repeated and nothing is to be sorted. */
const follow = (parts: readonly Columns[]) => parts.every(({ steps }, at) => at === 0 || (steps[0] ?? Number.POSITIVE_INFINITY) > (parts[at - 1]?.steps.at(-1) ?? Number.NEGATIVE_INFINITY));
const goesUp = (points: readonly MetricPoint[]) => points.every(({ step }, at) => at === 0 || step > (points[at - 1]?.step ?? step));

function curveOf({ chunks, hot }: Pieces, key: string, { from, to }: StepRange, withTimes: boolean): Columns {
  const parts = chunks.map((chunk) => cutColumns(columnsOfChunk(chunk, key, withTimes), from, to));
  const tail = cutColumns(columnsOf(goesUp(hot) ? hot : [], withTimes), from, to);
  const filled = [...parts, tail].filter(({ steps }) => steps.length > 0);
  if (goesUp(hot) && follow(filled)) return joinColumns(filled);
  const { points } = sortPoints([...chunks.flatMap((chunk) => pointsOf(chunk, key)), ...hot]);
  return cutColumns(columnsOf(points, withTimes), from, to);
}

/** Of runs without an attempt that supersedes another, and only those that have points in the range; extrema and ends are always among them. */
export async function readCurveColumns(db: Db, runIds: readonly string[], key: string, range: StepRange, wanted: number, withTimes: boolean): Promise<Map<string, Columns>> {
  const pieces = new Map<string, Pieces>(runIds.map((runId) => [runId, { chunks: [], hot: [] }]));
  for (const chunk of await readChunks(db, runIds, key, { range, wanted, cuts: [], part: "all" })) pieces.get(chunk.run_id)?.chunks.push(chunk);
  for (const { run_id, points } of await readHotBatches(db, runIds)) {
    const hot = pieces.get(run_id)?.hot;
    for (const point of keyed(points, key)) hot?.push(point);
  }
  const curves = [...pieces].map(([runId, own]) => [runId, curveOf(own, key, range, withTimes)] as const);
  return new Map(curves.filter(([, { steps }]) => steps.length > 0));
}
