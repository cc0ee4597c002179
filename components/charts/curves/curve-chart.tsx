"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useMemo } from "react";
import { ChartSkeleton } from "@/components/ui/feedback/skeletons";
import { ChartFrame } from "../frame/chart-frame";
import { LegendMark } from "../frame/legend-mark";
import { type Curve, prepareCurves } from "./prepare-curves";

const CurvePlot = dynamic(() => import("./curve-plot").then((module) => module.CurvePlot), {
  ssr: false,
  loading: () => <ChartSkeleton height={260} />,
});

export type CurveChartProps = {
  title: string;
  unit?: string;
  description?: ReactNode;
  curves: readonly Curve[];
  xLabel: string;
  yLabel: string;
  xDomain?: [number, number];
  yDomain?: [number, number];
  /** The line y = x: chance on a ROC, perfection on a calibration curve. */
  diagonal?: string;
  dots?: boolean;
  height?: number;
  loading?: boolean;
  empty?: ReactNode;
  actions?: ReactNode;
  bare?: boolean;
  className?: string;
};

export function CurveChart({ curves, height = 260, ...props }: CurveChartProps) {
  const prepared = useMemo(() => prepareCurves(curves), [curves]);
  return (
    <ChartFrame
      {...props}
      height={height}
      isEmpty={prepared.every((curve) => curve.points.length === 0)}
      data={() => ({
        columns: ["Series", props.xLabel, props.yLabel, "low", "high", "n"],
        rows: prepared.flatMap((curve) =>
          curve.points.map((point) => [
            curve.label,
            point.x,
            point.y,
            point.low ?? null,
            point.high ?? null,
            point.n ?? null,
          ]),
        ),
      })}
      legend={
        <ul className="mt-1.5 flex flex-wrap gap-x-4 gap-y-0.5 text-label">
          {prepared.map((curve) => (
            <li key={curve.id} className="inline-flex items-center gap-1.5">
              <LegendMark look={curve.look} />
              {curve.label}
            </li>
          ))}
          {props.diagonal && <li className="text-muted">┄ {props.diagonal}</li>}
        </ul>
      }
    >
      <CurvePlot {...props} curves={prepared} height={height} />
    </ChartFrame>
  );
}

export type PresetProps = Pick<
  CurveChartProps,
  "curves" | "height" | "loading" | "empty" | "actions" | "bare" | "className" | "description"
> & { title?: string };

export function RocChart({ title = "ROC", ...rest }: PresetProps) {
  return (
    <CurveChart
      title={title}
      xLabel="False positive rate"
      yLabel="True positive rate"
      xDomain={[0, 1]}
      yDomain={[0, 1]}
      diagonal="chance"
      {...rest}
    />
  );
}

/** Points are bins of the score: mean score against observed rate, with the rate's interval. */
export function CalibrationChart({ title = "Calibration", ...rest }: PresetProps) {
  return <CurveChart title={title} xLabel="Mean score" yLabel="Observed rate" diagonal="perfect" dots {...rest} />;
}
