/** Groups of values → what a box plot draws, over one axis; pure. */
import { type Extent, extentOf, niceTicks, padded } from "../ticks";

export type BoxGroup = { id: string; label: string; colour: number; points: readonly { label: string; value: number }[] };

export type Box = BoxGroup & {
  n: number;
  median: number;
  mean: number;
  /** First and third quartile, by linear interpolation between the values. */
  q1: number;
  q3: number;
  /** The farthest values within 1.5 interquartile ranges of the box (Tukey). */
  low: number;
  high: number;
};

export type PreparedBoxes = { boxes: Box[]; domain: Extent; ticks: number[] };

/** The value below which a share of sorted values lies, interpolated as numpy's default does. */
export function quantileOf(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  return below + ((sorted[Math.ceil(place)] ?? below) - below) * (place - Math.floor(place));
}

function boxOf(group: BoxGroup): Box {
  const sorted = group.points.map(({ value }) => value).sort((a, b) => a - b);
  const [q1, q3] = [quantileOf(sorted, 0.25), quantileOf(sorted, 0.75)];
  const reach = 1.5 * (q3 - q1);
  return {
    ...group, n: sorted.length, q1, q3, median: quantileOf(sorted, 0.5), mean: sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
    low: sorted.find((value) => value >= q1 - reach) ?? q1, high: sorted.findLast((value) => value <= q3 + reach) ?? q3,
  };
}

export function prepareBoxes(groups: readonly BoxGroup[]): PreparedBoxes {
  const boxes = groups.filter(({ points }) => points.length > 0).map(boxOf);
  const domain = padded(extentOf(boxes.flatMap(({ points }) => points.map(({ value }) => value))) ?? [0, 1]);
  return { boxes, domain, ticks: niceTicks(domain, 6) };
}
