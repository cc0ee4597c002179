"use client";

import { Bar, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { formatPercent, formatPlain } from "@/components/ui/format/format-number";
import { axisLook, gridLook, tooltipLook } from "../frame/recharts-look";
import type { HistogramRow } from "./prepare-histogram";

export type HistogramPlotProps = {
  rows: readonly HistogramRow[];
  height: number;
  label: string;
  referenceLabel: string;
};

export function HistogramPlot({ rows, height, label, referenceLabel }: HistogramPlotProps) {
  const edges = new Map(rows.map((row) => [row.bin, `${formatPlain(row.from, 3)}–${formatPlain(row.to, 3)}`]));
  return (
    <ResponsiveContainer width="100%" height={height}>
      <ComposedChart
        data={[...rows]}
        margin={{ top: 6, right: 4, bottom: 0, left: 0 }}
        barCategoryGap={1}
        accessibilityLayer
      >
        <CartesianGrid {...gridLook} />
        <XAxis dataKey="bin" {...axisLook} tickFormatter={(bin: string) => edges.get(bin) ?? ""} minTickGap={16} />
        <YAxis {...axisLook} width={44} tickFormatter={(share: number) => formatPercent(share, 0)} />
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
  );
}
