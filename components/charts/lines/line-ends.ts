import type { SeriesLook } from "../colour-of";
import type { LineSeries } from "./line-series";

/** Names at the ends of lines: what they say, the room they take, and how they keep apart. Pure. */

export type LineEnd = { id: string; text: string; colour: number };

export const labelledAtMost = 5;
const longest = 14;
const characterWidth = 6;

export const labelHeight = 13;

export function endsOf(series: readonly LineSeries[], looks: ReadonlyMap<string, SeriesLook>): LineEnd[] {
  return series.map(({ id, label }) => ({
    id,
    text: label.length > longest ? `${label.slice(0, longest - 1)}…` : label,
    colour: looks.get(id)?.colour ?? 1,
  }));
}

/** Pixels right of the plot that the names need. */
export function roomOf(ends: readonly LineEnd[]): number {
  return ends.length === 0 ? 0 : 14 + characterWidth * Math.max(...ends.map((end) => end.text.length));
}

/** Places as near to those wished for as `height` lets them, within [top, bottom], each where its wish stood. */
export function spread(wished: readonly number[], height: number, top: number, bottom: number): number[] {
  const order = wished.map((_, index) => index).sort((a, b) => (wished[a] ?? 0) - (wished[b] ?? 0));
  const places = new Array<number>(wished.length).fill(top);
  let free = top;
  for (const index of order) {
    places[index] = Math.max(free, wished[index] ?? top);
    free = (places[index] ?? top) + height;
  }
  let limit = bottom;
  for (const index of order.reverse()) {
    places[index] = Math.min(limit, places[index] ?? bottom);
    limit = (places[index] ?? bottom) - height;
  }
  return places;
}
