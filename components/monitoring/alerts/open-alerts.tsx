"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { ButtonLink } from "@/components/ui/actions/button";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { streamTime } from "../measure-words";

/** Alerts that nobody has resolved, as rows of Home's first section. */
export function OpenAlerts({ project }: { project: string }) {
  const trpc = useTRPC();
  const options = trpc.monitoring.listAlerts.queryOptions({ project, state: "open", limit: 10 });
  const { data } = useQuery(options);
  useLive(["alerts"], [options.queryKey]);
  return (data?.alerts ?? []).map((alert) => (
    <li key={alert.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-4 py-2 last:border-b-0">
      <StateBadge state={alert.state} word={alert.state} />
      <span className="min-w-0 flex-1">
        {alert.title}
        <span className="text-muted"> · since {streamTime(alert.startsAt)} on the stream's clock</span>
      </span>
      <ButtonLink size="sm" href={`/${project}/monitoring/alerts/${alert.id}`}>
        Open
      </ButtonLink>
    </li>
  ));
}
