"use client";

import { useRef } from "react";
import { formatValue } from "@/components/ui/format/format-number";
import { formatDuration } from "@/components/ui/format/format-duration";
import { formatAbsolute } from "@/components/ui/format/format-time";
import type { LineSeries, XMode } from "./line-series";
import type { PreparedLines } from "./prepare-lines";

/** The x under the crosshair in words; without a zone, in the reader's. */
export function formatX(mode: XMode, x: number, zone?: string): string {
  if (mode === "step") return `step ${formatValue(x, 6)}`;
  return mode === "wall" ? formatAbsolute(x, zone) : formatDuration(x);
}

type Shown = { series: readonly LineSeries[]; prepared: PreparedLines; xMode: XMode; zone?: string; format: (value: number) => string };

/** What a panel's words say of the place and the line that are pointed at; written past React, for they move with every pixel. */
export function useCrosshair({ series, prepared, xMode, zone, format }: Shown) {
  const panel = useRef<HTMLDivElement>(null);
  const pointed = useRef({ focus: null as string | null, nearest: [] as readonly (number | null)[] });

  /** The value at the nearest point of a line's own, for lines seldom share every x. */
  function valueAt(id: string | null): string {
    const column = prepared.columns.findIndex((each) => each.id === id && each.role === "line");
    const value = prepared.columns[column]?.values[pointed.current.nearest[column] ?? -1];
    return value === null || value === undefined ? "–" : format(value);
  }

  function onFocus(id: string | null) {
    pointed.current.focus = id;
    const place = panel.current?.querySelector("[data-pointed]");
    const name = id === null ? undefined : series.find((each) => each.id === id)?.label;
    if (place) place.textContent = name ? `${name}  ${valueAt(id)}` : "";
  }

  function onPoint(index: number | null, nearest: readonly (number | null)[]) {
    const node = panel.current;
    pointed.current.nearest = nearest;
    if (!node) return;
    node.toggleAttribute("data-pointing", index !== null);
    if (index === null) return;
    for (const place of node.querySelectorAll("[data-at]")) place.textContent = valueAt(place.getAttribute("data-at"));
    const where = node.querySelector("[data-where]");
    if (where) where.textContent = formatX(xMode, prepared.xs[index] ?? 0, zone);
    onFocus(pointed.current.focus);
  }

  return { panel, onPoint, onFocus };
}
