/** Seals acknowledged batches into chunks: one transaction a run, so that a kill at any point leaves every point once. */
import { database, type Tx } from "@/server/platform/db";
import { logger } from "@/server/platform/log";
import { newId } from "@/server/platform/ids";
import type { MetricPoint } from "../../contract/run";
import { addPoints, decodeGroups, encodeGroups, type KeyedPoints } from "../../rules/chunks/batch-codec";
import { decodePoints, encodePoints } from "../../rules/chunks/point-codec";
import { encodeLevel } from "../../rules/chunks/pyramid";
import { chunkPoints, cutChunks, sortPoints } from "../../rules/chunks/seal";
import { isDue, packSeries, shortSeries } from "../../rules/chunks/seal-plan";
import { listPending, lockSealing, takeBatches } from "../../store/metrics/batches";
import { type ChunkRow, insertChunks, takeChunks } from "../../store/metrics/chunks";
import { subtractRepeats } from "../../store/metrics/summaries";
import { readExperimentOf } from "../../store/runs";

const batchesAtOnce = 500;
const runsAtOnce = 50;

const stepsOf = (points: readonly MetricPoint[]) => ({ stepFrom: points[0]?.step ?? 0, stepTo: points.at(-1)?.step ?? 0 });

type Sealed = { id: string; attempt: number };

function chunkOf({ id: runId, attempt }: Sealed, key: string, points: readonly MetricPoint[]): ChunkRow {
  const level = (width: 64 | 256 | 1_024) => (points.length > width ? Buffer.from(encodeLevel(points, width)) : null);
  return {
    id: newId(), runId, keyFrom: key, keyTo: key, packed: false, attempt, ...stepsOf(points), count: points.length, points: Buffer.from(encodePoints(points)),
    level64: level(64), level256: level(256), level1024: level(1_024),
  };
}

function packOf({ id: runId, attempt }: Sealed, group: [string, MetricPoint[]][]): ChunkRow {
  const all = group.flatMap(([, points]) => points);
  const steps = all.map(({ step }) => step);
  return {
    id: newId(), runId, keyFrom: group[0]?.[0] ?? "", keyTo: group.at(-1)?.[0] ?? "", packed: true, attempt, stepFrom: Math.min(...steps), stepTo: Math.max(...steps),
    count: all.length, points: Buffer.from(encodeGroups(new Map(group))),
  };
}

/** Without spreading: a key may have more new points than a call takes arguments. */
const lowestStep = (points: readonly MetricPoint[]) => points.reduce((lowest, { step }) => Math.min(lowest, step), Number.POSITIVE_INFINITY);

/** What the new points reach into joins them. */
async function takeReached(tx: Tx, { id, attempt }: Sealed, groups: KeyedPoints): Promise<Set<string>> {
  const keys = [...groups].map(([key, points]) => ({ key, firstStep: lowestStep(points) }));
  const long = new Set<string>();
  for (const chunk of await takeChunks(tx, id, attempt, keys, chunkPoints)) {
    if (chunk.packed) decodeGroups(chunk.points, groups);
    else {
      addPoints(groups, chunk.key_from, decodePoints(chunk.points));
      long.add(chunk.key_from);
    }
  }
  return long;
}

const sumOf = (key: string, repeats: readonly MetricPoint[]) => {
  const values = repeats.map(({ value }) => value).filter(Number.isFinite);
  return { key, count: repeats.length, valueSum: values.reduce((sum, value) => sum + value, 0), valueCount: values.length };
};

type Repeats = ReturnType<typeof sumOf>;

/** Points of each attempt are sealed among themselves: what one repeats of another's steps is no repeat. */
async function sealAttempt(tx: Tx, run: Sealed, batches: readonly Buffer[]): Promise<Repeats[]> {
  const groups: KeyedPoints = new Map();
  for (const batch of batches) decodeGroups(batch, groups);
  const long = await takeReached(tx, run, groups);
  const rows: ChunkRow[] = [];
  const short: [string, MetricPoint[]][] = [];
  const repeated: Repeats[] = [];
  for (const [key, all] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { points, repeats } = sortPoints(all);
    if (repeats.length > 0) repeated.push(sumOf(key, repeats));
    if (points.length < shortSeries && !long.has(key)) short.push([key, points]);
    else rows.push(...cutChunks(points).map((chunk) => chunkOf(run, key, chunk)));
  }
  await insertChunks(tx, [...rows, ...packSeries(short).map((group) => packOf(run, group))]);
  return repeated;
}

/** One row a key, in key order: rows are locked as writers lock them. */
function joinRepeats(all: readonly Repeats[]): Repeats[] {
  const byKey = new Map<string, Repeats>();
  for (const one of all) {
    const known = byKey.get(one.key) ?? { key: one.key, count: 0, valueSum: 0, valueCount: 0 };
    byKey.set(one.key, { key: one.key, count: known.count + one.count, valueSum: known.valueSum + one.valueSum, valueCount: known.valueCount + one.valueCount });
  }
  return [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Seals the oldest batches of a run; says whether more may be left. Two at once follow each other. */
export async function sealRun(runId: string): Promise<boolean> {
  return database().transaction(async (tx) => {
    await lockSealing(tx, runId);
    const batches = await takeBatches(tx, runId, batchesAtOnce);
    const experimentId = await readExperimentOf(tx, runId);
    if (batches.length === 0 || experimentId === null) return false;
    const repeats: Repeats[] = [];
    for (const attempt of new Set(batches.map((batch) => batch.attempt))) {
      const own = batches.filter((batch) => batch.attempt === attempt).map(({ points }) => points);
      repeats.push(...(await sealAttempt(tx, { id: runId, attempt }, own)));
    }
    await subtractRepeats(tx, { id: runId, experimentId }, joinRepeats(repeats));
    return batches.length === batchesAtOnce;
  });
}

/** The run that the last pass ended with: the next goes on behind it, so that runs that fail, however many, hold up no other. */
let lastTurn = "";

/** Seals the runs whose tail is long or old, or that have ended, so many a pass and all in turn. One that fails keeps its tail, which readers see. */
export async function sealDueRuns(now = Date.now()): Promise<void> {
  const due = (await listPending(database(), batchesAtOnce)).filter((pending) => isDue(pending, now));
  const turn = [...due.filter(({ run_id }) => run_id > lastTurn), ...due.filter(({ run_id }) => run_id <= lastTurn)].slice(0, runsAtOnce);
  lastTurn = turn.at(-1)?.run_id ?? "";
  for (const { run_id } of turn) {
    try {
      while (await sealRun(run_id));
    } catch (error) {
      logger.error({ err: error, runId: run_id }, "a run's metrics could not be sealed; it is tried again");
    }
  }
}
