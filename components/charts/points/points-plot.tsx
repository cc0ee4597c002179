"use client";

import { type PointerEvent, useEffect, useMemo, useRef, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { formatValue } from "@/components/ui/format/format-number";
import { cleanContext, usePlotWidth } from "../frame/plot-canvas";
import { type PlotColours, readPlotColours } from "../lines/plot-colours";
import { heightOf, type PreparedParallel } from "../parallel/prepare-parallel";
import { PlotAxes } from "./plot-axes";
import { inPlot, leftRoom, nearestSpot, type PlotPlace, type Spot, spreadOf, xAt, yAt } from "./points-place";

export type PointsPlotProps = {
  prepared: PreparedParallel;
  height: number;
  theme: string;
  steps?: readonly { x: number; y: number }[];
  marked: string | null;
  onChoose?: (id: string) => void;
};

type Placed = Spot & { label: string; colour: string };
const reach = 14;

function place(prepared: PreparedParallel, at: PlotPlace, colours: PlotColours): Placed[] {
  const [scale] = prepared.scales;
  return prepared.rows.flatMap((row, index) => {
    const [x, y] = [prepared.heights[index * 2] ?? Number.NaN, prepared.heights[index * 2 + 1] ?? Number.NaN];
    if (!scale || Number.isNaN(x) || Number.isNaN(y)) return [];
    const colour = typeof row.colour === "number" ? (colours.series[row.colour - 1] ?? colours.ink) : `color-mix(in oklab, ${colours.series[0]} ${Math.round(row.colour.shade * 100)}%, ${colours.ramp})`;
    return [{ id: row.id, label: row.label, x: xAt(at, inPlot(scale, x)) + spreadOf(scale, index), y: yAt(at, y), colour }];
  });
}

function drawSteps(context: CanvasRenderingContext2D, { prepared, steps = [] }: PointsPlotProps, at: PlotPlace, colours: PlotColours): void {
  const [xScale, yScale] = prepared.scales;
  if (!xScale || !yScale || steps.length === 0) return;
  context.strokeStyle = colours.series[0] ?? colours.ink;
  context.lineWidth = 2;
  context.beginPath();
  let before: number | null = null;
  for (const step of steps) {
    const [x, y] = [xAt(at, heightOf(xScale, step.x)), yAt(at, heightOf(yScale, step.y))];
    if (before === null) context.moveTo(x, y);
    else context.lineTo(x, before);
    context.lineTo(x, y);
    before = y;
  }
  context.stroke();
}

function draw(context: CanvasRenderingContext2D, spots: readonly Placed[], props: PointsPlotProps, at: PlotPlace, colours: PlotColours): void {
  drawSteps(context, props, at, colours);
  const radius = spots.length > 300 ? 2.5 : 3.5;
  context.lineWidth = 1;
  context.strokeStyle = colours.panel;
  for (const spot of spots) {
    context.fillStyle = spot.colour;
    context.beginPath();
    context.arc(spot.x, spot.y, radius, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
  const best = spots.find(({ id }) => id === props.marked);
  if (!best) return;
  context.lineWidth = 2;
  context.strokeStyle = colours.ink;
  context.beginPath();
  context.arc(best.x, best.y, 7, 0, 2 * Math.PI);
  context.stroke();
}

/** Points on a canvas; what is under the pointer is named beside it. */
export function PointsPlot(props: PointsPlotProps) {
  const { prepared, height, theme, marked, onChoose } = props;
  const [x, y] = prepared.scales;
  const { ref, width } = usePlotWidth();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [pointed, setPointed] = useState<string | null>(null);
  const at = useMemo<PlotPlace>(() => ({ width, height, left: y ? leftRoom(y) : 40, right: 6, top: 4, bottom: 32 }), [width, height, y]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours
  const spots = useMemo(() => (width > 0 ? place(prepared, at, readPlotColours()) : []), [prepared, at, width, theme]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: redrawn when what it shows changed
  useEffect(() => {
    const context = cleanContext(canvas.current, width, height);
    if (context) draw(context, spots, props, at, readPlotColours());
  }, [spots, props.steps, marked, at]);
  const shown = spots.find(({ id }) => id === (pointed ?? (props.steps ? marked : null)));

  function spotAt(event: PointerEvent): string | null {
    const box = event.currentTarget.getBoundingClientRect();
    return nearestSpot(spots, event.clientX - box.left, event.clientY - box.top, reach);
  }
  const values = prepared.rows.find(({ id }) => id === shown?.id)?.values ?? {};
  return (
    <div
      ref={ref}
      className={cn("relative min-w-0", pointed && onChoose && "cursor-pointer")}
      style={{ height }}
      onPointerMove={(event) => setPointed(spotAt(event))}
      onPointerLeave={() => setPointed(null)}
      onPointerUp={(event) => {
        const id = spotAt(event);
        if (id) onChoose?.(id);
      }}
    >
      {x && y && width > 0 && <PlotAxes x={x} y={y} place={at} />}
      <canvas ref={canvas} aria-hidden className="absolute inset-0 size-full" />
      {shown && x && y && (
        <span
          className="pointer-events-none absolute z-10 whitespace-nowrap rounded-sm border border-line bg-panel px-1.5 py-0.5 text-label"
          style={{ left: shown.x > width / 2 ? undefined : shown.x + 12, right: shown.x > width / 2 ? width - shown.x + 12 : undefined, top: Math.max(0, shown.y - 30) }}
        >
          <span className="font-medium">{shown.label}</span> <span className="text-muted">{said(values[y.axis.key])}</span>
        </span>
      )}
    </div>
  );
}

const said = (value: unknown) => (typeof value === "number" ? formatValue(value, 5) : String(value ?? ""));
