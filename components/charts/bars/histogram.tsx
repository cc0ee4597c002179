"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useMemo } from "react";
import { ChartSkeleton } from "@/components/ui/feedback/skeletons";
import { formatCount } from "@/components/ui/format/format-number";
import { ChartFrame } from "../frame/chart-frame";
import { type HistogramBins, prepareHistogram } from "./prepare-histogram";

const HistogramPlot = dynamic(() => import("./histogram-plot").then((module) => module.HistogramPlot), {
  ssr: false,
  loading: () => <ChartSkeleton height={160} />,
});

export type HistogramProps = {
  title: string;
  unit?: string;
  description?: ReactNode;
  bins: HistogramBins;
  /** On the same edges; drawn as an outline. */
  reference?: HistogramBins;
  label?: string;
  referenceLabel?: string;
  height?: number;
  loading?: boolean;
  empty?: ReactNode;
  actions?: ReactNode;
  bare?: boolean;
  className?: string;
};

export function Histogram({
  bins,
  reference,
  label = "Now",
  referenceLabel = "Reference",
  height = 160,
  ...frame
}: HistogramProps) {
  const prepared = useMemo(() => prepareHistogram(bins, reference), [bins, reference]);
  const withReference = prepared.referenceTotal > 0;
  return (
    <ChartFrame
      {...frame}
      height={height}
      isEmpty={prepared.total === 0}
      data={() => ({
        columns: ["Bin", "Count", `Share, ${label}`, ...(withReference ? [`Share, ${referenceLabel}`] : [])],
        rows: prepared.rows.map((row) => [row.bin, row.count, row.share, ...(withReference ? [row.reference] : [])]),
      })}
      legend={
        <p className="mt-1 flex flex-wrap gap-x-4 text-label text-muted">
          <span className="inline-flex items-center gap-1.5">
            <span aria-hidden className="size-2.5 bg-series-1/55" />
            {label}, n {formatCount(prepared.total)}
          </span>
          {withReference && (
            <span className="inline-flex items-center gap-1.5">
              <span aria-hidden className="w-4 border-series-2 border-t-2 border-dashed" />
              {referenceLabel}, n {formatCount(prepared.referenceTotal)}
            </span>
          )}
          {!prepared.comparable && (
            <span className="text-warning">The reference has other bins and cannot be laid over.</span>
          )}
        </p>
      }
    >
      <HistogramPlot rows={prepared.rows} height={height} label={label} referenceLabel={referenceLabel} />
    </ChartFrame>
  );
}
