"use client";

import { useSuspenseQueries } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { Notice } from "@/components/ui/feedback/notice";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { formatCount, formatPercent } from "@/components/ui/format/format-number";
import { formatAbsolute } from "@/components/ui/format/format-time";
import { PageHeader } from "@/components/ui/layout/page-header";
import { Section } from "@/components/ui/layout/section";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { MonitorView } from "@/server/domains/monitoring/contract/monitor";
import { AlertRows } from "./alert-rows";
import { BacktestTable } from "./backtest-table";
import { DriftTable } from "./drift-table";
import { stateWords } from "./measure-words";
import { ReplayControls } from "./replay-controls";
import { RuleCharts } from "./rule-charts";

function factsOf(monitor: MonitorView) {
  const { traffic, labels } = monitor;
  return [
    { label: "Stream clock", value: monitor.watermark ? formatAbsolute(monitor.watermark, "UTC") : "nothing seen yet" },
    { label: "Champion", value: monitor.championVersion === null ? "none" : `${monitor.model} v${monitor.championVersion}` },
    { label: "Traffic, last hour", value: `${formatCount(traffic.requests)} requests, ${formatCount(traffic.rows)} rows` },
    { label: "Errors", value: traffic.requests === 0 ? "–" : formatPercent((traffic.clientErrors + traffic.serverErrors) / traffic.requests, 2) },
    { label: "p99", value: traffic.p99Ms === null ? "–" : `${traffic.p99Ms.toFixed(1)} ms` },
    { label: "Labels", value: `${formatCount(labels.joined)} joined, ${formatCount(labels.waiting)} waiting, ${formatCount(labels.late)} late` },
    { label: "Owner", value: monitor.owner || "nobody" },
  ];
}

export function MonitorPage({ project, name }: { project: string; name: string }) {
  const trpc = useTRPC();
  const queries = [trpc.monitoring.getMonitor.queryOptions({ project, name }), trpc.monitoring.readMonitorSeries.queryOptions({ project, name, windows: 90 })] as const;
  const [{ data: monitor }, { data: series }] = useSuspenseQueries({ queries });
  useLive([`monitor:${name}`, "alerts"], queries.map((query) => query.queryKey));
  return (
    <>
      <PageHeader
        title={monitor.name}
        state={<StateBadge state={monitor.state === "no_data" ? "queued" : monitor.state === "calibrating" ? "running" : monitor.state} word={stateWords[monitor.state]} />}
        description={<>{monitor.description} <span className="text-faint">since {monitor.sinceClock === "stream" ? `${formatAbsolute(monitor.since, "UTC")} (stream)` : <RelativeTime at={monitor.since} />}</span></>}
        facts={factsOf(monitor)}
      />
      <div className="grid gap-4">
        {monitor.error && <Notice tone="failed">{monitor.error}</Notice>}
        {monitor.operation && ["queued", "running"].includes(monitor.operation.state) && <Notice>Calibrating on the reference: {monitor.operation.stage || "queued"}</Notice>}
        {monitor.alerts.length > 0 && <Section title="Alerts" flush><AlertRows project={project} alerts={monitor.alerts} /></Section>}
        <ReplayControls project={project} model={monitor.model} />
        <RuleCharts monitor={monitor} windows={series.windows} />
        <DriftTable project={project} name={name} />
        {monitor.baseline && <BacktestTable baseline={monitor.baseline} />}
      </div>
    </>
  );
}
