"use client";

import { Bar, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { formatPercent } from "@/components/ui/format/format-number";
import { niceTicks, percentOf, tickLabels } from "../ticks";
import { axisLook, gridLook, tooltipLook } from "../frame/recharts-look";
import type { HistogramRow } from "./prepare-histogram";

export type HistogramPlotProps = {
  rows: readonly HistogramRow[];
  height: number;
  label: string;
  referenceLabel: string;
};

const yAxisWidth = 44;
const rightMargin = 4;

/** Round values at their own places between the bins' edges, not the bins' names. */
function ValueAxis({ rows }: { rows: readonly HistogramRow[] }) {
  const extent = [rows[0]?.from ?? 0, rows.at(-1)?.to ?? 1] as const;
  const ticks = niceTicks(extent, 6);
  const labels = tickLabels(ticks);
  return (
    <div
      aria-hidden
      className="relative h-5 text-[11px] text-muted"
      style={{ marginLeft: yAxisWidth, marginRight: rightMargin }}
    >
      {ticks.map((tick, index) => (
        <span key={tick} className="absolute top-1 -translate-x-1/2" style={{ left: `${percentOf(tick, extent)}%` }}>
          {labels[index]}
        </span>
      ))}
    </div>
  );
}

/** Round shares; the axis ends at the tallest bar. */
function shareTicks(rows: readonly HistogramRow[]): number[] {
  return niceTicks([0, Math.max(0, ...rows.flatMap(({ share, reference }) => [share ?? 0, reference ?? 0]))], 4);
}

export function HistogramPlot({ rows, height, label, referenceLabel }: HistogramPlotProps) {
  const ticks = shareTicks(rows);
  const digits = (ticks[1] ?? 1) < 0.01 ? 1 : 0;
  return (
    <>
      <ResponsiveContainer width="100%" height={height - 20}>
        <ComposedChart
          data={[...rows]}
          margin={{ top: 6, right: rightMargin, bottom: 6, left: 0 }}
          barCategoryGap={1}
          accessibilityLayer
        >
          <CartesianGrid {...gridLook} />
          <XAxis dataKey="bin" hide />
          <YAxis {...axisLook} width={yAxisWidth} ticks={ticks} domain={[0, "dataMax"]} tickFormatter={(share: number) => formatPercent(share, digits)} />
          <Tooltip {...tooltipLook} formatter={(share) => formatPercent(Number(share), 2)} />
          <Bar dataKey="share" name={label} fill="var(--series-1)" fillOpacity={0.55} isAnimationActive={false} />
          <Line
            dataKey="reference"
            name={referenceLabel}
            type="step"
            stroke="var(--series-2)"
            strokeWidth={1.75}
            strokeDasharray="5 3"
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
        </ComposedChart>
      </ResponsiveContainer>
      <ValueAxis rows={rows} />
    </>
  );
}
