"use client";

import { useMemo } from "react";
import { Disclosure } from "@/components/ui/layout/disclosure";
import { ChartToolbar } from "./chart-toolbar";
import { type ChartedRun, groupMetrics } from "./group-metrics";
import { MetricPanel } from "./metric-panel";
import type { ReactNode } from "react";
import { useChartView } from "./use-chart-view";

const openPanels = 24;
const flatUpTo = 6;

export type MetricSectionsProps = {
  project: string;
  runs: readonly ChartedRun[];
  baselineId?: string | null;
  /** Metrics with a single value, which no curve can show. */
  single?: (keys: readonly string[]) => ReactNode;
  empty: ReactNode;
};

/** All curves of some runs: searchable, in sections that fold. */
export function MetricSections({ project, runs, baselineId, single, empty }: MetricSectionsProps) {
  const chart = useChartView();
  const grouped = useMemo(() => groupMetrics(runs, chart.view.find), [runs, chart.view.find]);
  if (grouped.all === 0) return empty;
  const curves = grouped.sections.flatMap((section) => section.keys);
  // So few that folding them would only stand in the way.
  const sections = curves.length <= flatUpTo && curves.length > 0 ? [{ name: "", keys: curves }] : grouped.sections;
  let panelsBefore = 0;
  return (
    <div>
      <ChartToolbar chart={chart} shown={grouped.shown} all={grouped.all} />
      {grouped.shown === 0 && <p className="py-8 text-center text-muted">No metric has “{chart.view.find}” in its name.</p>}
      {grouped.single.length > 0 && single?.(grouped.single)}
      {sections.map(({ name, keys }) => {
        const open = panelsBefore < openPanels;
        panelsBefore += keys.length;
        const grid = (
          <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,21rem),1fr))] gap-3">
            {keys.map((metric) => (
              <MetricPanel key={metric} project={project} metric={metric} runs={runs} baselineId={baselineId} chart={chart} />
            ))}
          </div>
        );
        if (sections.length === 1) return <div key={name}>{grid}</div>;
        return (
          <Disclosure
            key={name}
            open={open || chart.view.find !== ""}
            className="[&>div]:pl-0"
            summary={
              <h2 className="text-table">
                <span className="font-medium text-ink">{name || "Metrics"}</span>
                <span className="ml-2 text-label text-muted">{keys.length}</span>
              </h2>
            }
          >
            {grid}
          </Disclosure>
        );
      })}
    </div>
  );
}
