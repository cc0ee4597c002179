"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import { findInLog } from "./find-in-log";
import type { LogEntry } from "./log-entry";

const LINE_HEIGHT = 20;

/** Scrolling, following and searching of a log; the drawing is LogViewer's. */
export function useLogView(lines: readonly LogEntry[], follow: boolean, query: string, marked?: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(follow && marked === undefined);
  const [stepped, setStepped] = useState({ query: "", match: -1 });
  // A new query starts before its first match, so that Enter goes to it.
  const current = stepped.query === query ? stepped.match : -1;
  const found = useMemo(() => findInLog(lines, query), [lines, query]);

  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    getItemKey: (index) => lines[index]?.n ?? index,
    overscan: 20,
  });

  const markedIndex = marked === undefined ? -1 : lines.findIndex((line) => line.n === marked);
  useEffect(() => {
    if (markedIndex >= 0) rows.scrollToIndex(markedIndex, { align: "center" });
  }, [markedIndex, rows]);

  useEffect(() => {
    if (following && lines.length > 0) rows.scrollToIndex(lines.length - 1, { align: "end" });
  }, [following, lines.length, rows]);

  function goTo(match: number) {
    const index = found[match];
    if (index === undefined) return;
    setStepped({ query, match });
    setFollowing(false);
    rows.scrollToIndex(index, { align: "center" });
  }

  /** Scrolling up lets go of the tail; reaching the end takes hold of it again. */
  function onScroll() {
    const box = scroller.current;
    if (!box || !follow) return;
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 2 * LINE_HEIGHT;
    if (!atEnd && rows.scrollDirection === "backward") setFollowing(false);
    if (atEnd && rows.scrollDirection === "forward") setFollowing(true);
  }

  return {
    scroller,
    rows,
    found,
    current,
    currentLine: found[current],
    following,
    onScroll,
    setFollowing,
    step: (by: 1 | -1) =>
      found.length > 0 && goTo((Math.max(current, by === 1 ? -1 : 0) + by + found.length) % found.length),
    toEnd: () => rows.scrollToIndex(lines.length - 1, { align: "end" }),
  };
}
