"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { useMay } from "@/components/trpc/use-may";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { stateLooks, stateWords } from "./measure-words";
import { newMonitorHref } from "./new-monitor-href";

/** What watches a model, or the way to a monitor of it. */
export function ModelWatch({ project, model }: { project: string; model: string }) {
  const trpc = useTRPC();
  const mayMake = useMay(project, "member");
  const options = trpc.monitoring.listMonitors.queryOptions({ project });
  const { data } = useQuery(options);
  useLive(["monitors"], [options.queryKey]);
  if (!data) return null;
  const watching = data.filter((one) => one.model === model);
  if (watching.length === 0) return <>not watched{mayMake && <>, <InlineLink className="underline" href={newMonitorHref(project, model)}>New monitor</InlineLink></>}</>;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-3">
      {watching.map(({ name, state }) => (
        <span key={name} className="inline-flex items-center gap-2">
          <StateBadge state={stateLooks[state]} word={stateWords[state]} />
          <InlineLink className="underline" href={`/${project}/monitoring/${name}`}>{name}</InlineLink>
        </span>
      ))}
    </span>
  );
}
