"use client";

import { type PointerEvent, useMemo, useState } from "react";
import type { DataColumn } from "./data-column";

const DEFAULT_WIDTH = 140;
/** Of the table's type: a letter at the average, and the room around a cell's text. */
const LETTER = 7.2;
const PADDING = 21;
/** As many rows as tell: the rest of a long table is longer by little. */
const READ_ROWS = 500;

export function widthOf<Row>({ fit, header, width, value }: DataColumn<Row>, rows: readonly Row[]): number {
  if (!fit) return width ?? DEFAULT_WIDTH;
  const longest = rows.slice(0, READ_ROWS).reduce((most, row) => Math.max(most, String(value?.(row) ?? "").length), header.length);
  return Math.min(fit.atMost, Math.max(fit.atLeast, Math.ceil(longest * LETTER + PADDING)));
}

const LEAST_WIDTH = 64;

/** Widths as people drag them; all else that a table library would hold, the server and the URL hold already. */
export function useColumnWidths<Row>(columns: readonly DataColumn<Row>[], rows: readonly Row[], firstAtMost: number) {
  const [dragged, setDragged] = useState<Readonly<Record<string, number>>>({});
  const fitting = useMemo(() => columns.map((column) => widthOf(column, rows)), [columns, rows]);
  const widths = columns.map((column, index) => {
    const width = dragged[column.key] ?? fitting[index] ?? LEAST_WIDTH;
    return index === 0 ? Math.min(width, firstAtMost) : width;
  });

  function onResizeStart(key: string, event: PointerEvent<HTMLElement>) {
    const handle = event.currentTarget;
    const start = event.clientX;
    const width = widths[columns.findIndex((column) => column.key === key)] ?? LEAST_WIDTH;
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    handle.onpointermove = (move) => {
      setDragged((all) => ({ ...all, [key]: Math.max(LEAST_WIDTH, width + move.clientX - start) }));
    };
    handle.onlostpointercapture = () => {
      handle.onpointermove = null;
    };
  }

  function onResizeReset(key: string) {
    setDragged(({ [key]: _gone, ...rest }) => rest);
  }

  return { widths, total: widths.reduce((sum, width) => sum + width, 0), onResizeStart, onResizeReset };
}
