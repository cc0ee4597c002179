"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { ButtonLink } from "@/components/ui/actions/button";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { TaskRow } from "@/components/ui/layout/task-row";
import { Breakable } from "@/components/ui/text/breakable";
import { firstWindow, knownSince } from "./alert-words";

/** Alerts that nobody has resolved, as rows of Home's first section. */
export function OpenAlerts({ project }: { project: string }) {
  const trpc = useTRPC();
  const options = trpc.monitoring.listAlerts.queryOptions({ project, state: "open", limit: 10 });
  const { data } = useQuery(options);
  useLive(["alerts"], [options.queryKey]);
  return (data?.alerts ?? []).map((alert) => (
    <TaskRow
      key={alert.id}
      state={<StateBadge state={alert.state} word={alert.state} />}
      action={<ButtonLink size="sm" href={`/${project}/monitoring/alerts/${alert.id}`}>Open</ButtonLink>}
    >
      <Breakable text={alert.title} />
      <span className="text-muted" data-tip={firstWindow(alert)}> · {knownSince(alert)} on the stream's clock</span>
    </TaskRow>
  ));
}
