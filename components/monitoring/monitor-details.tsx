"use client";

import { useQueries } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import type { AlertView } from "@/server/domains/monitoring/contract/alert";
import type { MonitorView, WindowView } from "@/server/domains/monitoring/contract/monitor";
import { BacktestTable } from "./backtest-table";
import { DriftTable } from "./drift-table";
import { ReplayControls } from "./replay-controls";
import { RuleCharts } from "./rule-charts";
import { TrafficStrip, trafficMinutes } from "./signals/signal-strip";

type Props = { project: string; monitor: MonitorView; windows: readonly WindowView[]; alerts: readonly AlertView[] };

/** Whether all that stands above something else is there: one that came later would push the rest away. */
function useAllRead(project: string, monitor: MonitorView): boolean {
  const trpc = useTRPC();
  const queries = [
    trpc.models.readTraffic.queryOptions({ project, name: monitor.model, minutes: trafficMinutes }),
    trpc.monitoring.listReplays.queryOptions({ project }),
    trpc.monitoring.readFeatureDrift.queryOptions({ project, name: monitor.name }),
  ] as const;
  return useQueries({ queries, combine: (results) => results.every((result) => result.isFetched) });
}

/** What lies below a monitor's answer: traffic, replay, drift by feature, each rule over time, calibration. */
export function MonitorDetails({ project, monitor, windows, alerts }: Props) {
  const isRead = useAllRead(project, monitor);
  if (!isRead) return <div className="min-h-96" />;
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
