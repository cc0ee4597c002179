import { type Extent, extentOf } from "../ticks";

export type BarDatum = { id: string; label: string; value: number | null; href?: string; note?: string };

export type PreparedBar = BarDatum & { left: number; width: number };

/** Bars from zero, as shares of the room in percent; negative ones grow to the left of zero. */
export function prepareBars(bars: readonly BarDatum[], sort = true): { bars: PreparedBar[]; zero: number } {
  const [low, high]: Extent = extentOf([0, ...bars.map((bar) => bar.value)]) ?? [0, 1];
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
      return { ...bar, width, left: value < 0 ? zero - width : zero };
    }),
  };
}
