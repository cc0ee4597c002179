"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { RelativeTime } from "@/components/ui/text/relative-time";

/** The newest alert once it is over: who was away learns that something was, though nothing is. */
export function LastAlert({ project }: { project: string }) {
  const trpc = useTRPC();
  const options = trpc.monitoring.listAlerts.queryOptions({ project, limit: 1 });
  const { data } = useQuery(options);
  useLive(["alerts"], [options.queryKey]);
  const last = data?.alerts[0];
  if (!last?.resolvedAt) return null;
  return (
    <>
      {" "}
      The last alert, <InlineLink href={`/${project}/monitoring/alerts/${last.id}`} className="underline">{last.title}</InlineLink>, was resolved <RelativeTime at={last.resolvedAt} />.
    </>
  );
}
