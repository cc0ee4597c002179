/** Where the points of a chart of two axes stand in its picture; pure. */
import type { AxisScale } from "../parallel/prepare-parallel";

export type PlotPlace = { width: number; height: number; left: number; right: number; top: number; bottom: number };

/** Room around the points, so that one at an edge is whole. */
const inset = 9;

export const xAt = (place: PlotPlace, share: number): number => place.left + inset + share * (place.width - place.left - place.right - 2 * inset);
export const yAt = (place: PlotPlace, share: number): number => place.height - place.bottom - inset - share * (place.height - place.top - place.bottom - 2 * inset);

/** Room for the labels of the vertical axis, at 6.3 px a character. */
export function leftRoom({ ticks }: AxisScale): number {
  return 12 + Math.ceil(Math.max(0, ...ticks.map(({ label }) => Math.min(14, label.length))) * 6.3);
}

/** Categories stand away from the edges: their points are spread around them. */
export const inPlot = ({ axis }: AxisScale, share: number): number => (axis.kind === "category" ? 0.15 + 0.7 * share : share);

/** Points of one category side by side, the same way each time: the golden ratio's multiples fill evenly. */
export const spreadOf = ({ axis }: AxisScale, index: number): number => (axis.kind === "category" ? ((index * 0.618034) % 1) * 36 - 18 : 0);

/** Labels that would touch the one before are left out. */
export function spacedTicks({ ticks }: AxisScale, width: number): AxisScale["ticks"] {
  let end = Number.NEGATIVE_INFINITY;
  return [...ticks].sort((a, b) => a.at - b.at).filter(({ at, label }) => {
    const half = Math.min(14, label.length) * 3.2 + 4;
    if (at * width - half < end) return false;
    end = at * width + half;
    return true;
  });
}

export type Spot = { id: string; x: number; y: number };

export function nearestSpot(spots: readonly Spot[], x: number, y: number, reach: number): string | null {
  let nearest: string | null = null;
  let least = reach * reach;
  for (const spot of spots) {
    const away = (spot.x - x) ** 2 + (spot.y - y) ** 2;
    if (away < least) [nearest, least] = [spot.id, away];
  }
  return nearest;
}
