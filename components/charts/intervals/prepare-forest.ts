import { type Extent, extentOf, niceTicks, padded } from "../ticks";

/** Paired differences with their intervals, in the order a reader needs them: the whole first, then the worst. */

export type ForestRow = {
  id: string;
  label: string;
  estimate: number | null;
  low: number | null;
  high: number | null;
  n?: number;
  clusters?: number;
  /** A word of the verdict: better, worse, not distinguishable, too little evidence. */
  verdict?: string;
  /** The row over everything; stands first. */
  overall?: boolean;
  note?: string;
  /** What the data leave open, in words; shown where the plot names such a column. */
  bound?: string;
};

export type PreparedForest = { rows: ForestRow[]; domain: Extent; ticks: number[] };

export type PrepareForest = {
  rows: readonly ForestRow[];
  goodWhen: "lower" | "higher";
  thresholds?: readonly number[];
};

/** Worst is the end of the interval that points the wrong way; rows without an interval come last. */
function badness(row: ForestRow, goodWhen: "lower" | "higher"): number {
  const end = goodWhen === "lower" ? (row.high ?? row.estimate) : (row.low ?? row.estimate);
  if (end === null || !Number.isFinite(end)) return Number.NEGATIVE_INFINITY;
  return goodWhen === "lower" ? end : -end;
}

export function prepareForest({ rows, goodWhen, thresholds = [] }: PrepareForest): PreparedForest {
  const ordered = [...rows].sort(
    (a, b) =>
      Number(b.overall ?? false) - Number(a.overall ?? false) ||
      badness(b, goodWhen) - badness(a, goodWhen) ||
      a.label.localeCompare(b.label),
  );
  const values = rows.flatMap((row) => [row.estimate, row.low, row.high]);
  const domain = padded(extentOf([0, ...thresholds, ...values]) ?? [-1, 1], 0.05);
  return { rows: ordered, domain, ticks: niceTicks(domain, 5) };
}
