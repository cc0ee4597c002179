"use client";

import type { AlertView } from "@/server/domains/monitoring/contract/alert";
import type { MonitorView, WindowView } from "@/server/domains/monitoring/contract/monitor";
import { BacktestTable } from "./backtest-table";
import { DriftTable } from "./drift-table";
import { ReplayControls } from "./replay/replay-controls";
import { RuleCharts } from "./rule-charts";
import { TrafficStrip } from "./signals/signal-strip";

type Props = { project: string; monitor: MonitorView; windows: readonly WindowView[]; alerts: readonly AlertView[] };

/** What lies below a monitor's answer: traffic, replay, drift by feature, each rule over time, calibration. */
export function MonitorDetails({ project, monitor, windows, alerts }: Props) {
  return (
    <>
      <TrafficStrip project={project} model={monitor.model} />
      <ReplayControls project={project} monitor={monitor.name} model={monitor.model} />
      <DriftTable project={project} name={monitor.name} />
      <RuleCharts monitor={monitor} windows={windows} alerts={alerts} />
      {monitor.baseline && <BacktestTable baseline={monitor.baseline} />}
    </>
  );
}
