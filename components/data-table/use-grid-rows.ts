"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import type { TableGridProps } from "./table-grid";

const ROW_HEIGHT = { normal: 32, dense: 28 } as const;

/** Which rows are drawn, how much is left out above and below them, and when the next page is wanted. */
export function useGridRows<Row>(props: TableGridProps<Row>) {
  const { rows, state, hasNextPage, isFetchingNextPage, fetchNextPage, error, pinned } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const height = ROW_HEIGHT[state.density];
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    // A pinned row lies over those that scroll beneath it.
    scrollPaddingStart: pinned ? height : 0,
    initialRect: { width: 1000, height: 800 },
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1);
  const [isAsking, setAsking] = useState(false);
  const nearEnd = (last?.index ?? 0) >= rows.length - 15;

  useEffect(() => {
    // A read of the loaded pages that is under way ends first; then this is asked again.
    if (!nearEnd || !hasNextPage || isFetchingNextPage || error || isAsking || !fetchNextPage) return;
    setAsking(true);
    void fetchNextPage({ cancelRefetch: false }).then(() => setAsking(false));
  }, [nearEnd, hasNextPage, isFetchingNextPage, error, fetchNextPage, isAsking]);

  return {
    scroller,
    height,
    items,
    // A pinned row is drawn apart, and always.
    before: Math.max(0, (items[0]?.start ?? 0) - (pinned && items[0]?.index !== 0 ? height : 0)),
    after: virtual.getTotalSize() - (last?.end ?? 0),
    reveal: (index: number) => virtual.scrollToIndex(index),
  };
}
