"use client";

import { type PointerEvent, useEffect, useEffectEvent, useMemo, useRef } from "react";
import { cn } from "@/components/ui/class-names";
import { usePlotWidth } from "../frame/plot-canvas";
import { readPlotColours } from "../lines/plot-colours";
import { AxisBrushStrip } from "./axis-brush";
import { drawParallel, drawPointed, type ParallelPlace, xOfAxis, yOfHeight } from "./draw-parallel";
import type { AxisBrush, Brushes } from "./parallel-data";
import { nearestRow, type PreparedParallel } from "./prepare-parallel";

export type ParallelPlotProps = {
  prepared: PreparedParallel;
  within: readonly boolean[];
  brushes: Brushes;
  height: number;
  theme: string;
  /** A row that something else points at, such as a table's. */
  pointed: string | null;
  onBrush: (key: string, brush: AxisBrush | null) => void;
  onPoint: (id: string | null) => void;
  onChoose?: (id: string) => void;
};

const leastGap = 104;
const reach = 9;

/** A canvas as sharp as the screen; what it shows stays until it is drawn anew. */
function contextOf(canvas: HTMLCanvasElement | null, { width, height }: ParallelPlace): CanvasRenderingContext2D | null {
  const context = canvas?.getContext("2d") ?? null;
  if (!canvas || !context) return null;
  const ratio = window.devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

/** Lines on one canvas, the pointed one on another over it, axes and brushes in the page. */
export function ParallelPlot(props: ParallelPlotProps) {
  const { prepared, within, brushes, height, theme, pointed } = props;
  const { scales } = prepared;
  const { ref, width } = usePlotWidth();
  const lines = useRef<HTMLCanvasElement>(null);
  const over = useRef<HTMLCanvasElement>(null);
  const place = useMemo<ParallelPlace>(
    () => ({ width: Math.max(width, 70 + leastGap * (scales.length - 1)), height, left: 24, right: 62, top: 30, bottom: 12 }),
    [width, height, scales.length],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours
  useEffect(() => {
    const context = contextOf(lines.current, place);
    if (!context || width === 0) return;
    const frame = requestAnimationFrame(() => drawParallel(context, { prepared, within, place, colours: readPlotColours() }));
    return () => cancelAnimationFrame(frame);
  }, [prepared, within, place, width, theme]);

  const show = useEffectEvent((id: string | null) => {
    const context = contextOf(over.current, place);
    const index = prepared.rows.findIndex((row) => row.id === id);
    if (context) drawPointed(context, { prepared, place, colours: readPlotColours() }, index < 0 ? null : index);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the line moves with its axes
  useEffect(() => show(pointed), [pointed, prepared, place, theme]);

  function rowAt(event: PointerEvent): string | null {
    const box = event.currentTarget.getBoundingClientRect();
    const first = xOfAxis(place, 0, scales.length);
    const gap = scales.length > 1 ? xOfAxis(place, 1, scales.length) - first : 1;
    const tall = place.height - place.top - place.bottom;
    const y = (place.height - place.bottom - (event.clientY - box.top)) / tall;
    const found = nearestRow(prepared, (event.clientX - box.left - first) / gap, y, within, reach / tall);
    return found === null ? null : (prepared.rows[found]?.id ?? null);
  }

  return (
    <div ref={ref} className="min-w-0">
      <div
        className={cn("relative", pointed && props.onChoose && "cursor-pointer")}
        style={{ width: place.width, height }}
        onPointerMove={(event) => props.onPoint(rowAt(event))}
        onPointerLeave={() => props.onPoint(null)}
      >
        <canvas ref={lines} aria-hidden className="absolute inset-0 size-full" />
        <canvas
          ref={over}
          aria-hidden
          className="absolute inset-0 size-full"
          onPointerUp={(event) => {
            const id = rowAt(event);
            if (id) props.onChoose?.(id);
          }}
        />
        {scales.map((scale, index) => (
          <div key={scale.axis.key}>
            <span className="pointer-events-none absolute w-px bg-control" style={{ left: xOfAxis(place, index, scales.length), top: place.top, bottom: place.bottom }} />
            <span
              data-tip={scale.axis.label}
              className={cn("absolute top-0 truncate text-label", index > 0 && index < scales.length && "-translate-x-1/2 text-center", scale.axis.strong ? "font-medium" : "text-muted")}
              style={{ left: index === 0 ? 0 : xOfAxis(place, index, scales.length), width: leastGap - 8 }}
            >
              {scale.axis.label}
            </span>
            {scale.ticks.map((tick) => (
              <span
                key={tick.label}
                className="pointer-events-none absolute max-w-24 -translate-y-1/2 truncate rounded-sm bg-panel/80 px-1 text-[11px] text-ink leading-4"
                style={{ left: xOfAxis(place, index, scales.length) + 4, top: yOfHeight(place, tick.at) }}
              >
                {tick.label}
              </span>
            ))}
            <AxisBrushStrip scale={scale} index={index} count={scales.length} place={place} brush={brushes[scale.axis.key]} onBrush={(brush) => props.onBrush(scale.axis.key, brush)} />
          </div>
        ))}
      </div>
    </div>
  );
}
