import { type Extent, extentOf } from "../ticks";

/** `mark` is a value to hold it against, drawn as a tick over the bar. */
export type BarDatum = { id: string; label: string; value: number | null; mark?: number; href?: string; note?: string };

export type PreparedBar = BarDatum & { left: number; width: number; markAt: number | null };

/** Bars from zero, as shares of the room in percent; negative ones grow to the left of zero. */
export function prepareBars(bars: readonly BarDatum[], sort = true): { bars: PreparedBar[]; zero: number } {
  const [low, high]: Extent = extentOf([0, ...bars.flatMap((bar) => [bar.value, bar.mark])]) ?? [0, 1];
  const span = high - low || 1;
  const zero = ((0 - low) / span) * 100;
  const ordered = sort
    ? [...bars].sort((a, b) => (b.value ?? Number.NEGATIVE_INFINITY) - (a.value ?? Number.NEGATIVE_INFINITY))
    : [...bars];
  return {
    zero,
    bars: ordered.map((bar) => {
      const value = bar.value !== null && Number.isFinite(bar.value) ? bar.value : 0;
      const width = (Math.abs(value) / span) * 100;
      const markAt = bar.mark === undefined ? null : zero + (bar.mark / span) * 100;
      return { ...bar, width, left: value < 0 ? zero - width : zero, markAt };
    }),
  };
}
