/** A metric's points as readers want them: sealed chunks and the hot tail as one, each point once, in MLflow's order. */
import type { Db } from "@/server/platform/db";
import type { MetricPoint } from "../../contract/run";
import { decodeGroups } from "../../rules/chunks/batch-codec";
import { decodePoints } from "../../rules/chunks/point-codec";
import { decodeLevel } from "../../rules/chunks/pyramid";
import { sortPoints } from "../../rules/chunks/seal";
import { meanShares, type WeightedMean } from "../../rules/chunks/shares";
import { readHotBatches } from "./batches";
import { type Cut, type LinePart, type ReadChunk, readChunks, type StepRange } from "./chunks";
import { readRestarts, type Restart } from "./restarts";

const everything: StepRange = { from: null, to: null };

type Asked = { range: StepRange; wanted: number | null; part: LinePart; restarts: readonly Restart[] };

/** Chunks as they were read, and the hot tail, of one attempt of a run; `cut` is the step from which it is superseded. */
type Piece = { attempt: number; cut: number | null; chunks: ReadChunk[]; hot: MetricPoint[] };
type Pieces = Map<string, Piece[]>;

function cutOf(cuts: readonly Cut[], runId: string, attempt: number): number | null {
  const own = cuts.filter((cut) => cut.runId === runId && cut.attempt > attempt);
  return own.length === 0 ? null : Math.min(...own.map(({ step }) => step));
}

async function readPieces(db: Db, runIds: readonly string[], key: string, { range, wanted, part, restarts }: Asked): Promise<Pieces> {
  const pieces: Pieces = new Map(runIds.map((runId) => [runId, []]));
  const pieceOf = (runId: string, attempt: number): Piece => {
    const own = pieces.get(runId) ?? [];
    const known = own.find((piece) => piece.attempt === attempt);
    if (known) return known;
    const made = { attempt, cut: cutOf(restarts, runId, attempt), chunks: [], hot: [] };
    own.push(made);
    return made;
  };
  for (const chunk of await readChunks(db, runIds, key, { range, wanted, cuts: restarts, part })) pieceOf(chunk.run_id, chunk.attempt).chunks.push(chunk);
  for (const { run_id, attempt, points } of await readHotBatches(db, runIds)) {
    const found = decodeGroups(points, new Map(), key).get(key);
    if (found) pieceOf(run_id, attempt).hot.push(...found);
  }
  return pieces;
}

function pointsOf(chunk: ReadChunk, key: string): MetricPoint[] {
  if (chunk.packed) return decodeGroups(chunk.bytes, new Map(), key).get(key) ?? [];
  return chunk.resolution === 0 ? decodePoints(chunk.bytes) : decodeLevel(chunk.bytes).flatMap(({ points }) => points);
}

const isIn = ({ from, to }: StepRange) => ({ step }: { step: number }) => (from === null || step >= from) && (to === null || step <= to);

const isOf = (part: LinePart, cut: number | null) => ({ step }: { step: number }) => (part === "line" ? cut === null || step < cut : cut !== null && step >= cut);

const pointsOfPiece = ({ chunks, hot, cut }: Piece, key: string, range: StepRange, part: LinePart): MetricPoint[] =>
  [...chunks.flatMap((chunk) => pointsOf(chunk, key)), ...hot].filter(isIn(range)).filter(isOf(part, cut));

const joined = (pieces: readonly Piece[], key: string, range: StepRange, part: LinePart): MetricPoint[] =>
  sortPoints(pieces.flatMap((piece) => pointsOfPiece(piece, key, range, part))).points;

/**
 * Of each run the points of a metric within a range of steps: all of them, or, where `wanted` says how many are drawn, at
 * the resolution of a chart. Extrema and ends are always among them. Runs without a point are left out. Of a run with
 * several attempts it is one line: each from its own first step on, without what a later one superseded.
 */
export async function readSeries(db: Db, runIds: readonly string[], key: string, range: StepRange, wanted: number | null): Promise<Map<string, MetricPoint[]>> {
  return readLine(db, runIds, key, range, wanted, await readRestarts(db, runIds, key));
}

/** The same where it is known where attempts begin. */
export async function readLine(db: Db, runIds: readonly string[], key: string, range: StepRange, wanted: number | null, restarts: readonly Restart[]): Promise<Map<string, MetricPoint[]>> {
  const pieces = await readPieces(db, runIds, key, { range, wanted, part: "line", restarts });
  return new Map([...pieces].map(([runId, own]) => [runId, joined(own, key, range, "line")] as const).filter(([, points]) => points.length > 0));
}

/** What later attempts superseded, a line for each attempt that has some. */
export async function readSuperseded(db: Db, runId: string, key: string, range: StepRange, wanted: number | null, restarts: readonly Restart[]): Promise<{ attempt: number; points: MetricPoint[] }[]> {
  const pieces = (await readPieces(db, [runId], key, { range, wanted, part: "superseded", restarts })).get(runId) ?? [];
  const lines = pieces.map((piece) => ({ attempt: piece.attempt, points: joined([piece], key, range, "superseded") }));
  return lines.filter(({ points }) => points.length > 0).sort((a, b) => a.attempt - b.attempt);
}

const asMean = ({ step, value }: MetricPoint): WeightedMean => ({ step, mean: value, count: 1 });

function meansOf(chunk: ReadChunk, key: string): WeightedMean[] {
  if (chunk.packed || chunk.resolution === 0) return pointsOf(chunk, key).map(asMean);
  return decodeLevel(chunk.bytes).map(({ points, mean, count }) => ({ step: points[0]?.step ?? 0, mean, count }));
}

async function readShares(db: Db, runIds: readonly string[], key: string, range: StepRange, wanted: number): Promise<[string, WeightedMean[]][]> {
  const pieces = await readPieces(db, runIds, key, { range, wanted, part: "line", restarts: await readRestarts(db, runIds, key) });
  const within = isIn(range);
  return [...pieces].map(([runId, own]) => [
    runId,
    own.flatMap(({ chunks, hot, cut }) => [...chunks.flatMap((chunk) => meansOf(chunk, key)), ...hot.map(asMean)].filter(within).filter(isOf("line", cut))),
  ]);
}

/** A metric of several runs as a few averages each, over equal shares of its points: a word-sized picture. */
export async function readSparklines(db: Db, runIds: readonly string[], key: string, shares: number): Promise<Map<string, number[]>> {
  const pictures = (await readShares(db, runIds, key, everything, shares * 4)).map(([runId, means]) => [runId, meanShares(means, shares)] as const);
  return new Map(pictures.filter(([, picture]) => picture.length > 0));
}

/** Of each run the means of a metric's buckets within a range of steps, or its points where they are few. */
export async function readMeans(db: Db, runIds: readonly string[], key: string, range: StepRange, wanted: number): Promise<Map<string, WeightedMean[]>> {
  return new Map((await readShares(db, runIds, key, range, wanted)).filter(([, own]) => own.length > 0));
}
