"use client";

import dynamic from "next/dynamic";
import { ChartFrame } from "../frame/chart-frame";

const ScatterPlot = dynamic(() => import("./scatter-plot").then((module) => module.ScatterPlot), { ssr: false });

export type ScatterPoint = { id: string; label: string; x: number | string; y: number };

export type ScatterGroup = { name: string; colour: number; points: readonly ScatterPoint[] };

export type ScatterPanelProps = {
  title: string;
  xLabel: string;
  yLabel: string;
  xKind: "numeric" | "category";
  log: { x: boolean; y: boolean };
  groups: readonly ScatterGroup[];
  height?: number;
  onChoose?: (id: string) => void;
  className?: string;
};

/** Points in groups, told apart by colour and shape; the numbers behind them on request. */
export function ScatterPanel(props: ScatterPanelProps) {
  const { groups, xLabel, yLabel, height = 320, log } = props;
  // A log axis has no place for 0 and below.
  const drawn = groups.map((group) => ({ ...group, points: group.points.filter(({ x, y }) => (!log.x || typeof x === "string" || x > 0) && (!log.y || y > 0)) }));
  const count = (list: readonly ScatterGroup[]) => list.reduce((sum, { points }) => sum + points.length, 0);
  const leftOut = count(groups) - count(drawn);
  return (
    <ChartFrame
      title={props.title}
      className={props.className}
      height={height}
      isEmpty={count(drawn) === 0}
      empty="No run has both values."
      data={() => ({ columns: ["Run", "Group", xLabel, yLabel], rows: groups.flatMap(({ name, points }) => points.map(({ label, x, y }) => [label, name, x, y])) })}
      legend={leftOut > 0 && <p className="mt-1 text-label text-warning">{leftOut} runs cannot be drawn on a log axis and are left out.</p>}
    >
      <ScatterPlot {...props} groups={drawn} height={height} />
    </ChartFrame>
  );
}
