"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useMemo } from "react";
import { formatValue } from "@/components/ui/format/format-number";
import { ChartFrame } from "../frame/chart-frame";
import { useThemeName } from "../frame/use-theme-name";
import type { ParallelAxis, ParallelRow } from "../parallel/parallel-data";
import { prepareParallel } from "../parallel/prepare-parallel";

const ContourPlot = dynamic(() => import("./contour-plot").then((module) => module.ContourPlot), { ssr: false });

export type ContourChartProps = {
  title: string;
  description?: ReactNode;
  x: ParallelAxis;
  y: ParallelAxis;
  /** The key of the value that the colours show. */
  value: string;
  rows: readonly ParallelRow[];
  best: string | null;
  /** Above the picture: which two parameters. */
  controls?: ReactNode;
  height?: number;
  empty?: ReactNode;
};

export function ContourChart(props: ContourChartProps) {
  const { x, y, value, rows, best, height = 320 } = props;
  const theme = useThemeName();
  const prepared = useMemo(() => prepareParallel([x, y], rows), [x, y, rows]);
  const points = useMemo(
    () =>
      rows.flatMap((row, index) => {
        const [atX, atY, worth] = [prepared.heights[index * 2] ?? Number.NaN, prepared.heights[index * 2 + 1] ?? Number.NaN, Number(row.values[value] ?? Number.NaN)];
        return [atX, atY, worth].some(Number.isNaN) ? [] : [{ x: atX, y: atY, value: worth, isBest: row.id === best }];
      }),
    [rows, prepared, value, best],
  );
  const values = points.map((point) => point.value);
  const shown = (row: ParallelRow, key: string) => (typeof row.values[key] === "boolean" ? String(row.values[key]) : ((row.values[key] as string | number | null | undefined) ?? null));
  return (
    <ChartFrame
      {...props}
      height={height}
      isEmpty={points.length < 3}
      data={() => ({ columns: ["run", x.label, y.label, value], rows: rows.map((row) => [row.label, shown(row, x.key), shown(row, y.key), shown(row, value)]) })}
      legend={
        <p className="mt-1 flex items-center gap-2 text-label text-muted">
          {formatValue(Math.min(...values), 4)}
          <span aria-hidden className="h-2 w-24 rounded-xs border border-line" style={{ background: "linear-gradient(to right, var(--panel), color-mix(in oklab, var(--series-1) 85%, var(--panel)))" }} />
          {formatValue(Math.max(...values), 4)}
          <span>Dots are runs; the ring is the best.</span>
        </p>
      }
    >
      {props.controls && <div className="mb-2 flex gap-2">{props.controls}</div>}
      <ContourPlot prepared={prepared} points={points} height={height} theme={theme} />
    </ChartFrame>
  );
}
