"use client";

import { useMemo } from "react";
import { LinePanel } from "@/components/charts/lines/line-panel";
import { Section } from "@/components/ui/layout/section";
import type { AlertView } from "@/server/domains/monitoring/contract/alert";
import type { MonitorView, RuleView, WindowView } from "@/server/domains/monitoring/contract/monitor";
import { columnTitle, measureUnits, measureValue, sentenceCase, streamTime } from "./measure-words";

type RuleChartProps = { rule: RuleView; champion: number | null; windows: readonly WindowView[]; alerts: readonly AlertView[] };

/** One line a rule: each window's worst column, with the calibrated limit and the windows that fired. */
function RuleChart({ rule, champion, windows, alerts }: RuleChartProps) {
  const chart = useMemo(() => {
    const own = windows.filter((window) => window.rule === rule.name && window.value !== null).sort((a, b) => a.endsAt.getTime() - b.endsAt.getTime());
    const last = own.at(-1);
    // Each feature has a limit of its own: only in its limits can one line tell of all.
    const isOfMany = rule.of === "features";
    const lines = isOfMany ? [{ value: 1, label: "limit" }] : [
      ...(last?.high === null || last === undefined ? [] : [{ value: last.high, label: "limit" }]),
      ...(last?.low === null || last === undefined ? [] : [{ value: last.low, label: "lower limit" }]),
    ];
    const points = own.map((window) => ({ at: window.endsAt.getTime(), value: isOfMany ? window.ratio : window.value }));
    const events = alerts.filter((alert) => alert.rule === rule.name).map((alert) => ({ x: alert.endsAt.getTime(), label: "fired" }));
    return { series: [{ id: rule.name, label: last ? `worst: ${columnTitle(last.column)}` : rule.title, points }], lines, events, last };
  }, [rule, windows, alerts]);
  return (
    <LinePanel
      title={sentenceCase(rule.title)}
      description={chart.last ? `${measureValue(rule.measure, chart.last.value)} in the window to ${streamTime(chart.last.endsAt)} (${columnTitle(chart.last.column)})${rule.breaches > 0 ? ", beyond its limit" : ""}${chart.last.modelVersion === champion ? "" : `, answered by v${chart.last.modelVersion}`}.` : "No window is complete yet."}
      unit={rule.of === "features" ? "times its own limit" : measureUnits[rule.measure]}
      series={chart.series}
      lines={chart.lines}
      events={chart.events}
      xMode="wall"
      zone="UTC"
      syncGroup="monitor"
      height={160}
    />
  );
}

/** Rules that have judged nothing yet take a line, not a chart. */
export function RuleCharts({ monitor, windows, alerts }: { monitor: MonitorView; windows: readonly WindowView[]; alerts: readonly AlertView[] }) {
  const hasValues = (rule: RuleView) => windows.some((window) => window.rule === rule.name && window.value !== null);
  const waiting = monitor.rules.filter((rule) => !hasValues(rule));
  return (
    <>
      <div className="grid gap-4 lg:grid-cols-2">
        {monitor.rules.filter(hasValues).map((rule) => <RuleChart key={rule.name} rule={rule} champion={monitor.championVersion} windows={windows} alerts={alerts} />)}
      </div>
      {waiting.length > 0 && (
        <Section title="Not judged yet" description="A window is judged once the stream's clock has passed its end, and its labels' wait." flush>
          <ul className="text-table">
            {waiting.map((rule) => (
              <li key={rule.name} className="flex flex-wrap gap-x-4 border-line border-b px-4 py-1.5 last:border-b-0">
                <span className="min-w-0 flex-1 basis-56">{sentenceCase(rule.title)}</span>
                <span className="text-muted">{rule.current.length > 0 ? "too few rows so far" : "no whole window yet"}{rule.nextEndsAt && `; the next ends ${streamTime(rule.nextEndsAt)}`}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
