"use client";

import { useMutation, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { PageCrumbs } from "@/components/shell/crumbs/page-crumbs";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { useMay } from "@/components/trpc/use-may";
import { Button } from "@/components/ui/actions/button";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { PageHeader } from "@/components/ui/layout/page-header";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { Section } from "@/components/ui/layout/section";
import { Breakable } from "@/components/ui/text/breakable";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { AlertView, IncidentView } from "@/server/domains/monitoring/contract/alert";
import { endedBy, endedWhy, firstWindow } from "./alert-words";
import { Broken } from "./broken";
import { ChangeRows } from "./change-rows";
import { ownersText } from "./change-words";
import { Timeline } from "./timeline";
import { DeliveryRows } from "../channels/deliveries";
import { streamTime } from "../measure-words";
import { OwnerWanted } from "../head/owner-wanted";

function Acknowledge({ project, alert }: { project: string; alert: AlertView }) {
  const trpc = useTRPC();
  const [note, setNote] = useState("");
  const acknowledge = useMutation(trpc.monitoring.acknowledgeAlert.mutationOptions());
  const resolve = useMutation(trpc.monitoring.resolveAlert.mutationOptions());
  const mayWrite = useMay(project, "member");
  if (alert.state === "resolved" || !mayWrite) return null;
  return (
    <Section title="What you do">
      <div className="flex flex-wrap items-end gap-2">
        <Field label="Note" optional className="min-w-48 flex-1" error={acknowledge.error?.message ?? resolve.error?.message}>
          {(control) => <Input {...control} value={note} onChange={(event) => setNote(event.target.value)} />}
        </Field>
        {alert.state === "firing" && <Button variant="primary" pending={acknowledge.isPending} onClick={() => acknowledge.mutate({ project, alertId: alert.id, note })}>Acknowledge</Button>}
        <Button pending={resolve.isPending} onClick={() => resolve.mutate({ project, alertId: alert.id, note })}>Resolve</Button>
      </div>
    </Section>
  );
}

/** The audit is kept by the server's clock, so a window is held against it by when its traffic was received. */
function Changes({ incident, project }: { incident: IncidentView; project: string }) {
  const { changesFrom, changesTo } = incident;
  const { receivedFrom } = incident.alert.evidence;
  return (
    <Section
      title={`What changed upstream of ${incident.alert.model} while its traffic was received`}
      description={`By the server's clock, in UTC: the window's rows came in ${receivedFrom ? `${streamTime(new Date(receivedFrom))} – ` : "by "}${streamTime(changesTo)}; the audit is searched from ${streamTime(changesFrom)} on.`}
      flush
    >
      {incident.changes.length === 0 ? (
        <p className="px-4 py-2 text-muted">Nothing upstream of {incident.alert.model} changed in that time: look at the data's own world.</p>
      ) : (
        <ChangeRows project={project} changes={incident.changes} />
      )}
    </Section>
  );
}

/** What answered when, newest first. */
function Champions({ incident, project }: { incident: IncidentView; project: string }) {
  return (
    <Section title="Champions" description="On the server's clock." flush>
      <ul className="text-table">
        {incident.champions.slice(0, 5).map((champion) => (
          <li key={champion.from.getTime()} className="flex flex-wrap gap-x-3 border-line border-b px-4 py-1.5 last:border-b-0">
            <span className="w-10"><InlineLink href={`/${project}/models/${incident.alert.model}`}>v{champion.version}</InlineLink></span>
            <span className="text-muted">since <RelativeTime at={champion.from} />{champion.to && <>, until <RelativeTime at={champion.to} /></>} · by {champion.by}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function AlertPage({ project, alertId }: { project: string; alertId: string }) {
  const trpc = useTRPC();
  const options = trpc.monitoring.getAlert.queryOptions({ project, alertId });
  const { data: incident } = useSuspenseQuery(options);
  useLive(["alerts", `alert:${alertId}`], [options.queryKey]);
  const { alert } = incident;
  const facts = [
    { label: "Since, on the stream's clock", value: <span data-tip={firstWindow(alert)}>{streamTime(alert.endsAt)}</span> },
    { label: "Monitor", value: <InlineLink href={`/${project}/monitoring/${alert.monitor}`}>{alert.monitor}</InlineLink> },
    { label: "Fired, on the server's clock", value: <RelativeTime at={alert.firedAt} /> },
    ...(alert.resolvedAt ? [{ label: "Resolved", value: <span data-tip={endedWhy(alert) || undefined}><RelativeTime at={alert.resolvedAt} />, {endedBy(alert)}</span> }] : []),
    { label: "Whose", value: incident.owners.length === 0 ? <OwnerWanted project={project} monitor={alert.monitor} /> : ownersText(incident.owners) },
    ...(alert.acknowledgedBy ? [{ label: "Acknowledged by", value: alert.acknowledgedBy }] : []),
  ];
  return (
    <>
      <PageCrumbs crumbs={[{ label: alert.monitor, href: `/${project}/monitoring/${alert.monitor}` }, { label: `Alert of ${alert.rule}` }]} />
      <PageHeader title={<Breakable text={alert.title} />} state={<StateBadge state={alert.state} word={alert.state} />} description={<span className="max-sm:hidden">{incident.description}</span>} facts={facts} />
      <div className="grid gap-4">
        <Broken project={project} alert={alert} />
        <Timeline alert={alert} />
        <Acknowledge project={project} alert={alert} />
        {incident.steps.length > 0 && <Section title="Next steps"><ol className="list-decimal pl-5">{incident.steps.map((step) => <li key={step}>{step}</li>)}</ol></Section>}
        {incident.runbook && <Section title="Runbook"><p className="whitespace-pre-line">{incident.runbook.startsWith("http") ? <InlineLink href={incident.runbook}>{incident.runbook}</InlineLink> : incident.runbook}</p></Section>}
        <Changes incident={incident} project={project} />
        {incident.champions.length > 0 && <Champions incident={incident} project={project} />}
        {incident.deliveries.length > 0 && <Section title="Who was told"><DeliveryRows deliveries={incident.deliveries} project={project} names="channel" /></Section>}
      </div>
    </>
  );
}
