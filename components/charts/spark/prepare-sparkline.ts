import { extentOf, padded, percentOf } from "../ticks";

/** Values → an SVG path in a box of 100 × 100; a gap starts a new stroke. */
export function sparkPath(values: readonly (number | null)[], domain?: readonly [number, number]): string {
  const extent = domain ?? extentOf(values);
  if (!extent) return "";
  const room = padded(extent, 0.08);
  const step = values.length > 1 ? 100 / (values.length - 1) : 0;
  let path = "";
  let drawing = false;
  for (const [index, value] of values.entries()) {
    if (value === null || !Number.isFinite(value)) {
      drawing = false;
      continue;
    }
    const y = 100 - percentOf(value, room);
    path += `${drawing ? "L" : "M"}${round(index * step)} ${round(y)}`;
    drawing = true;
  }
  return path;
}

/** Heights of bars from zero, in percent of the tallest. */
export function sparkBars(values: readonly (number | null)[]): number[] {
  const most = Math.max(0, ...values.map((value) => (value !== null && Number.isFinite(value) ? value : 0)));
  return values.map((value) =>
    most > 0 && value !== null && Number.isFinite(value) ? round((Math.max(0, value) / most) * 100) : 0,
  );
}

const round = (value: number) => Math.round(value * 10) / 10;
