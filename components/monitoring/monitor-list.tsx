"use client";

import { useSuspenseQueries } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { cn } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { formatCount, formatPercent } from "@/components/ui/format/format-number";
import { formatAbsolute } from "@/components/ui/format/format-time";
import { Section } from "@/components/ui/layout/section";
import { Breakable } from "@/components/ui/text/breakable";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { MonitorSummary } from "@/server/domains/monitoring/contract/monitor";
import { errorShare } from "@/server/domains/monitoring/contract/error-share";
import { AlertRows } from "./alerts/alert-rows";
import { limitShare, measureTitles, measureValue, nearestTitle, stateLooks, stateWords, streamTime } from "./measure-words";
import { NewMonitorButton } from "./new-monitor-button";

const applySnippet = (origin: string) => `export SLIPWAY_TOKEN=slw_…  # Settings → Tokens
curl ${origin}/api/v1/monitors -H "Authorization: Bearer $SLIPWAY_TOKEN" \\
  -H "Content-Type: application/json" -d '{"name":"my-model","model":"my-model",
  "reference":{"dataset":"my_data","column":"day","from":"2026-01-01","to":"2026-02-28"},
  "rules":[{"name":"drift","measure":"psi","of":"features","window":"7d"}]}'`;

const limitText = ({ measure, window }: MonitorSummary["quality"][number]) =>
  `${measureValue(measure, window.value)}${window.high === null ? "" : ` of at most ${measureValue(measure, window.high)}`}`;

type Fact = { label: string; value: string; tip?: string; isBad?: boolean };

function factsOf({ worst, worstTitle, quality, traffic }: MonitorSummary): Fact[] {
  return [
    ...quality.map((one) => ({ label: measureTitles[one.measure], value: limitText(one), isBad: one.window.verdict === "breach" })),
    { label: "Nearest to its limit", value: worst ? `${nearestTitle(worst.column, worstTitle)}${worst.ratio === null ? "" : `: ${limitShare(worst.ratio)}`}` : "no window yet", tip: worstTitle ?? undefined, isBad: (worst?.ratio ?? 0) > 1 },
    { label: "Traffic, last hour", value: traffic.requests === 0 ? "none" : `${formatCount(traffic.requests)} requests` },
    { label: "Error rate", value: formatPercent(errorShare(traffic), 2) },
    ...(traffic.clientErrors > 0 ? [{ label: "Refused requests", value: formatCount(traffic.clientErrors) }] : []),
    { label: "p99", value: traffic.p99Ms === null ? "–" : `${traffic.p99Ms.toFixed(1)} ms` },
  ];
}

/** Is it all right, since when, whose; then how good, how much and how fast. */
function MonitorRow({ project, monitor }: { project: string; monitor: MonitorSummary }) {
  return (
    <li className="border-line border-b px-3 py-2.5 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <StateBadge state={stateLooks[monitor.state]} word={stateWords[monitor.state]} />
        <Link href={`/${project}/monitoring/${monitor.name}`} className="font-medium text-accent-text hover:underline">{monitor.name}</Link>
        <span className="text-muted">since {monitor.sinceClock === "stream" ? <span data-tip={`${formatAbsolute(monitor.since, "UTC")}, on the stream's clock`}>{streamTime(monitor.since)}</span> : <RelativeTime at={monitor.since} />}</span>
        <span className="text-muted">{monitor.model}{monitor.championVersion !== null && ` v${monitor.championVersion}`}</span>
        {monitor.openAlerts > 0 && <StateBadge state="firing" word={`${monitor.openAlerts} open ${monitor.openAlerts === 1 ? "alert" : "alerts"}`} />}
        <span className="ml-auto text-muted">{monitor.owner || "no owner yet"}</span>
      </div>
      <dl className="mt-2 grid grid-cols-2 gap-x-6 gap-y-1.5 text-table tabular-nums sm:grid-cols-3 lg:grid-cols-4 xl:auto-cols-fr xl:grid-flow-col xl:grid-cols-none">
        {factsOf(monitor).map((fact) => (
          <div key={fact.label} className="min-w-0" data-tip={fact.tip}>
            <dt className="text-label text-muted">{fact.label}</dt>
            <dd className={cn("wrap-anywhere", fact.isBad && "text-failed")}><Breakable text={fact.value} /></dd>
          </div>
        ))}
      </dl>
      <p className="mt-1.5 text-label text-muted">
        {monitor.watermark ? `Stream's clock ${streamTime(monitor.watermark)}` : "No inference was seen yet"}
        {monitor.error && <span className="text-failed"> · {monitor.error}</span>}
      </p>
    </li>
  );
}

export function MonitorList({ project, origin }: { project: string; origin: string }) {
  const trpc = useTRPC();
  const queries = [trpc.monitoring.listMonitors.queryOptions({ project }), trpc.monitoring.listAlerts.queryOptions({ project, limit: 50 })] as const;
  const [{ data: monitors }, { data: page }] = useSuspenseQueries({ queries });
  useLive(["monitors", "alerts"], queries.map((query) => query.queryKey));
  if (monitors.length === 0) {
    return (
      <EmptyState title="Nothing is watched yet" action={<NewMonitorButton project={project} />} snippets={[{ label: "curl", code: applySnippet(origin) }]}>
        A monitor holds an endpoint's live windows against a reference. Its limits are calibrated on the reference's own windows, and it shows how often they would have fired there.
      </EmptyState>
    );
  }
  return (
    <div className="grid gap-4">
      <Section title="Monitors" flush><ul>{monitors.map((monitor) => <MonitorRow key={monitor.name} project={project} monitor={monitor} />)}</ul></Section>
      <Section title="Alerts" flush><AlertRows project={project} alerts={page.alerts} /></Section>
    </div>
  );
}
