/** What was over when a rule began to watch, and on which clock. Times are ms. */
import { dayMs, type MonitorDefinition, ofLabels, type Rule } from "../../contract/definition";
import { advanceClock, isUntimed, runsOnItsOwn, type Span, type Timed } from "./windows";

/** Windows that end by `until`, with rows up to the log's `sequence` only. */
export type Past = { until: string; sequence: number };

/**
 * What a rule's windows are judged on: the stream's clock, or for labels the time by which a window's labels are due. That is never ahead of the
 * stream: however short the wait, a day that still brings predictions is not over because one label came early.
 */
export function clockOf({ labels }: Pick<MonitorDefinition, "labels">, rule: Pick<Rule, "measure">, watermark: number | null, labelsUntil: Date | null): number | null {
  if (watermark === null || !ofLabels.includes(rule.measure)) return watermark;
  if (labelsUntil === null) return null;
  return Math.min(Math.min(labelsUntil.getTime(), watermark + dayMs) - labels.wait, watermark);
}

/** What a client's clock may be ahead of ours. */
const futureMs = dayMs;

/** Rows that have a place on a stream; on one of its own clock a request without an event time has none: today is not its today. */
export function placedRows<R extends Timed>(rows: readonly R[], ownClock: boolean): { rows: R[]; untimed: number } {
  const known = rows.filter((row) => row.eventTime.getTime() <= row.receivedAt.getTime() + futureMs);
  const placed = ownClock ? known.filter((row) => !isUntimed(row)) : known;
  return { rows: placed, untimed: known.length - placed.length };
}

function clockOfRows(rows: readonly Timed[], support: number): { clock: number | null; isOwn: boolean } {
  const { watermark } = advanceClock(null, rows.map((row) => row.eventTime.getTime()), support, []);
  const mover = rows.find((row) => row.eventTime.getTime() === watermark);
  return { clock: watermark, isOwn: mover !== undefined && runsOnItsOwn(mover) };
}

/** Where a stream's clock will stand once its log is read, by the last rows of that; `ownClock` where it is known to be the stream's own. */
export function clockAtEnd(last: readonly Timed[], support: number, ownClock: boolean): number | null {
  const timed = placedRows(last, true).rows;
  const own = clockOfRows(timed, support);
  return ownClock || (own.isOwn && timed.length >= support) ? own.clock : clockOfRows(placedRows(last, false).rows, support).clock;
}

export const isOver = (past: Past | undefined, span: Span): past is Past => past !== undefined && span.end <= Date.parse(past.until);
