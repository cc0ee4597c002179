import { formatPlain, withMinus } from "@/components/ui/format/format-number";

/** Round tick values and extents for axes that are drawn by hand. */

export type Extent = readonly [number, number];

export function extentOf(values: readonly (number | null | undefined)[]): Extent | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value === null || value === undefined || !Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : null;
}

/** A little room at both ends; an extent of no width gets some. */
export function padded([low, high]: Extent, share = 0.06): Extent {
  const room = (high - low || Math.abs(high) || 1) * share;
  return [low - room, high + room];
}

/** Labels for evenly spaced ticks: as many decimals as their step needs, in thousands or millions when all are that large. */
export function tickLabels(ticks: readonly number[]): string[] {
  const steps = ticks.slice(1).map((tick, index) => Math.abs(tick - (ticks[index] ?? 0)));
  const step = Math.min(...steps, Number.POSITIVE_INFINITY);
  const largest = Math.max(0, ...ticks.map(Math.abs));
  const [unit, letter] = largest >= 1e7 ? [1e6, "M"] : largest >= 1e4 ? [1e3, "k"] : [1, ""];
  if (!Number.isFinite(step) || step === 0 || largest < 1e-4) return ticks.map((tick) => formatPlain(tick));
  const exact = (digits: number) =>
    ticks.every((tick) => Math.abs(Number((tick / unit).toFixed(digits)) * unit - tick) < step * 1e-3);
  const digits = [0, 1, 2, 3, 4, 5, 6, 7].find(exact) ?? 8;
  return ticks.map((tick) => (tick === 0 ? "0" : withMinus(`${(tick / unit).toFixed(digits)}${letter}`)));
}

/** The step 1, 2 or 5 × 10ⁿ that gives about `count` ticks. */
export function niceTicks([low, high]: Extent, count = 5): number[] {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return [low];
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((each) => each * power >= rough * 0.999) ?? 10) * power;
  const ticks: number[] = [];
  for (let index = Math.ceil(low / step - 1e-9); index * step <= high + step * 1e-9; index += 1)
    ticks.push(Number((index * step).toPrecision(12)) + 0);
  return ticks;
}

const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080, 20160, 43200].map(
  (minutes) => minutes * 60_000,
);

/** Ticks on round minutes, hours and days (UTC). */
export function timeTicks([from, to]: Extent, count = 6): number[] {
  if (!(to > from)) return [from];
  const step = TIME_STEPS.find((each) => (to - from) / each <= count) ?? TIME_STEPS.at(-1) ?? 1;
  const ticks: number[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) ticks.push(at);
  return ticks;
}

/** Where a value stands in an extent, in percent; kept within 0…100. */
export function percentOf(value: number, [low, high]: Extent): number {
  if (!(high > low)) return 50;
  return Math.min(100, Math.max(0, ((value - low) / (high - low)) * 100));
}
