import type { SeriesLook } from "../colour-of";

/** A short stroke in the colour and dash of its series. */
export function LegendMark({ look, strong }: { look: SeriesLook; strong?: boolean }) {
  return (
    <svg width="18" height="8" aria-hidden="true" className="shrink-0">
      <line
        x1="1"
        x2="17"
        y1="4"
        y2="4"
        stroke={`var(--series-${look.colour})`}
        strokeWidth={strong ? 3 : 2}
        strokeDasharray={look.dash.join(" ") || undefined}
      />
    </svg>
  );
}
