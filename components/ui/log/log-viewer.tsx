"use client";

import { type MouseEvent, type ReactNode, useState } from "react";
import { Button } from "@/components/ui/actions/button";
import { cn } from "@/components/ui/class-names";
import type { LogEntry } from "./log-entry";
import { LogRow } from "./log-row";
import { LogToolbar } from "./log-toolbar";
import { useLogView } from "./use-log-view";

export type LogViewerProps = {
  label: string;
  /** Append by passing a longer array; lines keep their numbers. */
  lines: readonly LogEntry[];
  live?: boolean;
  hasEarlier?: boolean;
  onEarlier?: () => void;
  downloadHref?: string;
  hrefOfLine?: (n: number) => string;
  markedLine?: number;
  note?: ReactNode;
  empty?: ReactNode;
  height?: string;
  className?: string;
};

export function LogViewer(props: LogViewerProps) {
  const {
    label,
    lines,
    live,
    hasEarlier,
    onEarlier,
    hrefOfLine,
    markedLine,
    empty,
    height = "min(36rem, 70dvh)",
    className,
  } = props;
  const [query, setQuery] = useState("");
  const [wrap, setWrap] = useState(false);
  const [times, setTimes] = useState(false);
  const [pickedLine, setPickedLine] = useState(markedLine);
  const view = useLogView(lines, Boolean(live), query, markedLine);

  const matched = query === "" || view.currentLine === undefined ? undefined : lines[view.currentLine]?.n;
  const picked = matched ?? pickedLine;

  function onClick(event: MouseEvent) {
    const gutter = event.target instanceof Element ? event.target.closest("[data-line]") : null;
    if (gutter) setPickedLine(Number(gutter.getAttribute("data-line")));
  }

  return (
    <section
      aria-label={label}
      className={cn("min-w-0 overflow-hidden rounded-lg border border-line bg-panel", className)}
    >
      <LogToolbar
        query={query}
        onQuery={setQuery}
        found={view.found.length}
        current={view.current}
        onStep={view.step}
        wrap={wrap}
        onWrap={() => setWrap(!wrap)}
        times={times}
        onTimes={() => setTimes(!times)}
        following={view.following}
        onFollow={() => (live ? view.setFollowing(!view.following) : view.toEnd())}
        live={live}
        downloadHref={props.downloadHref}
        note={props.note}
        picked={picked}
        hrefOfLine={hrefOfLine}
      />
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: by keyboard, a search picks the line that the toolbar links to */}
      <div
        ref={view.scroller}
        onScroll={view.onScroll}
        onClick={onClick}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-label={label}
        style={{ height }}
        className="quiet-scroll overflow-auto -outline-offset-2"
      >
        {hasEarlier && (
          <div className="sticky left-0 flex justify-center py-1">
            <Button size="sm" variant="ghost" onClick={onEarlier}>
              Show earlier lines
            </Button>
          </div>
        )}
        {lines.length === 0 && (
          <div className="p-4 text-muted text-table">
            {empty ?? (live ? "Nothing printed yet." : "This log is empty.")}
          </div>
        )}
        <div className="relative" style={{ height: view.rows.getTotalSize() }}>
          {view.rows.getVirtualItems().map((row) => {
            const line = lines[row.index];
            if (!line) return null;
            return (
              <div
                key={row.key}
                data-index={row.index}
                ref={view.rows.measureElement}
                className={cn("absolute top-0 left-0", wrap ? "w-full" : "min-w-full")}
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <LogRow
                  line={line}
                  query={query}
                  wrap={wrap}
                  times={times}
                  marked={line.n === picked || (query !== "" && row.index === view.currentLine)}
                />
              </div>
            );
          })}
        </div>
      </div>
    </section>
  );
}
