"use client";

import {
  CartesianGrid,
  ErrorBar,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { formatPlain, formatValue } from "@/components/ui/format/format-number";
import { axisLook, gridLook, tooltipLook } from "../frame/recharts-look";
import { extentOf } from "../ticks";
import type { CurveChartProps } from "./curve-chart";
import type { PreparedCurve } from "./prepare-curves";

export type CurvePlotProps = Omit<CurveChartProps, "curves"> & { curves: readonly PreparedCurve[]; height: number };

export function CurvePlot({ curves, xLabel, yLabel, xDomain, yDomain, diagonal, dots, height }: CurvePlotProps) {
  const points = curves.flatMap((curve) => curve.points);
  const most = extentOf(points.flatMap((point) => [point.x, point.y, point.high]))?.[1] ?? 1;
  // With a diagonal both axes must have one scale, or "above the line" would mean nothing.
  const domain = diagonal ? ([0, Math.min(1, Math.ceil(most * 10) / 10)] as [number, number]) : undefined;
  const xRange = xDomain ?? domain;
  const end = xRange?.[1] ?? 1;
  return (
    <ResponsiveContainer width="100%" height={height}>
      <LineChart margin={{ top: 6, right: 10, bottom: 14, left: 4 }} accessibilityLayer>
        <CartesianGrid {...gridLook} vertical />
        <XAxis
          type="number"
          dataKey="x"
          {...axisLook}
          domain={xRange ?? ["auto", "auto"]}
          tickFormatter={(value: number) => formatPlain(value, 2)}
          label={{ value: xLabel, position: "insideBottom", offset: -8, fontSize: 11, fill: "var(--muted)" }}
        />
        <YAxis
          type="number"
          {...axisLook}
          width={48}
          domain={yDomain ?? domain ?? ["auto", "auto"]}
          tickFormatter={(value: number) => formatPlain(value, 2)}
          label={{
            value: yLabel,
            angle: -90,
            position: "insideLeft",
            offset: 4,
            fontSize: 11,
            fill: "var(--muted)",
            style: { textAnchor: "middle" },
          }}
        />
        <Tooltip
          {...tooltipLook}
          formatter={(value) => formatValue(Number(value))}
          labelFormatter={(x) => `${xLabel} ${formatValue(Number(x))}`}
        />
        {diagonal && (
          <ReferenceLine
            segment={[
              { x: 0, y: 0 },
              { x: end, y: end },
            ]}
            stroke="var(--muted)"
            strokeDasharray="4 4"
          />
        )}
        {curves.map((curve) => (
          <Line
            key={curve.id}
            data={curve.points}
            dataKey="y"
            name={curve.label}
            type="linear"
            stroke={`var(--series-${curve.look.colour})`}
            strokeWidth={1.75}
            strokeDasharray={curve.look.dash.join(" ") || undefined}
            dot={dots ? { r: 2.5, fill: `var(--series-${curve.look.colour})`, strokeWidth: 0 } : false}
            isAnimationActive={false}
          >
            {dots && (
              <ErrorBar
                dataKey="error"
                width={3}
                strokeWidth={1}
                stroke={`var(--series-${curve.look.colour})`}
                isAnimationActive={false}
              />
            )}
          </Line>
        ))}
      </LineChart>
    </ResponsiveContainer>
  );
}
