"use client";

import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { formatPlain } from "@/components/ui/format/format-number";
import { type ParallelPlace, xOfAxis, yOfHeight } from "./draw-parallel";
import type { AxisBrush } from "./parallel-data";
import { type AxisScale, brushOf, stretchOf } from "./prepare-parallel";

export type AxisBrushProps = {
  scale: AxisScale;
  index: number;
  count: number;
  place: ParallelPlace;
  brush: AxisBrush | undefined;
  onBrush: (brush: AxisBrush | null) => void;
};

const reach = 14;
const keyStep = 0.05;

const wordsOf = (scale: AxisScale, height: number): string => {
  const made = brushOf(scale, height, height);
  if (made && "from" in made) return formatPlain(made.from);
  const nearest = Math.round(height * Math.max(0, scale.names.length - 1));
  return scale.names[Math.min(scale.names.length - 1, Math.max(0, nearest))] ?? "";
};

/** An axis that a pointer draws a stretch on; its ends are sliders for the keyboard. */
export function AxisBrushStrip({ scale, index, count, place, brush, onBrush }: AxisBrushProps) {
  const strip = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<{ from: number; to: number } | null>(null);
  const stretch = drawn ?? stretchOf(scale, brush);
  const heightAt = (event: PointerEvent) => {
    const box = strip.current?.getBoundingClientRect();
    if (!box) return 0;
    return (place.height - place.bottom - (event.clientY - box.top)) / (place.height - place.top - place.bottom);
  };

  function start(event: PointerEvent) {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const from = heightAt(event);
    setDrawn({ from, to: from });
  }

  function finish() {
    if (!drawn) return;
    setDrawn(null);
    // A click clears what was drawn before.
    onBrush(Math.abs(drawn.to - drawn.from) < 0.01 ? null : brushOf(scale, drawn.from, drawn.to));
  }

  const [low, high] = stretch ? [Math.min(stretch.from, stretch.to), Math.max(stretch.from, stretch.to)] : [0, 1];

  function move(end: "from" | "to", event: KeyboardEvent) {
    const step = scale.axis.kind === "category" ? 1 / Math.max(1, scale.names.length - 1) : keyStep;
    const change = { ArrowUp: step, ArrowRight: step, ArrowDown: -step, ArrowLeft: -step }[event.key];
    if (event.key === "Escape" || event.key === "Delete") return onBrush(null);
    if (change === undefined) return;
    event.preventDefault();
    const next = Math.min(1, Math.max(0, (end === "from" ? Math.max(0, low) : Math.min(1, high)) + change));
    const made = end === "from" ? brushOf(scale, Math.min(next, high), high) : brushOf(scale, low, Math.max(next, low));
    if (made) onBrush(made);
  }

  return (
    <div
      ref={strip}
      className="absolute top-0 cursor-crosshair touch-none"
      style={{ left: xOfAxis(place, index, count) - reach, width: reach * 2, height: place.height }}
      onPointerDown={start}
      onPointerMove={(event) => drawn && setDrawn({ ...drawn, to: heightAt(event) })}
      onPointerUp={finish}
      onPointerCancel={() => setDrawn(null)}
    >
      {stretch && (
        <span
          className="pointer-events-none absolute inset-x-1.5 rounded-sm border border-accent bg-accent/20"
          style={{ top: yOfHeight(place, Math.min(1.02, high)), height: Math.max(3, yOfHeight(place, Math.max(-0.02, low)) - yOfHeight(place, Math.min(1.02, high))) }}
        />
      )}
      {(["to", "from"] as const).map((end) => {
        const height = Math.min(1, Math.max(0, end === "from" ? low : high));
        return (
          // biome-ignore lint/a11y/useSemanticElements: an input of type range can't stand upright on an axis with any scale
          <span
            key={end}
            role="slider"
            tabIndex={0}
            aria-orientation="vertical"
            aria-label={`${scale.axis.label}: ${end === "from" ? "from" : "up to"}`}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(height * 100)}
            aria-valuetext={wordsOf(scale, height)}
            onKeyDown={(event) => move(end, event)}
            className={cn("absolute inset-x-0.5 h-2 rounded-sm", stretch && "cursor-ns-resize")}
            style={{ top: yOfHeight(place, height) - 4 }}
          />
        );
      })}
    </div>
  );
}
