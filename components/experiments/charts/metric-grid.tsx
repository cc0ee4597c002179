"use client";

import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import type { Charted, ChartedMetric } from "./charted";
import { MetricPanel } from "./metric-panel";
import type { useChartView } from "./use-chart-view";

const wholeUpTo = 60;
const panelWidth = 336;
const gap = 12;
const rowHeight = 268;

export type MetricGridProps = { charted: Charted; metrics: readonly ChartedMetric[]; chart: ReturnType<typeof useChartView> };

/** Panels side by side; of very many only the rows near the window are in the page at all. */
export function MetricGrid(props: MetricGridProps) {
  const { metrics, charted, chart } = props;
  if (metrics.length > wholeUpTo) return <VirtualGrid {...props} />;
  return (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,21rem),1fr))] gap-3">
      {metrics.map((metric) => (
        <MetricPanel key={metric.key} charted={charted} metric={metric} chart={chart} />
      ))}
    </div>
  );
}

/** How wide the grid is and where in the page it begins; both move with what stands around it. */
function usePlace() {
  const ref = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ width: 0, top: 0 });
  useEffect(() => {
    const node = ref.current;
    if (!node) return;
    const measure = () => setPlace({ width: node.clientWidth, top: node.getBoundingClientRect().top + window.scrollY });
    const watcher = new ResizeObserver(measure);
    watcher.observe(node);
    watcher.observe(document.body);
    return () => watcher.disconnect();
  }, []);
  return { ref, ...place };
}

function VirtualGrid({ charted, metrics, chart }: MetricGridProps) {
  const { ref, width, top } = usePlace();
  const columns = Math.max(1, Math.floor((width + gap) / (panelWidth + gap)));
  const rows = useWindowVirtualizer({ count: Math.ceil(metrics.length / columns), estimateSize: () => rowHeight, gap, overscan: 2, scrollMargin: top });
  return (
    <div ref={ref} className="relative" style={{ height: rows.getTotalSize() }}>
      {width > 0 &&
        rows.getVirtualItems().map((row) => (
          <div
            key={row.key}
            data-index={row.index}
            ref={rows.measureElement}
            className="absolute inset-x-0 grid gap-3"
            style={{ top: row.start - top, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
          >
            {metrics.slice(row.index * columns, (row.index + 1) * columns).map((metric) => (
              <MetricPanel key={metric.key} charted={charted} metric={metric} chart={chart} />
            ))}
          </div>
        ))}
    </div>
  );
}
