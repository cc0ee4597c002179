import type { LinePoint, LineSeries, XMode } from "./line-series";
import { smooth } from "./smooth";

/** Series of their own x → columns over one shared x, as uPlot reads them: null is a gap, undefined is "not here". */

export type LineValue = number | null | undefined;

export type LineColumn = { id: string; role: "raw" | "line"; values: LineValue[] };

export type BestPoint = { id: string; x: number; value: number };

export type PreparedLines = {
  xs: number[];
  columns: LineColumn[];
  best: BestPoint | null;
  /** The last value of each series, for the legend. */
  last: Map<string, number>;
  /** Values that could not be drawn: not a number, infinite, or not above 0 on a log scale. */
  leftOut: number;
};

export type PrepareLines = {
  series: readonly LineSeries[];
  xMode: XMode;
  smoothing?: number;
  log?: boolean;
  best?: "max" | "min";
};

function xOf(point: LinePoint, index: number, mode: XMode, start: number): number | undefined {
  if (mode === "step") return point.step ?? index;
  if (point.at === undefined) return undefined;
  return mode === "wall" ? point.at : point.at - start;
}

/** x → value; of two points with one x the later stands, as a resumed run rewrites its steps. */
function valuesByX(
  series: LineSeries,
  mode: XMode,
  log: boolean,
): { byX: Map<number, number | null>; leftOut: number } {
  const start = series.points.find((point) => point.at !== undefined)?.at ?? 0;
  const byX = new Map<number, number | null>();
  let leftOut = 0;
  for (const [index, point] of series.points.entries()) {
    const x = xOf(point, index, mode, start);
    if (x === undefined || !Number.isFinite(x)) continue;
    const drawable = point.value !== null && Number.isFinite(point.value) && (!log || point.value > 0);
    if (!drawable && point.value !== null) leftOut += 1;
    byX.set(x, drawable ? point.value : null);
  }
  return { byX, leftOut };
}

/** Smoothing sees the values in order of x, without those x that only others have. */
function smoothedColumn(xs: readonly number[], byX: ReadonlyMap<number, number | null>, weight: number): LineValue[] {
  const own = xs.filter((x) => byX.has(x));
  const values = smooth(
    own.map((x) => byX.get(x)),
    weight,
  );
  const at = new Map(own.map((x, index) => [x, values[index]]));
  return xs.map((x) => at.get(x));
}

function betterPoint(best: BestPoint | null, point: BestPoint, goal: "max" | "min"): BestPoint {
  if (!best) return point;
  return (goal === "max" ? point.value > best.value : point.value < best.value) ? point : best;
}

export function prepareLines({ series, xMode, smoothing = 0, log = false, best: goal }: PrepareLines): PreparedLines {
  const read = series.map((each) => ({ id: each.id, ...valuesByX(each, xMode, log) }));
  const xs = [...new Set(read.flatMap(({ byX }) => [...byX.keys()]))].sort((a, b) => a - b);
  const columns: LineColumn[] = [];
  const last = new Map<string, number>();
  let best: BestPoint | null = null;
  for (const { id, byX } of read) {
    const raw = xs.map((x) => byX.get(x));
    if (smoothing > 0) columns.push({ id, role: "raw", values: raw });
    columns.push({ id, role: "line", values: smoothing > 0 ? smoothedColumn(xs, byX, smoothing) : raw });
    for (const [index, value] of raw.entries()) {
      if (value === null || value === undefined) continue;
      last.set(id, value);
      if (goal) best = betterPoint(best, { id, x: xs[index] ?? 0, value }, goal);
    }
  }
  return { xs, columns, best, last, leftOut: read.reduce((sum, each) => sum + each.leftOut, 0) };
}
