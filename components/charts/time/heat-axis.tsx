import { formatClock } from "@/components/ui/format/format-time";
import { percentOf, timeTicks } from "../ticks";
import type { HeatMark } from "./prepare-heat";

export type HeatAxisProps = { times: readonly number[]; marks: readonly HeatMark[]; zone?: string };

/** Clock times below the cells, and what was done when, with its word on hover. */
export function HeatAxis({ times, marks, zone }: HeatAxisProps) {
  const first = times[0] ?? 0;
  const end = (times.at(-1) ?? 0) + ((times[1] ?? first) - first);
  const extent = [first, end] as const;
  return (
    <div className="relative h-6 text-[11px] text-muted">
      {timeTicks(extent, 6).map((at) => (
        <span
          key={at}
          className="absolute top-1 -translate-x-1/2 bg-panel px-0.5"
          style={{ left: `${percentOf(at, extent)}%` }}
        >
          {formatClock(at, zone)}
        </span>
      ))}
      {marks.map((mark) => (
        <span
          key={`${mark.at} ${mark.label}`}
          role="img"
          aria-label={`${formatClock(mark.at, zone)} ${mark.label}`}
          data-tip={`${formatClock(mark.at, zone)} ${mark.label}`}
          className="absolute -top-0.5 -translate-x-1/2 text-accent-text leading-none"
          style={{ left: `${percentOf(mark.at, extent)}%` }}
        >
          ▲
        </span>
      ))}
    </div>
  );
}
