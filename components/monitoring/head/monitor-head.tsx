"use client";

import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useMay } from "@/components/trpc/use-may";
import { Button, ButtonLink } from "@/components/ui/actions/button";
import { notify } from "@/components/ui/feedback/notify";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { formatCount, formatPercent } from "@/components/ui/format/format-number";
import { formatAbsolute } from "@/components/ui/format/format-time";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { PageHeader } from "@/components/ui/layout/page-header";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { AlertView } from "@/server/domains/monitoring/contract/alert";
import type { MonitorView } from "@/server/domains/monitoring/contract/monitor";
import { errorShare } from "@/server/domains/monitoring/contract/error-share";
import { stateLooks, stateWords, streamTime } from "../measure-words";
import { DeleteMonitor } from "./delete-monitor";
import { labelWords } from "./label-words";
import { OwnerWanted } from "./owner-wanted";
import { standingSentence } from "../standing-words";

/** As wide as it gets, in characters: what moves with each request must not move the page from one line of facts to two. */
const steady = (width: number, value: ReactNode) => (
  <span className="inline-block tabular-nums max-sm:min-w-0!" style={{ minWidth: `${width}ch` }}>{value}</span>
);

function factsOf(project: string, monitor: MonitorView) {
  const { traffic } = monitor;
  return [
    { label: "Owner", value: monitor.owner || <OwnerWanted project={project} monitor={monitor.name} /> },
    { label: "Traffic, last hour", value: steady(28, traffic.requests === 0 ? "none" : `${formatCount(traffic.requests)} requests, ${formatCount(traffic.rows)} rows`) },
    { label: "Error rate", value: steady(7, formatPercent(errorShare(traffic), 2)) },
    ...(traffic.clientErrors > 0 ? [{ label: "Refused requests", value: formatCount(traffic.clientErrors) }] : []),
    { label: "p99", value: steady(10, traffic.p99Ms === null ? "–" : `${traffic.p99Ms.toFixed(1)} ms`) },
    { label: "Labels", value: steady(52, labelWords(monitor)) },
    { label: "Stream's clock", value: steady(18, monitor.watermark ? <span data-tip={formatAbsolute(monitor.watermark, "UTC")}>{streamTime(monitor.watermark)}</span> : "nothing seen yet") },
    { label: "Champion", value: monitor.championVersion === null ? "none" : <InlineLink href={`/${project}/models/${monitor.model}`}>{monitor.model} v{monitor.championVersion}</InlineLink> },
  ];
}

function Acknowledge({ project, alert }: { project: string; alert: AlertView }) {
  const trpc = useTRPC();
  const acknowledge = useMutation(
    trpc.monitoring.acknowledgeAlert.mutationOptions({
      onSuccess: () => notify.success("Acknowledged", { description: "It stays open until its window holds again." }),
      onError: (error) => notify.error("That was refused", { description: error.message }),
    }),
  );
  return <Button variant="primary" pending={acknowledge.isPending} onClick={() => acknowledge.mutate({ project, alertId: alert.id, note: "" })}>Acknowledge</Button>;
}

/** Readable at 3 a.m. on a phone: the word, since when, which part, whose, and the one button. */
export function MonitorHead({ project, monitor }: { project: string; monitor: MonitorView }) {
  const mayEdit = useMay(project, "member");
  const firing = monitor.alerts.find((alert) => alert.state === "firing");
  const since = monitor.sinceClock === "stream" ? <span data-tip={`${formatAbsolute(monitor.since, "UTC")}, on the stream's clock`}>{streamTime(monitor.since)}</span> : <RelativeTime at={monitor.since} />;
  return (
    <PageHeader
      title={monitor.name}
      state={<><StateBadge state={stateLooks[monitor.state]} word={stateWords[monitor.state]} /><span className="text-muted text-table">since {since}</span></>}
      description={<><span className="text-ink">{standingSentence(monitor)}</span>{monitor.description && <span className="mt-0.5 block text-label">{monitor.description}</span>}</>}
      actions={
        <>
          {firing && mayEdit && <Acknowledge project={project} alert={firing} />}
          {monitor.definition.runbook.startsWith("http") && <ButtonLink href={monitor.definition.runbook}>Runbook</ButtonLink>}
          {mayEdit && <ButtonLink href={`/${project}/monitoring/${monitor.name}/edit`}>Edit rules</ButtonLink>}
          <DeleteMonitor project={project} name={monitor.name} />
        </>
      }
      facts={factsOf(project, monitor)}
    />
  );
}
