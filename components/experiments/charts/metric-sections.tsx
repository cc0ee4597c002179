"use client";

import { type ReactNode, useMemo } from "react";
import { Disclosure } from "@/components/ui/layout/disclosure";
import { useIsFrozen } from "../address-state";
import { ChartToolbar } from "./chart-toolbar";
import type { Charted } from "./charted";
import { groupMetrics } from "./group-metrics";
import { MetricGrid } from "./metric-grid";
import { useChartView } from "./use-chart-view";

const openPanels = 24;
const flatUpTo = 6;

export type MetricSectionsProps = {
  charted: Charted;
  /** Metrics with a single value, which no curve can show. */
  single?: (keys: readonly string[]) => ReactNode;
  empty: ReactNode;
  /** More of how the curves are drawn. */
  tools?: ReactNode;
};

/** All curves of some runs: searchable, in sections that fold. */
export function MetricSections({ charted, single, empty, tools }: MetricSectionsProps) {
  const chart = useChartView();
  const isFrozen = useIsFrozen();
  const { metrics, groups } = charted;
  const grouped = useMemo(() => groupMetrics(metrics, chart.view.find), [metrics, chart.view.find]);
  if (grouped.all === 0) return empty;
  const curves = grouped.sections.flatMap((section) => section.metrics);
  // So few that folding them would only stand in the way.
  const sections = curves.length <= flatUpTo && curves.length > 0 ? [{ name: "", metrics: curves }] : grouped.sections;
  let panelsBefore = 0;
  return (
    <div>
      {!isFrozen && <ChartToolbar chart={chart} shown={grouped.shown} all={grouped.all} onlySteps={Boolean(groups)} tools={tools} />}
      {grouped.shown === 0 && <p className="py-8 text-center text-muted">No metric has “{chart.view.find}” in its name.</p>}
      {grouped.single.length > 0 && single?.(grouped.single)}
      {sections.map(({ name, metrics: own }) => {
        const open = panelsBefore < openPanels;
        panelsBefore += own.length;
        const grid = <MetricGrid charted={charted} metrics={own} chart={chart} />;
        if (sections.length === 1) return <div key={name}>{grid}</div>;
        return (
          <Disclosure
            key={name}
            open={open || chart.view.find !== ""}
            className="[&>div]:pl-0"
            summary={
              <h2 className="text-table">
                <span className="font-medium text-ink">{name || "Metrics"}</span>
                <span className="ml-2 text-label text-muted">{own.length}</span>
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
