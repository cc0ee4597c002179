"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { useMay } from "@/components/trpc/use-may";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { Breakable } from "@/components/ui/text/breakable";
import { limitShare, nearestTitle, stateLooks, stateWords } from "./measure-words";
import { newMonitorHref } from "./new-monitor-href";

/** Whether what serves is all right: its monitor's state, and what is nearest to its limit. */
export function ModelHealth({ project, model }: { project: string; model: string }) {
  const trpc = useTRPC();
  const mayMake = useMay(project, "member");
  const options = trpc.monitoring.listMonitors.queryOptions({ project });
  const { data } = useQuery(options);
  useLive(["monitors", "alerts"], [options.queryKey]);
  const monitor = data?.find((one) => one.model === model);
  if (!monitor) return data ? <span className="ml-auto text-muted">not watched yet{mayMake && <>, <InlineLink className="underline" href={newMonitorHref(project, model)}>New monitor</InlineLink></>}</span> : null;
  const { worst } = monitor;
  return (
    <span className="flex w-full flex-wrap items-center gap-x-3 text-table">
      <StateBadge state={stateLooks[monitor.state]} word={stateWords[monitor.state]} />
      <span className="min-w-0 flex-1 basis-48 text-muted wrap-anywhere">
        {worst && worst.ratio !== null
          ? <Breakable text={`Newest window: ${nearestTitle(worst.column, monitor.worstTitle)} at ${limitShare(worst.ratio)} of its limit${worst.column !== "" && monitor.worstTitle ? `, ${monitor.worstTitle}` : ""}`} />
          : "no window is complete yet"}
      </span>
      <InlineLink href={`/${project}/monitoring/${monitor.name}`}>Monitor</InlineLink>
    </span>
  );
}
