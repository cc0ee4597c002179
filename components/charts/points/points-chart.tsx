"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useMemo } from "react";
import { ChartFrame } from "../frame/chart-frame";
import { useThemeName } from "../frame/use-theme-name";
import type { ParallelAxis, ParallelRow } from "../parallel/parallel-data";
import { prepareParallel } from "../parallel/prepare-parallel";

const PointsPlot = dynamic(() => import("./points-plot").then((module) => module.PointsPlot), { ssr: false });

export type PointsChartProps = {
  title: string;
  description?: ReactNode;
  noun?: string;
  x: ParallelAxis;
  y: ParallelAxis;
  rows: readonly ParallelRow[];
  /** A line in steps over the points, such as the best so far. */
  steps?: readonly { x: number; y: number }[];
  /** Drawn with a ring and its name. */
  marked?: string | null;
  onChoose?: (id: string) => void;
  legend?: ReactNode;
  height?: number;
  empty?: ReactNode;
  bare?: boolean;
  className?: string;
};

/** One point a row over two axes, numbers or categories. */
export function PointsChart(props: PointsChartProps) {
  const { x, y, rows, noun = "run", height = 240 } = props;
  const theme = useThemeName();
  const prepared = useMemo(() => prepareParallel([x, y], rows), [x, y, rows]);
  const cell = (value: ParallelRow["values"][string]) => (value === undefined || value === null ? null : typeof value === "boolean" ? String(value) : value);
  return (
    <ChartFrame
      {...props}
      height={height}
      isEmpty={rows.length === 0}
      data={() => ({ columns: [noun, x.label, y.label], rows: rows.map((row) => [row.label, cell(row.values[x.key]), cell(row.values[y.key])]) })}
    >
      <PointsPlot prepared={prepared} height={height} theme={theme} steps={props.steps} marked={props.marked ?? null} onChoose={props.onChoose} />
    </ChartFrame>
  );
}
