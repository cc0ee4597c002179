"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";

const rowHeight = 32;
const headHeight = 44;
const leastColumn = 184;

export type Window = {
  /** Columns that are in the page: the first, and those in sight. */
  columns: readonly { index: number; isFirst: boolean }[];
  rows: readonly number[];
  /** Room of what is left out: between the first column and the next, right of the last, above and below. */
  left: number;
  right: number;
  above: number;
  below: number;
  columnWidth: number;
};

/** Which cells of a table of any width and height are in the page. Few runs share the whole width. */
export function useTableWindow(columnCount: number, rowCount: number, labelWidth: number) {
  const scroller = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const node = scroller.current;
    if (!node) return;
    const watcher = new ResizeObserver(() => setWidth(node.clientWidth));
    watcher.observe(node);
    return () => watcher.disconnect();
  }, []);
  const columnWidth = Math.max(leastColumn, Math.floor((width - labelWidth) / Math.max(1, columnCount)));
  const getScrollElement = () => scroller.current;
  const rows = useVirtualizer({ count: rowCount, getScrollElement, estimateSize: () => rowHeight, overscan: 10, paddingStart: headHeight, initialRect: { width: 1_200, height: 700 } });
  const columns = useVirtualizer({ horizontal: true, count: Math.max(0, columnCount - 1), getScrollElement, estimateSize: () => columnWidth, overscan: 3, paddingStart: labelWidth + columnWidth, initialRect: { width: 1_200, height: 700 } });
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes are asked for again when they are others
  useEffect(() => columns.measure(), [columns, columnWidth, labelWidth]);
  const [inRows, inColumns] = [rows.getVirtualItems(), columns.getVirtualItems()];
  const window: Window = {
    columns: [{ index: 0, isFirst: true }, ...inColumns.map(({ index }) => ({ index: index + 1, isFirst: false }))],
    rows: inRows.map(({ index }) => index),
    left: Math.max(0, (inColumns[0]?.start ?? 0) - labelWidth - columnWidth),
    right: Math.max(0, columns.getTotalSize() - (inColumns.at(-1)?.end ?? columns.getTotalSize())),
    above: Math.max(0, (inRows[0]?.start ?? headHeight) - headHeight),
    below: Math.max(0, rows.getTotalSize() - (inRows.at(-1)?.end ?? rows.getTotalSize())),
    columnWidth,
  };
  return { scroller, window };
}
