"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { QuerySection } from "@/components/trpc/query-section";
import { cn } from "@/components/ui/class-names";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { TableSkeleton } from "@/components/ui/feedback/skeletons";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { DeliverySummary } from "@/server/domains/monitoring/contract/alert";
import { sentenceCase } from "../measure-words";
import { deliveryAnswer, deliveryState } from "./delivery-words";
import { eventWord } from "./event-words";
import { NextTry } from "./next-try";

type RowsProps = { deliveries: readonly DeliverySummary[]; project: string; /** On an alert's own page each names its channel. */ names?: "alert" | "channel" };

function Subject({ delivery, project, names }: { delivery: DeliverySummary } & Pick<RowsProps, "project" | "names">) {
  if (names === "channel") return `${delivery.channel}, ${eventWord(delivery.event)}`;
  if (!delivery.alertId) return eventWord(delivery.event);
  return <Link href={`/${project}/monitoring/alerts/${delivery.alertId}`} className="text-accent-text hover:underline">{eventWord(delivery.event)}</Link>;
}

export function DeliveryRows({ deliveries, project, names = "alert" }: RowsProps) {
  return (
    <ul className="text-table">
      {deliveries.map((delivery) => (
        <li key={delivery.id} className="flex flex-wrap items-center gap-x-4 gap-y-0.5 border-line border-b py-1.5 last:border-b-0">
          <span className="w-28"><StateBadge {...deliveryState(delivery)} /></span>
          <span className={cn("first-letter:uppercase", names === "channel" ? "w-44 break-words" : "w-28")}><Subject delivery={delivery} project={project} names={names} /></span>
          <span className="min-w-0 flex-1 basis-48 break-words text-muted" data-tip={delivery.lastError ?? undefined}>{sentenceCase(deliveryAnswer(delivery))}</span>
          <span className="text-muted tabular-nums"><NextTry delivery={delivery} /></span>
          <span className="w-28 text-right text-muted"><RelativeTime at={delivery.lastAttemptAt ?? delivery.createdAt} /></span>
        </li>
      ))}
    </ul>
  );
}

/** A channel's latest deliveries: each with its answer or its error, and how often it was tried. */
export function Deliveries({ project, channelId }: { project: string; channelId: string }) {
  const trpc = useTRPC();
  const options = trpc.monitoring.listDeliveries.queryOptions({ project, channelId, limit: 20 });
  const query = useQuery(options);
  useLive([`channel:${channelId}`, "channels"], [options.queryKey]);
  return (
    <QuerySection query={query} title="What was sent could not be read" loading={<TableSkeleton rows={2} columns={4} />}>
      {(deliveries) => (deliveries.length === 0 ? <p className="text-label text-muted">Nothing yet.</p> : <DeliveryRows deliveries={deliveries} project={project} />)}
    </QuerySection>
  );
}
