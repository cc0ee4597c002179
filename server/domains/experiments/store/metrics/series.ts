/** A metric's points as readers want them: sealed chunks and the hot tail as one, each point once, in MLflow's order. */
import type { Db } from "@/server/platform/db";
import type { MetricPoint } from "../../contract/run";
import { decodeGroups } from "../../rules/chunks/batch-codec";
import { decodePoints } from "../../rules/chunks/point-codec";
import { decodeLevel } from "../../rules/chunks/pyramid";
import { chunkPoints, comparePoints, sortPoints } from "../../rules/chunks/seal";
import { meanShares, type WeightedMean } from "../../rules/chunks/shares";
import { readHotBatches } from "./batches";
import { type ReadChunk, readChunks, type StepRange } from "./chunks";

const everything: StepRange = { from: null, to: null };

/** A run's pieces in order: chunks as they were read, then the hot tail. */
type Pieces = { chunks: ReadChunk[]; hot: MetricPoint[] };

async function readPieces(db: Db, runIds: readonly string[], key: string, range: StepRange, wanted: number | null, most: number | null): Promise<Map<string, Pieces>> {
  const pieces = new Map<string, Pieces>(runIds.map((runId) => [runId, { chunks: [], hot: [] }]));
  for (const chunk of await readChunks(db, runIds, key, range, wanted, most)) pieces.get(chunk.run_id)?.chunks.push(chunk);
  for (const { run_id, points } of await readHotBatches(db, runIds)) pieces.get(run_id)?.hot.push(...(decodeGroups(points, new Map(), key).get(key) ?? []));
  return pieces;
}

function pointsOf(chunk: ReadChunk, key: string): MetricPoint[] {
  if (chunk.packed) return decodeGroups(chunk.bytes, new Map(), key).get(key) ?? [];
  return chunk.resolution === 0 ? decodePoints(chunk.bytes) : decodeLevel(chunk.bytes).flatMap(({ points }) => points);
}

const isIn = ({ from, to }: StepRange) => ({ step }: MetricPoint) => (from === null || step >= from) && (to === null || step <= to);

const joined = ({ chunks, hot }: Pieces, key: string, range: StepRange): MetricPoint[] =>
  sortPoints([...chunks.flatMap((chunk) => pointsOf(chunk, key)), ...hot].filter(isIn(range))).points;

/**
 * Of each run the points of a metric within a range of steps: all of them, or, where `wanted` says how many are drawn, at
 * the resolution of a chart. Extrema and ends are always among them. Runs without a point are left out.
 */
export async function readSeries(db: Db, runIds: readonly string[], key: string, range: StepRange, wanted: number | null): Promise<Map<string, MetricPoint[]>> {
  const pieces = await readPieces(db, runIds, key, range, wanted, null);
  return new Map([...pieces].map(([runId, own]) => [runId, joined(own, key, range)] as const).filter(([, points]) => points.length > 0));
}

/** Points of one metric in order, from behind `after`; as many chunks are read as a page needs. */
export async function readHistory(db: Db, runId: string, key: string, after: MetricPoint | null, limit: number): Promise<MetricPoint[]> {
  const range = { from: after?.step ?? null, to: null };
  // The first chunk may lie before the page but for a point.
  const [own] = (await readPieces(db, [runId], key, range, null, limit + chunkPoints)).values();
  const points = own ? joined(own, key, range) : [];
  return (after ? points.filter((point) => comparePoints(point, after) > 0) : points).slice(0, limit);
}

const asMean = ({ step, value }: MetricPoint): WeightedMean => ({ step, mean: value, count: 1 });

function meansOf(chunk: ReadChunk, key: string): WeightedMean[] {
  if (chunk.packed || chunk.resolution === 0) return pointsOf(chunk, key).map(asMean);
  return decodeLevel(chunk.bytes).map(({ points, mean, count }) => ({ step: points[0]?.step ?? 0, mean, count }));
}

/** A metric of several runs as a few averages each, over equal shares of its points: a word-sized picture. */
export async function readSparklines(db: Db, runIds: readonly string[], key: string, shares: number): Promise<Map<string, number[]>> {
  const pieces = await readPieces(db, runIds, key, everything, shares * 4, null);
  const pictures = [...pieces].map(([runId, { chunks, hot }]) => {
    const means = [...chunks.flatMap((chunk) => meansOf(chunk, key)), ...hot.map(asMean)];
    return [runId, meanShares(means, shares)] as const;
  });
  return new Map(pictures.filter(([, picture]) => picture.length > 0));
}

/** Of each run the means of a metric's buckets within a range of steps, or its points where they are few. */
export async function readMeans(db: Db, runIds: readonly string[], key: string, range: StepRange, wanted: number): Promise<Map<string, WeightedMean[]>> {
  const pieces = await readPieces(db, runIds, key, range, wanted, null);
  const within = isIn(range);
  const means = [...pieces].map(([runId, { chunks, hot }]) => [runId, [...chunks.flatMap((chunk) => meansOf(chunk, key)), ...hot.map(asMean)].filter(({ step, mean }) => within({ step, timestamp: 0, value: mean }))] as const);
  return new Map(means.filter(([, own]) => own.length > 0));
}
