/** Rows → heights on axes: 0 is an axis's foot, 1 its head, NaN a row without a value there. Pure. */
import { formatPlain } from "@/components/ui/format/format-number";
import { extentOf, niceTicks, padded, tickLabels } from "../ticks";
import type { AxisBrush, Brushes, ParallelAxis, ParallelRow, ParallelValue } from "./parallel-data";

export type AxisTick = { at: number; label: string };

export type AxisScale = {
  axis: ParallelAxis;
  isLog: boolean;
  /** Of a numeric axis. */
  domain: readonly [number, number];
  /** Of a category axis, from foot to head. */
  names: readonly string[];
  ticks: readonly AxisTick[];
};

export type PreparedParallel = { scales: AxisScale[]; /** A row's heights stand side by side: row × axes + axis. */ heights: Float32Array; rows: readonly ParallelRow[] };

const byName = new Intl.Collator("en", { numeric: true });

const numberOf = (value: ParallelValue | undefined): number => (typeof value === "number" ? value : typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN);

const nameOf = (value: ParallelValue | undefined): string | null => (value === null || value === undefined ? null : String(value));

function logTicks([low, high]: readonly [number, number]): AxisTick[] {
  const [from, to] = [Math.log10(low), Math.log10(high)];
  const powers = Array.from({ length: Math.floor(to) - Math.ceil(from) + 1 }, (_, index) => Math.ceil(from) + index);
  const every = Math.max(1, Math.ceil(powers.length / 6));
  const values = powers.length > 1 ? powers.filter((_, index) => index % every === 0).map((power) => 10 ** power) : [low, high];
  return values.map((value) => ({ at: (Math.log10(value) - from) / (to - from), label: formatPlain(value, 2) }));
}

function numericScale(axis: ParallelAxis, values: readonly number[]): AxisScale {
  const finite = values.filter(Number.isFinite);
  const extent = extentOf(finite) ?? [0, 1];
  const isLog = axis.log === true && extent[0] > 0 && extent[1] > extent[0];
  const domain = isLog ? extent : extent[0] === extent[1] ? padded(extent, 0.5) : extent;
  const ticks = isLog ? [] : niceTicks(domain, 5);
  const labels = tickLabels(ticks);
  const linear = ticks.map((value, index) => ({ at: (value - domain[0]) / (domain[1] - domain[0]), label: labels[index] ?? "" }));
  return { axis, isLog, domain, names: [], ticks: isLog ? logTicks(domain) : linear };
}

const placeOf = (index: number, count: number): number => (count === 1 ? 0.5 : index / (count - 1));

function categoryScale(axis: ParallelAxis, values: readonly (string | null)[]): AxisScale {
  const names = [...new Set(values.flatMap((value) => value ?? []))].sort(byName.compare);
  const ticks = names.map((label, index) => ({ at: placeOf(index, names.length), label }));
  return { axis, isLog: false, domain: [0, 1], names, ticks };
}

export function heightOf(scale: AxisScale, value: ParallelValue | undefined): number {
  if (scale.axis.kind === "category") {
    const index = scale.names.indexOf(nameOf(value) ?? "");
    return index < 0 || nameOf(value) === null ? Number.NaN : placeOf(index, scale.names.length);
  }
  const number = numberOf(value);
  if (!Number.isFinite(number)) return Number.NaN;
  const [low, high] = scale.isLog ? scale.domain.map(Math.log10) : scale.domain;
  return ((scale.isLog ? Math.log10(number) : number) - (low ?? 0)) / ((high ?? 1) - (low ?? 0));
}

export function prepareParallel(axes: readonly ParallelAxis[], rows: readonly ParallelRow[]): PreparedParallel {
  const scales = axes.map((axis) => {
    const values = rows.map((row) => row.values[axis.key]);
    return axis.kind === "category" ? categoryScale(axis, values.map(nameOf)) : numericScale(axis, values.map(numberOf));
  });
  const heights = new Float32Array(rows.length * axes.length);
  for (const [r, row] of rows.entries()) for (const [a, scale] of scales.entries()) heights[r * axes.length + a] = heightOf(scale, row.values[scale.axis.key]);
  return { scales, heights, rows };
}

/** Rows without a value on some axis: their lines have gaps. */
export function countGaps({ scales, heights, rows }: PreparedParallel): number {
  return rows.filter((_, r) => scales.some((_scale, a) => Number.isNaN(heights[r * scales.length + a] ?? Number.NaN))).length;
}

/** The stretch of an axis's height that a brush covers; null without one. */
export function stretchOf(scale: AxisScale, brush: AxisBrush | undefined): { from: number; to: number } | null {
  if (!brush) return null;
  if ("among" in brush) {
    const held = brush.among.map((name) => heightOf(scale, name)).filter((height) => !Number.isNaN(height));
    if (held.length === 0) return null;
    const half = scale.names.length > 1 ? 0.5 / (scale.names.length - 1) : 0.5;
    return { from: Math.min(...held) - half, to: Math.max(...held) + half };
  }
  if (scale.axis.kind === "category") return null;
  const at = (value: number) => (scale.isLog && value <= 0 ? 0 : heightOf(scale, value));
  return { from: at(brush.from), to: at(brush.to) };
}

/** The values at a stretch of heights: what a pointer drew becomes what the address says. */
export function brushOf(scale: AxisScale, from: number, to: number): AxisBrush | null {
  const [low, high] = from < to ? [from, to] : [to, from];
  if (scale.axis.kind === "category") {
    const among = scale.names.filter((_, index) => placeOf(index, scale.names.length) >= low && placeOf(index, scale.names.length) <= high);
    return among.length === 0 ? null : { among };
  }
  const [bottom, top] = scale.domain;
  const at = (share: number) => (scale.isLog ? 10 ** (Math.log10(bottom) + share * (Math.log10(top) - Math.log10(bottom))) : bottom + share * (top - bottom));
  const exact = (value: number) => Number(value.toPrecision(6));
  return { from: exact(at(Math.max(0, low))), to: exact(at(Math.min(1, high))) };
}

/** Which rows lie within every brush. A row without a value on a brushed axis does not. */
export function rowsWithin(prepared: PreparedParallel, brushes: Brushes): boolean[] {
  const { scales, heights, rows } = prepared;
  const stretches = scales.map((scale) => stretchOf(scale, brushes[scale.axis.key]));
  return rows.map((_, r) =>
    stretches.every((stretch, a) => {
      const height = heights[r * scales.length + a] ?? Number.NaN;
      return stretch === null || (height >= stretch.from - 1e-5 && height <= stretch.to + 1e-5);
    }),
  );
}

/** The row whose line passes nearest to a point; `x` in axes (1.5 is between the second and the third), `y` a height. */
export function nearestRow({ scales, heights, rows }: PreparedParallel, x: number, y: number, within: readonly boolean[], reach: number): number | null {
  const left = Math.min(Math.max(0, Math.floor(x)), Math.max(0, scales.length - 2));
  const share = x - left;
  let nearest: number | null = null;
  let least = reach;
  for (let r = 0; r < rows.length; r += 1) {
    if (!within[r]) continue;
    const a = heights[r * scales.length + left] ?? Number.NaN;
    const b = scales.length > 1 ? (heights[r * scales.length + left + 1] ?? Number.NaN) : a;
    const away = Math.abs(a + (b - a) * share - y);
    if (away < least) [nearest, least] = [r, away];
  }
  return nearest;
}
