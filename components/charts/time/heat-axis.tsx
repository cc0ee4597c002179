import { cn } from "@/components/ui/class-names";
import { percentOf, timeTicks } from "../ticks";
import { type HeatMark, heatTime } from "./prepare-heat";

export type HeatAxisProps = { times: readonly number[]; marks: readonly HeatMark[]; zone?: string };

/** From here on a label ends at its tick, so that it stays within its card. */
const nearTheEnd = 90;

/** Clock times below the cells, and what was done when, with its word on hover. */
export function HeatAxis({ times, marks, zone }: HeatAxisProps) {
  const first = times[0] ?? 0;
  const end = (times.at(-1) ?? 0) + ((times[1] ?? first) - first);
  const extent = [first, end] as const;
  const told = heatTime(times, zone);
  return (
    <div className="relative h-6 text-[11px] text-muted">
      {timeTicks(extent, 6).map((at) => (
        <span
          key={at}
          className={cn(
            "absolute top-1 whitespace-nowrap bg-panel px-0.5",
            percentOf(at, extent) > nearTheEnd ? "-translate-x-full" : "-translate-x-1/2",
          )}
          style={{ left: `${percentOf(at, extent)}%` }}
        >
          {told(at)}
        </span>
      ))}
      {marks.map((mark) => (
        <span
          key={`${mark.at} ${mark.label}`}
          role="img"
          aria-label={`${told(mark.at)} ${mark.label}`}
          data-tip={`${told(mark.at)} ${mark.label}`}
          className="absolute -top-0.5 -translate-x-1/2 text-accent-text leading-none"
          style={{ left: `${percentOf(mark.at, extent)}%` }}
        >
          ▲
        </span>
      ))}
    </div>
  );
}
