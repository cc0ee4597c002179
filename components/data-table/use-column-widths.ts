"use client";

import { type PointerEvent, useState } from "react";
import type { DataColumn } from "./data-column";

const DEFAULT_WIDTH = 140;
const LEAST_WIDTH = 64;

/** Widths as people drag them; all else that a table library would hold, the server and the URL hold already. */
export function useColumnWidths<Row>(columns: readonly DataColumn<Row>[], firstAtMost: number) {
  const [dragged, setDragged] = useState<Readonly<Record<string, number>>>({});
  const widths = columns.map((column, index) => {
    const width = dragged[column.key] ?? column.width ?? DEFAULT_WIDTH;
    return index === 0 ? Math.min(width, firstAtMost) : width;
  });

  function onResizeStart(key: string, event: PointerEvent<HTMLElement>) {
    const handle = event.currentTarget;
    const start = event.clientX;
    const width = widths[columns.findIndex((column) => column.key === key)] ?? DEFAULT_WIDTH;
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
