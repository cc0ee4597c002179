"use client";

import { useMemo } from "react";
import { LinePanel } from "@/components/charts/lines/line-panel";
import type { AlertView } from "@/server/domains/monitoring/contract/alert";
import type { MonitorView, RuleView, WindowView } from "@/server/domains/monitoring/contract/monitor";
import { columnTitle, measureTitles, measureValue } from "./measure-words";

type RuleChartProps = { rule: RuleView; windows: readonly WindowView[]; alerts: readonly AlertView[] };

/** One line a rule: each window's worst column, with the calibrated limit and the windows that fired. */
function RuleChart({ rule, windows, alerts }: RuleChartProps) {
  const chart = useMemo(() => {
    const own = windows.filter((window) => window.rule === rule.name && window.value !== null).sort((a, b) => a.endsAt.getTime() - b.endsAt.getTime());
    const last = own.at(-1);
    const lines = [
      ...(last?.high === null || last === undefined ? [] : [{ value: last.high, label: "limit" }]),
      ...(last?.low === null || last === undefined ? [] : [{ value: last.low, label: "lower limit" }]),
    ];
    const points = own.map((window) => ({ at: window.endsAt.getTime(), value: window.value ?? 0 }));
    const bands = alerts.filter((alert) => alert.rule === rule.name).map((alert) => ({ from: alert.startsAt.getTime(), to: alert.lastEndsAt.getTime(), label: "alert" }));
    return { series: [{ id: rule.name, label: last ? columnTitle(last.column) : rule.title, points }], lines, bands, last };
  }, [rule, windows, alerts]);
  return (
    <LinePanel
      title={rule.title}
      description={chart.last ? `Now ${measureValue(rule.measure, chart.last.value)} (${columnTitle(chart.last.column)}), ${rule.breaches} ${rule.breaches === 1 ? "window" : "windows"} beyond the limit.` : "No window is complete yet."}
      unit={measureTitles[rule.measure]}
      series={chart.series}
      lines={chart.lines}
      bands={chart.bands}
      xMode="wall"
      zone="UTC"
      syncGroup="monitor"
      height={160}
    />
  );
}

export function RuleCharts({ monitor, windows }: { monitor: MonitorView; windows: readonly WindowView[] }) {
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      {monitor.rules.map((rule) => <RuleChart key={rule.name} rule={rule} windows={windows} alerts={monitor.alerts} />)}
    </div>
  );
}
