/** Which windows a stream's clock has passed. Times are ms, aligned to UTC; windows slide by a day, shorter ones by their length. */
import { dayMs } from "../../contract/definition";

export type Span = { start: number; end: number };

export const stepOf = (windowMs: number): number => Math.min(windowMs, dayMs);

/** The end of the first window that starts at or after `first`: the stream covers all of it. */
function firstWholeEnd(windowMs: number, first: number): number {
  const step = stepOf(windowMs);
  return Math.ceil(first / step) * step + windowMs;
}

/** Whole windows whose end lies in (judgedTo, clock], oldest first, at most `limit`; the stream begins in the hour at `first`. */
export function dueWindows(windowMs: number, clock: number, judgedTo: number | null, first: number, limit: number): Span[] {
  const step = stepOf(windowMs);
  const whole = firstWholeEnd(windowMs, first);
  const from = judgedTo === null ? whole : Math.max(whole, Math.floor(judgedTo / step) * step + step);
  const due: Span[] = [];
  for (let end = from; end <= clock && due.length < limit; end += step) due.push({ start: end - windowMs, end });
  return due;
}

/** The end of the whole window that is being filled. */
export function nextEnd(windowMs: number, watermark: number, first: number): number {
  const step = stepOf(windowMs);
  return Math.max(firstWholeEnd(windowMs, first), Math.floor(watermark / step) * step + step);
}

/** Rows further ahead of the clock than this don't move it alone; after a silence as long the stream begins anew. */
export const leapMs = 7 * dayMs;

/**
 * The stream's clock after a batch: the latest event time that is no leap ahead. Beyond a leap the clock follows only
 * when at least `support` rows lie there (`aheadBefore` of them from earlier), so that one stray request can't move it.
 */
export function advanceClock(watermark: number | null, times: readonly number[], support: number, aheadBefore: readonly number[]): { watermark: number | null; ahead: number } {
  if (times.length === 0) return { watermark, ahead: aheadBefore.length };
  const sorted = [...times, ...aheadBefore].sort((a, b) => a - b);
  let clock = watermark ?? sorted[Math.floor(sorted.length / 2)] ?? 0;
  for (let i = 0; i < sorted.length; i += 1) {
    const time = sorted[i] ?? 0;
    const isLeap = time - clock > leapMs;
    if (isLeap && sorted.length - i < support) return { watermark: clock, ahead: sorted.length - i };
    clock = Math.max(clock, time);
  }
  return { watermark: clock, ahead: 0 };
}

export type Timed = { eventTime: Date; receivedAt: Date };

/** A request that named no event time is logged with the moment at which it was received. */
export const isUntimed = (row: Timed): boolean => row.eventTime.getTime() === row.receivedAt.getTime();

/** Whether a stream's clock is its own, after a row that moved it: far from the wall clock at which it was received. */
export const runsOnItsOwn = (row: Timed): boolean => Math.abs(row.receivedAt.getTime() - row.eventTime.getTime()) > leapMs;
