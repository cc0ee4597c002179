import type { AxisScale } from "../parallel/prepare-parallel";
import { inPlot, type PlotPlace, spacedTicks, xAt, yAt } from "./points-place";

/** Lines and labels of two axes, in the page so that they are as sharp as its text. */
export function PlotAxes({ x, y, place, lines = true }: { x: AxisScale; y: AxisScale; place: PlotPlace; lines?: boolean }) {
  const bottom = place.height - place.bottom;
  return (
    <svg aria-hidden="true" width={place.width} height={place.height} className="pointer-events-none absolute inset-0 text-[11px]">
      {y.ticks.map(({ at, label }) => (
        <g key={label}>
          {lines && <line x1={place.left} x2={place.width - place.right} y1={yAt(place, at)} y2={yAt(place, at)} className="stroke-line" />}
          <text x={place.left - 6} y={yAt(place, at)} textAnchor="end" dominantBaseline="central" className="fill-muted">
            {short(label)}
          </text>
        </g>
      ))}
      <line x1={place.left} x2={place.width - place.right} y1={bottom} y2={bottom} className="stroke-control" />
      {spacedTicks(x, place.width - place.left - place.right).map(({ at, label }) => (
        <text key={label} x={xAt(place, inPlot(x, at))} y={bottom + 13} textAnchor="middle" className="fill-muted">
          {short(label)}
        </text>
      ))}
      <text x={place.width - place.right} y={place.height - 4} textAnchor="end" className="fill-muted">
        {x.axis.label}
      </text>
    </svg>
  );
}

const short = (label: string) => (label.length > 14 ? `${label.slice(0, 13)}…` : label);
