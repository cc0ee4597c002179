import type { LinePoint, LineSeries, XMode } from "./line-series";
import { type OwnLine, shareX } from "./shared-grid";
import { smooth } from "./smooth";

/** Series of their own x → columns over one shared x, as uPlot reads them: null is a gap, undefined is "not here". */

export type LineValue = number | null | undefined;

/** `low` and `high` are the edges of the band around the line of the same id, `before` a line that it took the place of. */
export type LineColumn = { id: string; role: "raw" | "before" | "low" | "high" | "line"; values: LineValue[] };

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

type Edges = { low: (number | null)[]; high: (number | null)[] };

type OwnSeries = OwnLine & { id: string; edges: Edges | null; before: OwnLine[]; leftOut: number };

/** In order of x; of two points with one x the later stands, as a resumed run rewrites its steps. `places` are the points' own. */
function orderedByX(points: readonly LinePoint[], mode: XMode, start: number): { xs: number[]; places: number[] } {
  const xs: number[] = [];
  const places: number[] = [];
  let before = Number.NEGATIVE_INFINITY;
  let goesUp = true;
  for (let index = 0; index < points.length; index += 1) {
    const x = xOf(points[index] ?? { value: null }, index, mode, start);
    if (x === undefined || !Number.isFinite(x)) continue;
    if (x <= before) goesUp = false;
    before = x;
    xs.push(x);
    places.push(index);
  }
  if (goesUp) return { xs, places };
  const later = [...new Map(xs.map((x, at) => [x, places[at] ?? 0]))].sort(([a], [b]) => a - b);
  return { xs: later.map(([x]) => x), places: later.map(([, place]) => place) };
}

function ownLine(series: LineSeries, mode: XMode, log: boolean, from?: number): OwnSeries {
  const start = from ?? series.start ?? series.points.find((point) => point.at !== undefined)?.at ?? 0;
  const isDrawable = (value: number | null | undefined): value is number => typeof value === "number" && Number.isFinite(value) && (!log || value > 0);
  const hasX = ({ at }: LinePoint) => mode === "step" || at !== undefined;
  const leftOut = series.points.reduce((count, point) => count + (hasX(point) && point.value !== null && !isDrawable(point.value) ? 1 : 0), 0);
  const { xs, places } = orderedByX(series.points, mode, start);
  const drawn = (read: (index: number) => number | null | undefined) =>
    places.map((place) => {
      const value = read(place);
      return isDrawable(value) ? value : null;
    });
  const { band } = series;
  const edges = band ? { low: drawn((index) => band[index]?.low), high: drawn((index) => band[index]?.high) } : null;
  const before = (series.before ?? []).map((earlier) => ownLine({ id: series.id, ...earlier }, mode, log, start));
  return { id: series.id, xs, values: drawn((index) => series.points[index]?.value), edges, before, leftOut };
}

/** What is drawn of a series, from what lies below to what lies above. */
function partsOf({ xs, values, edges, before }: OwnSeries, smoothing: number): (OwnLine & { role: LineColumn["role"] })[] {
  const smoothed = (line: (number | null)[]) => smooth(line, smoothing).map((value) => value ?? null);
  const raw = smoothing > 0 && !edges ? [{ role: "raw" as const, xs, values }] : [];
  const around = edges ? (["low", "high"] as const).map((role) => ({ role, xs, values: smoothed(edges[role]) })) : [];
  const earlier = before.map((line) => ({ role: "before" as const, xs: line.xs, values: line.values }));
  return [...earlier, ...raw, ...around, { role: "line", xs, values: smoothed(values) }];
}

function bestOf(lines: readonly OwnSeries[], goal: "max" | "min" | undefined): BestPoint | null {
  let best: BestPoint | null = null;
  if (!goal) return null;
  for (const { id, xs, values } of lines) {
    for (const [index, value] of values.entries()) {
      if (value === null || (best && (goal === "max" ? value <= best.value : value >= best.value))) continue;
      best = { id, x: xs[index] ?? 0, value };
    }
  }
  return best;
}

export function prepareLines({ series, xMode, smoothing = 0, log = false, best: goal }: PrepareLines): PreparedLines {
  const lines = series.map((each) => ownLine(each, xMode, log));
  const parts = lines.flatMap((line) => partsOf(line, smoothing).map((part) => ({ ...part, id: line.id })));
  const { xs, columns } = shareX(parts);
  const last = new Map<string, number>();
  for (const { id, values } of lines) {
    const value = values.findLast((each) => each !== null);
    if (value !== null && value !== undefined) last.set(id, value);
  }
  return {
    xs,
    columns: parts.map(({ id, role }, index) => ({ id, role, values: columns[index] ?? [] })),
    best: bestOf(lines, goal),
    last,
    leftOut: lines.reduce((sum, line) => sum + line.leftOut, 0),
  };
}

/** Where a value stands between two gaps, which makes no line: it is drawn as a point. An x of other series is no gap. */
export function aloneIn(values: ArrayLike<LineValue>): number[] | null {
  const found: number[] = [];
  let length = 0;
  let last = -1;
  for (let at = 0; at <= values.length; at += 1) {
    const value = at === values.length ? null : values[at];
    if (value === undefined) continue;
    if (value === null && length === 1) found.push(last);
    length = value === null ? 0 : length + 1;
    last = at;
  }
  return found.length > 0 ? found : null;
}
