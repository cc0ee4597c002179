"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { HeatStrip } from "@/components/charts/time/heat-strip";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import type { AlertView } from "@/server/domains/monitoring/contract/alert";
import type { MonitorView, WindowView } from "@/server/domains/monitoring/contract/monitor";
import { shownDays, signalRows, trafficMinutes, trafficRows, versionMarks } from "./prepare-signals";

type Props = { monitor: MonitorView; windows: readonly WindowView[]; alerts: readonly AlertView[] };

/** One row a rule over the stream's last days, alerts outlined, new versions marked. */
export function SignalStrip({ monitor, windows, alerts }: Props) {
  const rows = useMemo(() => signalRows(monitor.rules, windows), [monitor.rules, windows]);
  const marks = useMemo(() => versionMarks(windows), [windows]);
  const outlined = alerts.map((alert) => ({ from: alert.endsAt.getTime() - 86_400_000, to: alert.lastEndsAt.getTime(), label: alert.title, row: alert.rule }));
  if (rows.length === 0) return null;
  return (
    <HeatStrip title="Rules by day" description={`The last ${shownDays} days on the stream's clock: × beyond its limit, ! above 80% of it. Outlined: an alert's windows. ▲ another version answers.`} rows={rows} windows={outlined} marks={marks} zone="UTC" />
  );
}

/** The endpoint's last hour by minute, on the server's clock. */
export function TrafficStrip({ project, model }: { project: string; model: string }) {
  const trpc = useTRPC();
  const options = trpc.models.readTraffic.queryOptions({ project, name: model, minutes: trafficMinutes }, { refetchInterval: 30_000 });
  const { data, dataUpdatedAt } = useQuery(options);
  useLive([`traffic:${model}`], [options.queryKey]);
  const rows = useMemo(() => (data ? trafficRows(data, dataUpdatedAt) : []), [data, dataUpdatedAt]);
  if (rows.length === 0) return null;
  return <HeatStrip title="Endpoint by minute" description="The last hour on the server's clock: × more than 1% errors, ! fewer." rows={rows} />;
}
