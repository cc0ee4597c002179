/** Lines of a parallel-coordinates chart on a canvas: those outside the brushes faint and below, one path a colour. */
import type { PlotColours } from "../lines/plot-colours";
import type { ParallelRow } from "./parallel-data";
import type { PreparedParallel } from "./prepare-parallel";

export type ParallelPlace = { width: number; height: number; left: number; right: number; top: number; bottom: number };

export const xOfAxis = (place: ParallelPlace, index: number, count: number): number =>
  count === 1 ? (place.left + place.width - place.right) / 2 : place.left + (index * (place.width - place.left - place.right)) / (count - 1);

export const yOfHeight = (place: ParallelPlace, height: number): number => place.height - place.bottom - height * (place.height - place.top - place.bottom);

const shades = 12;

function colourOfRow(row: ParallelRow, colours: PlotColours): string {
  if (typeof row.colour === "number") return colours.series[row.colour - 1] ?? colours.ink;
  const share = Math.round(Math.min(1, Math.max(0, row.colour.shade)) * shades) / shades;
  return `color-mix(in oklab, ${colours.series[0]} ${Math.round(share * 100)}%, ${colours.ramp})`;
}

/** A row without a value on an axis has no line to or from there. */
function trace(context: CanvasRenderingContext2D, { heights, scales }: PreparedParallel, r: number, place: ParallelPlace) {
  let isDown = false;
  for (let a = 0; a < scales.length; a += 1) {
    const height = heights[r * scales.length + a] ?? Number.NaN;
    if (Number.isNaN(height)) {
      isDown = false;
      continue;
    }
    const x = xOfAxis(place, a, scales.length);
    const y = yOfHeight(place, height);
    if (isDown) context.lineTo(x, y);
    else context.moveTo(x, y);
    isDown = true;
  }
}

function strokeRows(context: CanvasRenderingContext2D, prepared: PreparedParallel, indexes: readonly number[], place: ParallelPlace, colours: PlotColours) {
  const byColour = new Map<string, number[]>();
  for (const r of indexes) {
    const row = prepared.rows[r];
    const colour = row ? colourOfRow(row, colours) : colours.ink;
    const own = byColour.get(colour);
    if (own) own.push(r);
    else byColour.set(colour, [r]);
  }
  for (const [colour, own] of byColour) {
    context.strokeStyle = colour;
    context.beginPath();
    for (const r of own) trace(context, prepared, r, place);
    context.stroke();
  }
}

export type ParallelDrawing = { prepared: PreparedParallel; within: readonly boolean[]; place: ParallelPlace; colours: PlotColours };

export function drawParallel(context: CanvasRenderingContext2D, { prepared, within, place, colours }: ParallelDrawing) {
  const indexes = prepared.rows.map((_, index) => index);
  const inside = indexes.filter((r) => within[r]);
  context.clearRect(0, 0, place.width, place.height);
  context.lineJoin = "round";
  context.lineWidth = 1;
  if (inside.length < indexes.length) {
    context.globalAlpha = inside.length > 0 ? 0.5 : 1;
    context.strokeStyle = colours.line;
    context.beginPath();
    for (const r of indexes) if (!within[r]) trace(context, prepared, r, place);
    context.stroke();
  }
  // Many lines lie over each other; a little light through them shows where most are.
  context.globalAlpha = inside.length > 200 ? 0.55 : 0.85;
  context.lineWidth = inside.length > 200 ? 1 : 1.5;
  strokeRows(context, prepared, inside, place, colours);
  context.globalAlpha = 1;
}

/** The line under the pointer, over all others, with its points on the axes. */
export function drawPointed(context: CanvasRenderingContext2D, { prepared, place, colours }: Omit<ParallelDrawing, "within">, r: number | null) {
  context.clearRect(0, 0, place.width, place.height);
  if (r === null) return;
  context.lineJoin = "round";
  for (const [width, colour] of [[6, colours.panel], [2.5, colours.ink]] as const) {
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.beginPath();
    trace(context, prepared, r, place);
    context.stroke();
  }
  context.fillStyle = colours.ink;
  for (let a = 0; a < prepared.scales.length; a += 1) {
    const height = prepared.heights[r * prepared.scales.length + a] ?? Number.NaN;
    if (Number.isNaN(height)) continue;
    context.beginPath();
    context.arc(xOfAxis(place, a, prepared.scales.length), yOfHeight(place, height), 3.5, 0, 2 * Math.PI);
    context.fill();
  }
}
