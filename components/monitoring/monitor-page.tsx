"use client";

import { useSuspenseQueries } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { Notice } from "@/components/ui/feedback/notice";
import { formatCount } from "@/components/ui/format/format-number";
import { Disclosure } from "@/components/ui/layout/disclosure";
import { Section } from "@/components/ui/layout/section";
import type { AlertView } from "@/server/domains/monitoring/contract/alert";
import { AlertRows } from "./alerts/alert-rows";
import { streamTime } from "./measure-words";
import { MonitorHead } from "./head/monitor-head";
import { SignalStrip } from "./signals/signal-strip";

/** Painted with the page, its code after what stands above it. */
const MonitorDetails = dynamic(() => import("./monitor-details").then((module) => module.MonitorDetails));

/** Open alerts in sight, resolved ones on demand. */
function Alerts({ project, alerts }: { project: string; alerts: readonly AlertView[] }) {
  const open = alerts.filter((alert) => alert.state !== "resolved");
  const past = alerts.filter((alert) => alert.state === "resolved");
  if (alerts.length === 0) return null;
  return (
    <Section title={open.length > 0 ? "Alerts" : "No open alert"} flush>
      {open.length > 0 && <AlertRows project={project} alerts={open} />}
      {past.length > 0 && <Disclosure className="px-3" summary={`${past.length} resolved`}><AlertRows project={project} alerts={past} /></Disclosure>}
    </Section>
  );
}

export function MonitorPage({ project, name }: { project: string; name: string }) {
  const trpc = useTRPC();
  const queries = [
    trpc.monitoring.getMonitor.queryOptions({ project, name }),
    trpc.monitoring.readMonitorSeries.queryOptions({ project, name, windows: 90 }),
    trpc.monitoring.listAlerts.queryOptions({ project, monitor: name, limit: 50 }),
  ] as const;
  const [{ data: monitor }, { data: series }, { data: page }] = useSuspenseQueries({ queries });
  useLive([`monitor:${name}`, "alerts"], queries.map((query) => query.queryKey));
  return (
    <>
      <MonitorHead project={project} monitor={monitor} />
      <div className="grid gap-4">
        {monitor.error && <Notice tone="failed">{monitor.error}</Notice>}
        {monitor.operation && ["queued", "running"].includes(monitor.operation.state) && <Notice>Calibrating on the reference: {monitor.operation.stage || "queued"}</Notice>}
        {monitor.rowsUntimed > 0 && <Notice tone="warning">{formatCount(monitor.rowsUntimed)} {monitor.rowsUntimed === 1 ? "row" : "rows"} named no event time and {monitor.rowsUntimed === 1 ? "was" : "were"} left out: the stream has a clock of its own{monitor.watermark && `, at ${streamTime(monitor.watermark)}`}. Send event_time with a request to have it counted.</Notice>}
        <Alerts project={project} alerts={page.alerts} />
        <SignalStrip monitor={monitor} windows={series.windows} alerts={page.alerts} />
        <MonitorDetails project={project} monitor={monitor} windows={series.windows} alerts={page.alerts} />
      </div>
    </>
  );
}
