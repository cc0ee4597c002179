"use client";

import { CartesianGrid, Legend, ResponsiveContainer, Scatter, ScatterChart, Tooltip, XAxis, YAxis } from "recharts";
import { formatPlain } from "@/components/ui/format/format-number";
import { axisLook, gridLook, tooltipLook } from "../frame/recharts-look";
import type { ScatterPanelProps, ScatterPoint } from "./scatter-panel";

const shapes = ["circle", "square", "triangle", "diamond", "cross", "star", "wye"] as const;
const legendAtMost = 12;

const shown = (value: number | string) => (typeof value === "number" ? formatPlain(value) : value);

type Pointed = { active?: boolean; payload?: readonly { payload?: ScatterPoint }[] };

function PointTip({ active, payload, xLabel, yLabel }: Pointed & { xLabel: string; yLabel: string }) {
  const point = payload?.[0]?.payload;
  if (!active || !point) return null;
  return (
    <div style={tooltipLook.contentStyle}>
      <p className="font-medium">{point.label}</p>
      <p className="text-muted">{`${xLabel} ${shown(point.x)} · ${yLabel} ${shown(point.y)}`}</p>
    </div>
  );
}

export function ScatterPlot({ groups, xLabel, yLabel, xKind, log, height = 320, onChoose }: ScatterPanelProps) {
  const numeric = { type: "number", domain: ["auto", "auto"], tickFormatter: shown } as const;
  return (
    <ResponsiveContainer width="100%" height={height}>
      <ScatterChart margin={{ top: 12, right: 20, bottom: 18, left: 4 }}>
        <CartesianGrid {...gridLook} vertical />
        {xKind === "numeric" ? (
          <XAxis {...axisLook} {...numeric} domain={["dataMin", "dataMax"]} padding={{ left: 20, right: 20 }} dataKey="x" scale={log.x ? "log" : "auto"} name={xLabel} label={{ value: xLabel, position: "insideBottom", offset: -12, fill: "var(--muted)", fontSize: 12 }} />
        ) : (
          <XAxis {...axisLook} padding={{ left: 20, right: 20 }} type="category" dataKey="x" allowDuplicatedCategory={false} name={xLabel} label={{ value: xLabel, position: "insideBottom", offset: -12, fill: "var(--muted)", fontSize: 12 }} />
        )}
        <YAxis {...axisLook} {...numeric} dataKey="y" scale={log.y ? "log" : "auto"} name={yLabel} width={64} />
        <Tooltip {...tooltipLook} content={<PointTip xLabel={xLabel} yLabel={yLabel} />} />
        {groups.length > 1 && groups.length <= legendAtMost && <Legend verticalAlign="top" height={28} iconSize={9} formatter={(name) => <span className="text-ink text-label">{name}</span>} />}
        {groups.map(({ name, colour, points }, index) => (
          <Scatter
            key={name}
            name={name}
            data={[...points]}
            fill={`var(--series-${colour})`}
            fillOpacity={0.75}
            shape={shapes[index % shapes.length]}
            isAnimationActive={false}
            cursor={onChoose && "pointer"}
            onClick={(point: { payload?: ScatterPoint }) => point.payload && onChoose?.(point.payload.id)}
          />
        ))}
      </ScatterChart>
    </ResponsiveContainer>
  );
}
