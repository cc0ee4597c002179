"use client";

import Link from "next/link";
import { type PointerEvent, type ReactNode, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { formatAbsolute, formatClock, formatDay } from "@/components/ui/format/format-time";
import { ChartFrame } from "../frame/chart-frame";
import { percentOf, timeTicks } from "../ticks";
import { liveSentence, type PlacedSpan, placeSpans, type TimelineTone, type TimelineTrack } from "./prepare-timeline";

export type StackedTimelineProps = {
  title: string;
  description?: ReactNode;
  tracks: readonly TimelineTrack[];
  from: number;
  to: number;
  marks?: readonly { at: number; label: string }[];
  zone?: string;
  /** Called as a moment is pointed at, and with null when no longer. */
  onPoint?: (at: number | null) => void;
  loading?: boolean;
  empty?: ReactNode;
  actions?: ReactNode;
  bare?: boolean;
  className?: string;
};

const tones: Record<TimelineTone, string> = {
  accent: "border-accent/60 bg-accent/15",
  neutral: "border-line bg-well",
  failed: "border-failed/60 bg-failed/15",
};

function Span({ span }: { span: PlacedSpan }) {
  const looks = cn(
    "absolute inset-y-0.5 truncate rounded-sm border px-1.5 text-label leading-[18px]",
    tones[span.tone ?? "accent"],
    span.to === null && "rounded-r-none border-r-2 border-r-current",
  );
  const style = { left: `${span.left}%`, width: `max(3px, ${span.width}%)` };
  if (span.href)
    return (
      <Link
        href={span.href}
        data-tip={span.detail ?? span.label}
        className={cn(looks, "hover:border-accent")}
        style={style}
      >
        {span.label}
      </Link>
    );
  return (
    <span data-tip={span.detail ?? span.label} className={looks} style={style}>
      {span.label}
    </span>
  );
}

/** Point at a moment, or move the slider, and read what was live then. */
export function StackedTimeline({
  tracks,
  from,
  to,
  marks = [],
  zone = "UTC",
  onPoint,
  ...frame
}: StackedTimelineProps) {
  const [at, setAt] = useState<number | null>(null);
  const extent = [from, to] as const;
  const longer = to - from > 36 * 3_600_000;

  function pointAt(next: number | null) {
    setAt(next);
    onPoint?.(next);
  }

  function onPointerMove(event: PointerEvent) {
    const box = event.currentTarget.getBoundingClientRect();
    pointAt(from + Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * (to - from));
  }

  const rows = tracks.flatMap((track) =>
    track.spans.map((span) => [
      track.label,
      span.label,
      formatAbsolute(span.from, zone),
      span.to === null ? "now" : formatAbsolute(span.to, zone),
    ]),
  );
  return (
    <ChartFrame
      {...frame}
      height={tracks.length * 28 + 44}
      isEmpty={rows.length === 0}
      data={() => ({ columns: ["Track", "What", "From", "To"], rows })}
    >
      <div className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3">
        <div className="grid auto-rows-[28px] items-center text-label text-muted">
          {tracks.map((track) => (
            <span key={track.id}>{track.label}</span>
          ))}
        </div>
        <div className="relative" onPointerMove={onPointerMove} onPointerLeave={() => pointAt(null)}>
          {tracks.map((track) => (
            <div key={track.id} className="relative h-7 border-line border-b">
              {placeSpans(track, extent).map((span) => (
                <Span key={span.id} span={span} />
              ))}
            </div>
          ))}
          {marks.map((mark) => (
            <span
              key={`${mark.at} ${mark.label}`}
              data-tip={mark.label}
              className="absolute inset-y-0 w-0 border-control border-l border-dashed"
              style={{ left: `${percentOf(mark.at, extent)}%` }}
            />
          ))}
          {at !== null && (
            <span
              aria-hidden
              className="pointer-events-none absolute inset-y-0 w-px bg-ink"
              style={{ left: `${percentOf(at, extent)}%` }}
            />
          )}
        </div>
        <input
          type="range"
          aria-label="Moment"
          aria-valuetext={at === null ? "none chosen" : `${formatAbsolute(at, zone)}: ${liveSentence(tracks, at)}`}
          min={from}
          max={to}
          step={Math.max(1, Math.round((to - from) / 200))}
          value={at ?? to}
          onChange={(event) => pointAt(Number(event.target.value))}
          className="col-start-2 h-2 w-full cursor-pointer opacity-0 accent-accent focus-visible:opacity-100"
        />
        <div aria-hidden className="relative col-start-2 h-4 text-[11px] text-muted">
          {timeTicks(extent, 6).map((tick) => (
            <span
              key={tick}
              className="absolute -translate-x-1/2 whitespace-nowrap"
              style={{ left: `${percentOf(tick, extent)}%` }}
            >
              {longer ? formatDay(tick, to, zone) : formatClock(tick, zone)}
            </span>
          ))}
        </div>
      </div>
      <p role="status" className="mt-1 min-h-4 text-label">
        {at === null ? (
          <span className="text-muted">Point at a moment to see what was live.</span>
        ) : (
          `${formatAbsolute(at, zone)}: ${liveSentence(tracks, at)}`
        )}
      </p>
    </ChartFrame>
  );
}
