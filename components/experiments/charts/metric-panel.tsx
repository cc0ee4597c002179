"use client";

import { useMemo } from "react";
import { LinePanel } from "@/components/charts/lines/line-panel";
import { ChartSkeleton } from "@/components/ui/feedback/skeletons";
import { betterEnd } from "../metrics/better-end";
import { attemptMarks, seriesOfGroups, seriesOfRuns, startsOf, stepsWithin } from "./chart-series";
import type { Charted, ChartedMetric } from "./charted";
import type { useChartView } from "./use-chart-view";
import { useCurves } from "./use-curves";
import { useInView } from "./use-in-view";

const plotHeight = 176;

export type MetricPanelProps = { charted: Charted; metric: ChartedMetric; chart: ReturnType<typeof useChartView> };

/** One metric of one or many runs; drawn and read only near the window. */
export function MetricPanel(props: MetricPanelProps) {
  const { ref, inView } = useInView<HTMLDivElement>();
  return (
    <div ref={ref} className="min-w-0" style={{ minHeight: plotHeight + 78 }}>
      {inView ? <DrawnPanel {...props} /> : <ChartSkeleton height={plotHeight + 78} className="rounded-lg border border-line bg-panel" />}
    </div>
  );
}

/** Curves in sight. Of a stretch of a clock the whole is read first: it tells which steps lie in it. */
function useShownCurves({ charted, metric, chart: { view } }: MetricPanelProps, isGrouped: boolean) {
  const base = { project: charted.project, asked: charted.asked, metric: metric.key, known: metric.total, times: view.x !== "step" && !isGrouped, means: isGrouped, topics: charted.topics };
  const onClock = view.x !== "step" && !isGrouped && view.zoom !== null;
  const whole = useCurves({ ...base, steps: null, enabled: view.zoom === null || onClock });
  const { x, zoom } = view;
  const within = useMemo(() => (onClock && zoom && x !== "step" && whole.data ? stepsWithin(whole.data.curves, x, zoom) : null), [onClock, zoom, x, whole.data]);
  const steps = onClock ? within : zoom;
  const fine = useCurves({ ...base, steps, enabled: steps !== null });
  const starts = useMemo(() => startsOf(onClock ? (whole.data?.curves ?? []) : []), [onClock, whole.data]);
  return { shown: steps === null ? whole : fine, starts };
}

function DrawnPanel(props: MetricPanelProps) {
  const { charted, metric, chart } = props;
  const { runs, groups, baselineId } = charted;
  const { view } = chart;
  const { shown, starts } = useShownCurves(props, Boolean(groups));
  const { data, error, isPending } = shown;
  const series = useMemo(() => (groups ? seriesOfGroups(data?.curves ?? [], groups) : seriesOfRuns(data?.curves ?? [], runs, starts, baselineId)), [data, runs, groups, starts, baselineId]);
  const marks = useMemo(() => (groups ? [] : attemptMarks(data?.curves ?? [], runs, view.x, starts)), [data, runs, groups, starts, view.x]);
  return (
    <LinePanel
      title={metric.key}
      series={series}
      events={marks}
      xMode={groups ? "step" : view.x}
      log={view.log}
      logX={view.logx}
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
