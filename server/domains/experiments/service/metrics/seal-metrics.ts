/** Seals acknowledged batches into chunks: one transaction a run, so that a kill at any point leaves every point once. */
import { sql } from "drizzle-orm";
import { database, type Tx } from "@/server/platform/db";
import { logger } from "@/server/platform/log";
import { newId } from "@/server/platform/ids";
import type { MetricPoint } from "../../contract/run";
import { addPoints, decodeGroups, encodeGroups, type KeyedPoints } from "../../rules/chunks/batch-codec";
import { decodePoints, encodePoints } from "../../rules/chunks/point-codec";
import { encodeLevel } from "../../rules/chunks/pyramid";
import { chunkPoints, cutChunks, sortPoints } from "../../rules/chunks/seal";
import { isDue, packSeries, shortSeries } from "../../rules/chunks/seal-plan";
import { listPending, takeBatches } from "../../store/metrics/batches";
import { type ChunkRow, insertChunks, takeChunks } from "../../store/metrics/chunks";
import { subtractRepeats } from "../../store/metrics/summaries";
import { readExperimentOf } from "../../store/runs";

const batchesAtOnce = 500;
const runsAtOnce = 50;

const stepsOf = (points: readonly MetricPoint[]) => ({ stepFrom: points[0]?.step ?? 0, stepTo: points.at(-1)?.step ?? 0 });

function chunkOf(runId: string, key: string, points: readonly MetricPoint[]): ChunkRow {
  const level = (width: 64 | 256 | 1_024) => (points.length > width ? Buffer.from(encodeLevel(points, width)) : null);
  return {
    id: newId(), runId, keyFrom: key, keyTo: key, packed: false, ...stepsOf(points), count: points.length, points: Buffer.from(encodePoints(points)),
    level64: level(64), level256: level(256), level1024: level(1_024),
  };
}

function packOf(runId: string, group: [string, MetricPoint[]][]): ChunkRow {
  const all = group.flatMap(([, points]) => points);
  const steps = all.map(({ step }) => step);
  return {
    id: newId(), runId, keyFrom: group[0]?.[0] ?? "", keyTo: group.at(-1)?.[0] ?? "", packed: true, stepFrom: Math.min(...steps), stepTo: Math.max(...steps),
    count: all.length, points: Buffer.from(encodeGroups(new Map(group))),
  };
}

/** Without spreading: a key may have more new points than a call takes arguments. */
const lowestStep = (points: readonly MetricPoint[]) => points.reduce((lowest, { step }) => Math.min(lowest, step), Number.POSITIVE_INFINITY);

/** What the new points reach into joins them. */
async function takeReached(tx: Tx, runId: string, groups: KeyedPoints): Promise<Set<string>> {
  const keys = [...groups].map(([key, points]) => ({ key, firstStep: lowestStep(points) }));
  const long = new Set<string>();
  for (const chunk of await takeChunks(tx, runId, keys, chunkPoints)) {
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

/** Seals the oldest batches of a run; says whether more may be left. Two at once follow each other. */
export async function sealRun(runId: string): Promise<boolean> {
  return database().transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`seal ${runId}`}, 0))`);
    const batches = await takeBatches(tx, runId, batchesAtOnce);
    const experimentId = await readExperimentOf(tx, runId);
    if (batches.length === 0 || experimentId === null) return false;
    const groups: KeyedPoints = new Map();
    for (const batch of batches) decodeGroups(batch, groups);
    const long = await takeReached(tx, runId, groups);
    const rows: ChunkRow[] = [];
    const short: [string, MetricPoint[]][] = [];
    const repeated: ReturnType<typeof sumOf>[] = [];
    for (const [key, all] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const { points, repeats } = sortPoints(all);
      if (repeats.length > 0) repeated.push(sumOf(key, repeats));
      if (points.length < shortSeries && !long.has(key)) short.push([key, points]);
      else rows.push(...cutChunks(points).map((chunk) => chunkOf(runId, key, chunk)));
    }
    await insertChunks(tx, [...rows, ...packSeries(short).map((group) => packOf(runId, group))]);
    await subtractRepeats(tx, { id: runId, experimentId }, repeated);
    return batches.length === batchesAtOnce;
  });
}

/** Seals the runs whose tail is long or old, or that have ended. One that fails keeps its tail, which readers see, and holds up no other. */
export async function sealDueRuns(now = Date.now()): Promise<void> {
  const due = (await listPending(database(), batchesAtOnce)).filter((pending) => isDue(pending, now)).slice(0, runsAtOnce);
  for (const { run_id } of due) {
    try {
      while (await sealRun(run_id));
    } catch (error) {
      logger.error({ err: error, runId: run_id }, "a run's metrics could not be sealed; it is tried again");
    }
  }
}
