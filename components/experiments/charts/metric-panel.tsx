"use client";

import { useMemo } from "react";
import { LinePanel } from "@/components/charts/lines/line-panel";
import type { LineSeries } from "@/components/charts/lines/line-series";
import { ChartSkeleton } from "@/components/ui/feedback/skeletons";
import { betterEnd } from "../metrics/better-end";
import type { ChartedRun } from "./group-metrics";
import type { ChartView, useChartView } from "./use-chart-view";
import { useInView } from "./use-in-view";
import { useSeries } from "./use-series";

const plotHeight = 176;

export type MetricPanelProps = {
  project: string;
  metric: string;
  runs: readonly ChartedRun[];
  baselineId?: string | null;
  chart: ReturnType<typeof useChartView>;
};

/** One metric of one or many runs; drawn and read only near the window. */
export function MetricPanel(props: MetricPanelProps) {
  const { ref, inView } = useInView<HTMLDivElement>();
  return (
    <div ref={ref} className="min-w-0" style={{ minHeight: plotHeight + 78 }}>
      {inView ? (
        <DrawnPanel {...props} view={props.chart.view} />
      ) : (
        <ChartSkeleton height={plotHeight + 78} className="rounded-lg border border-line bg-panel" />
      )}
    </div>
  );
}

function DrawnPanel({ project, metric, runs, baselineId, chart, view }: MetricPanelProps & { view: ChartView }) {
  const steps = view.x === "step" ? view.zoom : null;
  const { data, error, isPending } = useSeries({ project, runs, metric, steps, enabled: true });
  const series = useMemo<LineSeries[]>(
    () =>
      runs.flatMap((run) => {
        const read = data?.series.find((each) => each.runId === run.id);
        const points = read?.points.map(({ step, timestamp, value }) => ({ step, at: timestamp, value })) ?? [];
        if (points.length === 0) return [];
        return [{ id: run.id, label: run.name, points, baseline: run.id === baselineId && runs.length > 1, look: run.look }];
      }),
    [data, runs, baselineId],
  );
  return (
    <LinePanel
      title={metric}
      series={series}
      xMode={view.x}
      log={view.log}
      smoothing={view.smooth}
      best={betterEnd(metric) ?? undefined}
      syncGroup="metrics"
      endLabels={runs.some((run) => run.look)}
      range={view.zoom}
      onZoom={chart.setZoom}
      height={plotHeight}
      loading={isPending}
      empty={error ? `Not read: ${error.message}` : "No points here."}
    />
  );
}
