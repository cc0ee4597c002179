/** Follows the inference log: each batch goes into its hours, moves the stream's clock, and judges the windows it passed, all in one transaction. */
import { type ReadInference, readLogAfter } from "@/server/domains/models/serving/log/read-log";
import { database, type Tx } from "@/server/platform/db";
import { publishLive } from "@/server/platform/live/publish";
import { logger } from "@/server/platform/log";
import { hourMs } from "../contract/definition";
import { scoreColumn } from "../contract/columns";
import { binOf } from "../rules/histogram";
import { placedRows } from "../rules/clock/past";
import { type BaselineColumn, emptySums, layoutOfColumns, type Sums } from "../rules/sums";
import { advanceClock, leapMs, runsOnItsOwn } from "../rules/clock/windows";
import { addHours, countRowsAfter, hourOf } from "../store/hours";
import { readTally } from "../store/labels";
import { type Baseline, calibratedMonitors, lockMonitor, type MonitorRow, monitorsWithWork, readBaseline, saveProgress } from "../store/monitors";
import { monitorTopics } from "./reference/compute-baseline";
import { judgeWindows } from "./judge-windows";

const batchRows = 5_000;
const budgetMs = 2_000;

/** Where each column's value stands in the features of a version; -1 for one it does not have. */
type Positions = { byVersion: Map<number, number[]>; names: Map<number, string[]> };

function positionsOf(positions: Positions, columns: readonly BaselineColumn[], version: number): number[] {
  const known = positions.byVersion.get(version);
  if (known) return known;
  const names = positions.names.get(version) ?? [];
  const made = columns.map((column) => names.indexOf(column.name));
  positions.byVersion.set(version, made);
  return made;
}

function foldRow(sums: Sums, row: ReadInference, baseline: Baseline, offsets: readonly number[], positions: readonly number[]): void {
  const { columns } = baseline;
  sums.rows += 1;
  sums.weighted += row.weight;
  // A score is compared with the reference's scores of the same version only.
  const isOwn = row.version === baseline.modelVersion && row.score !== null;
  // One that is no number is counted as absent below, and belongs to no mean.
  if (isOwn && Number.isFinite(row.score)) {
    sums.scored += 1;
    sums.scoreSum += row.score ?? 0;
  }
  for (let at = 0; at < columns.length; at += 1) {
    const column = columns[at];
    if (!column) continue;
    const isScore = column.name === scoreColumn;
    const position = positions[at] ?? -1;
    if (isScore ? !isOwn : position < 0 || row.features === null) continue;
    const value = isScore ? row.score : row.features?.[position];
    const slot = (offsets[at] ?? 0) + binOf(column.edges, value ?? Number.NaN);
    sums.counts[slot] = (sums.counts[slot] ?? 0) + 1;
  }
}

export function foldRows(rows: readonly ReadInference[], baseline: Baseline, names: Map<number, string[]>): Map<number, Sums> {
  const { offsets, length } = layoutOfColumns(baseline.columns);
  const positions: Positions = { byVersion: new Map(), names };
  const hours = new Map<number, Sums>();
  for (const row of rows) {
    const hour = hourOf(row.eventTime.getTime());
    const sums = hours.get(hour) ?? emptySums(length);
    foldRow(sums, row, baseline, offsets, positionsOf(positions, baseline.columns, row.version));
    hours.set(hour, sums);
  }
  return hours;
}

/** The clock after a batch; rows that lie beyond a leap count from earlier batches too, by their hours. */
async function moveClock(tx: Tx, monitor: MonitorRow, rows: readonly ReadInference[]): Promise<Pick<MonitorRow, "watermark" | "rowsAhead" | "ownClock">> {
  const times = rows.map((row) => row.eventTime.getTime());
  const known = monitor.watermark?.getTime() ?? null;
  const beyond = known === null || monitor.baselineId === null ? [] : await countRowsAfter(tx, monitor.baselineId, new Date(known + leapMs));
  const before = beyond.flatMap(({ hour, rows: n }) => new Array<number>(Math.min(n, monitor.definition.min_rows)).fill(hour + hourMs - 1));
  const { watermark, ahead } = advanceClock(known, times, monitor.definition.min_rows, before);
  const mover = rows.find((row) => row.eventTime.getTime() === watermark);
  return { watermark: watermark === null ? null : new Date(watermark), rowsAhead: ahead, ownClock: mover ? runsOnItsOwn(mover) : monitor.ownClock };
}

async function foldBatch(tx: Tx, monitor: MonitorRow, baseline: Baseline): Promise<{ more: boolean; progress: MonitorRow }> {
  const { rows: all, names } = await readLogAfter(tx, monitor.modelId, monitor.cursor, batchRows);
  const { rows, untimed } = placedRows(all, monitor.ownClock);
  const clock = await moveClock(tx, monitor, rows);
  const hours = foldRows(rows, baseline, names);
  await addHours(tx, baseline.id, hours);
  const progress: MonitorRow = {
    ...monitor, ...clock, rowsFolded: monitor.rowsFolded + rows.length,
    rowsUntimed: monitor.rowsUntimed + untimed, cursor: all.at(-1)?.sequence ?? monitor.cursor,
  };
  return { more: all.length === batchRows, progress };
}

/** One batch of one monitor; false when there is nothing more to read. */
async function stepMonitor(id: string): Promise<boolean> {
  const topics = await database().transaction(async (tx) => {
    const monitor = await lockMonitor(tx, id);
    const baseline = monitor?.baselineId ? await readBaseline(tx, monitor.baselineId) : null;
    if (!monitor || !baseline) return null;
    const { more, progress } = await foldBatch(tx, monitor, baseline);
    const tally = await readTally(tx, monitor.modelId);
    const { judgedTo, topics: changed, isBehind } = await judgeWindows(tx, progress, baseline, tally.watermark);
    // A label that came meanwhile is looked at with the next step: only what was seen is noted.
    await saveProgress(tx, id, { ...progress, judgedTo, labelsSeen: isBehind ? monitor.labelsSeen : tally.watermark });
    return { projectId: monitor.projectId, topics: [...monitorTopics(monitor.name), ...changed], more: more || isBehind };
  });
  if (!topics) return false;
  publishLive(topics.projectId, topics.topics);
  return topics.more;
}

/** Monitors that a round left with windows to judge: their stream may bring nothing more that would call for them. Null before a process's first round. */
let unfinished: Set<string> | null = null;

/** A round over all monitors with something to read; bounded, for the next round comes in a second. One that fails holds up no other. */
export async function foldMonitors(): Promise<void> {
  const until = performance.now() + budgetMs;
  const calling = await monitorsWithWork(database());
  const ids = new Set([...calling.map(({ id }) => id), ...(unfinished ?? (await calibratedMonitors(database())))]);
  const left = new Set<string>();
  unfinished = left;
  for (const id of ids) {
    try {
      let more = true;
      while (more && performance.now() < until) more = await stepMonitor(id);
      if (more) left.add(id);
    } catch (error) {
      logger.error({ err: error, monitorId: id }, "a monitor could not read its stream; it is tried again");
    }
  }
}
