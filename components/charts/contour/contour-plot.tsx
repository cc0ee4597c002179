"use client";

import { useEffect, useMemo, useRef } from "react";
import { cleanContext, usePlotWidth } from "../frame/plot-canvas";
import { readPlotColours } from "../lines/plot-colours";
import type { PreparedParallel } from "../parallel/prepare-parallel";
import { PlotAxes } from "../points/plot-axes";
import { leftRoom, type PlotPlace, xAt, yAt } from "../points/points-place";
import { bandOf, type ContourPoint, fillContour } from "./prepare-contour";

export type ContourPlotProps = { prepared: PreparedParallel; points: readonly (ContourPoint & { isBest: boolean })[]; height: number; theme: string };

const size = 96;
export const contourBands = 9;

/** Bands of equal value from faint to strong, and the runs that they are drawn from. */
export function ContourPlot({ prepared, points, height, theme }: ContourPlotProps) {
  const [x, y] = prepared.scales;
  const { ref, width } = usePlotWidth();
  const canvas = useRef<HTMLCanvasElement>(null);
  const cells = useMemo(() => fillContour(points, size), [points]);
  const at = useMemo<PlotPlace>(() => ({ width, height, left: y ? leftRoom(y) : 40, right: 6, top: 4, bottom: 32 }), [width, height, y]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours
  useEffect(() => {
    const context = cleanContext(canvas.current, width, height);
    if (!context) return;
    const colours = readPlotColours();
    const [left, foot] = [xAt(at, 0), yAt(at, 0)];
    const [wide, tall] = [(xAt(at, 1) - left) / size, (foot - yAt(at, 1)) / size];
    for (const [index, share] of cells.entries()) {
      context.fillStyle = `color-mix(in oklab, ${colours.series[0]} ${Math.round(bandOf(share, contourBands) * 85)}%, ${colours.panel})`;
      context.fillRect(left + (index % size) * wide, foot - (Math.floor(index / size) + 1) * tall, wide + 0.6, tall + 0.6);
    }
    for (const point of points) {
      context.beginPath();
      context.arc(xAt(at, point.x), yAt(at, point.y), point.isBest ? 5 : 2.5, 0, 2 * Math.PI);
      context.fillStyle = point.isBest ? colours.panel : colours.ink;
      context.fill();
      context.strokeStyle = point.isBest ? colours.ink : colours.panel;
      context.lineWidth = point.isBest ? 2 : 1;
      context.stroke();
    }
  }, [cells, points, at, width, height, theme]);
  return (
    <div ref={ref} className="relative min-w-0" style={{ height }}>
      <canvas ref={canvas} aria-hidden className="absolute inset-0 size-full" />
      {x && y && width > 0 && <PlotAxes x={x} y={y} place={at} lines={false} />}
    </div>
  );
}
