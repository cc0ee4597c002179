/** A metric's history by the page: chunks and the hot tail of all attempts as one, each point once, however many of them share a step. */
import type { Database, Db, Tx } from "@/server/platform/db";
import type { MetricPoint } from "../../contract/run";
import { decodeGroups } from "../../rules/chunks/batch-codec";
import { decodePoints } from "../../rules/chunks/point-codec";
import { chunkPoints, comparePoints, sortPoints } from "../../rules/chunks/seal";
import { readHotBatches } from "./batches";
import { type ChunkHead, listChunkHeads, readChunkBytes } from "./chunks";

/** Of one attempt: the chunks that are not read yet, in the order of their points, and the last point that is. */
type Lane = { left: ChunkHead[]; read: MetricPoint | null };

const end: MetricPoint = { step: Number.POSITIVE_INFINITY, timestamp: Number.POSITIVE_INFINITY, value: Number.POSITIVE_INFINITY };

/** No point that is left of a lane comes before this one. */
function boundOf({ left: [next], read }: Lane): MetricPoint {
  if (!next) return end;
  return read?.step === next.step_from ? read : { step: next.step_from, timestamp: Number.NEGATIVE_INFINITY, value: Number.NEGATIVE_INFINITY };
}

const pointsOf = ({ packed }: ChunkHead, bytes: Uint8Array | undefined, key: string): MetricPoint[] => {
  if (bytes === undefined) return [];
  return packed ? (decodeGroups(bytes, new Map(), key).get(key) ?? []) : decodePoints(bytes);
};

async function startsBehind(db: Db, head: ChunkHead, after: MetricPoint): Promise<boolean> {
  const [first] = pointsOf(head, (await readChunkBytes(db, [head.id])).get(head.id), head.key_to);
  return first !== undefined && comparePoints(first, after) > 0;
}

/** Without the chunks that end before `after`. Where several hold its step, steps don't tell: those are found by halving. */
async function skipTo(db: Db, heads: readonly ChunkHead[], after: MetricPoint): Promise<ChunkHead[]> {
  let low = 0;
  let high = heads.filter(({ step_from }) => step_from <= after.step).length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const head = heads[middle];
    if (head && (await startsBehind(db, head, after))) high = middle - 1;
    else low = middle;
  }
  return heads.slice(low);
}

/** A row of short series is a lane of its own: it holds all that its attempt has of a key, or nothing. */
async function lanesOf(db: Db, runId: string, key: string, after: MetricPoint | null): Promise<Lane[]> {
  const lanes = new Map<string, ChunkHead[]>();
  for (const head of await listChunkHeads(db, runId, key, after?.step ?? null)) {
    const name = `${head.attempt} ${head.packed}`;
    const known = lanes.get(name);
    if (known) known.push(head);
    else lanes.set(name, [head]);
  }
  const found: Lane[] = [];
  for (const heads of lanes.values()) found.push({ left: after ? await skipTo(db, heads, after) : heads, read: null });
  return found;
}

const countOf = (heads: readonly ChunkHead[]) => heads.reduce((sum, { count }) => sum + count, 0);

/** Of the lane that is furthest behind as much as a page takes, up to where another one's points may come between. */
function nextOf({ left }: Lane, other: Lane | undefined, limit: number): ChunkHead[] {
  const upTo = other ? boundOf(other).step : Number.POSITIVE_INFINITY;
  let taken = 1;
  while (taken < left.length && (left[taken]?.step_from ?? upTo) < upTo && countOf(left.slice(0, taken)) < limit + chunkPoints) taken += 1;
  return left.slice(0, taken);
}

/** Reads on in the lanes and gives what came; all that is left where that is not much more than a page. */
async function readOn(db: Db, key: string, lanes: readonly Lane[], limit: number): Promise<MetricPoint[]> {
  const open = lanes.filter(({ left }) => left.length > 0).sort((a, b) => comparePoints(boundOf(a), boundOf(b)));
  const isLittle = countOf(open.flatMap(({ left }) => left)) <= limit + 2 * open.length * chunkPoints;
  const wanted = isLittle ? open.map((lane) => ({ lane, heads: lane.left })) : open.slice(0, 1).map((lane) => ({ lane, heads: nextOf(lane, open[1], limit) }));
  const bytes = await readChunkBytes(db, wanted.flatMap(({ heads }) => heads.map(({ id }) => id)));
  return wanted.flatMap(({ lane, heads }) => {
    const points = heads.flatMap((head) => pointsOf(head, bytes.get(head.id), key));
    lane.left = lane.left.slice(heads.length);
    lane.read = points.at(-1) ?? lane.read;
    return points;
  });
}

/** The points behind `after` that nothing unread comes before. */
function completeOf(points: readonly MetricPoint[], lanes: readonly Lane[], after: MetricPoint | null): MetricPoint[] {
  const bound = lanes.map(boundOf).reduce((least, each) => (comparePoints(each, least) < 0 ? each : least), end);
  return sortPoints(points.filter((point) => (after === null || comparePoints(point, after) > 0) && comparePoints(point, bound) <= 0)).points;
}

async function readPage(tx: Tx, runId: string, key: string, after: MetricPoint | null, limit: number): Promise<MetricPoint[]> {
  const lanes = await lanesOf(tx, runId, key, after);
  let points = (await readHotBatches(tx, [runId])).flatMap((batch) => decodeGroups(batch.points, new Map(), key).get(key) ?? []);
  for (;;) {
    const page = completeOf(points, lanes, after);
    if (page.length >= limit || lanes.every(({ left }) => left.length === 0)) return page.slice(0, limit);
    points = [...points, ...(await readOn(tx, key, lanes, limit))];
  }
}

/**
 * Points of one metric of all attempts in order, from behind `after`: `limit` of them, or all that are left. What is read of points is about a page, however
 * long the history is. In one snapshot, so that a chunk that is sealed anew meanwhile is not missed.
 */
export async function readHistory(db: Database, runId: string, key: string, after: MetricPoint | null, limit: number): Promise<MetricPoint[]> {
  return db.transaction((tx) => readPage(tx, runId, key, after, limit), { isolationLevel: "repeatable read", accessMode: "read only" });
}
