"use client";

import { memo } from "react";
import { cn } from "@/components/ui/class-names";
import { formatClock } from "@/components/ui/format/format-time";
import { splitMatches } from "./find-in-log";
import type { LogEntry } from "./log-entry";
import { type AnsiSegment, parseAnsi } from "./parse-ansi";

const SHOWN_CHARACTERS = 4_000;

export type LogRowProps = {
  line: LogEntry;
  query: string;
  wrap: boolean;
  times: boolean;
  marked: boolean;
};

function Segment({ segment, query }: { segment: AnsiSegment; query: string }) {
  const { style } = segment;
  return (
    <span
      className={cn(
        style.bold && "font-bold",
        style.dim && "opacity-75",
        style.italic && "italic",
        style.underline && "underline",
      )}
      style={{
        color: style.color,
        backgroundColor: style.background && `color-mix(in oklch, ${style.background} 25%, transparent)`,
      }}
    >
      {splitMatches(segment.text, query).map((part, index) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a line have no other identity
        index % 2 === 1 ? <mark key={index}>{part}</mark> : part,
      )}
    </span>
  );
}

export const LogRow = memo(function LogRow({ line, query, wrap, times, marked }: LogRowProps) {
  const cut = line.text.length > SHOWN_CHARACTERS;
  const segments = parseAnsi(cut ? line.text.slice(0, SHOWN_CHARACTERS) : line.text);
  return (
    <div
      className={cn(
        "flex w-full font-mono text-label leading-5 hover:bg-well/70",
        marked && "bg-accent/12",
        line.stream === "system" && "text-muted italic",
      )}
    >
      <span
        data-line={line.n}
        className={cn(
          "sticky left-0 w-14 cursor-pointer shrink-0 select-none bg-panel pr-3 text-right text-faint hover:text-ink",
          marked && "font-bold text-ink",
        )}
      >
        {line.n}
      </span>
      {times && line.at !== undefined && (
        <time className="w-[4.6rem] shrink-0 select-none text-faint">{formatClock(line.at, undefined, true)}</time>
      )}
      <span aria-hidden={line.stream !== "err"} className="w-3 shrink-0 select-none text-failed">
        {line.stream === "err" ? "!" : ""}
      </span>
      <span className={cn("min-w-0 flex-1 pr-3", wrap ? "whitespace-pre-wrap break-all" : "whitespace-pre")}>
        {segments.map((segment, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the segments of a line have no other identity
          <Segment key={index} segment={segment} query={query} />
        ))}
        {cut && (
          <span className="text-muted"> … {line.text.length - SHOWN_CHARACTERS} more characters in the file</span>
        )}
      </span>
    </div>
  );
});
