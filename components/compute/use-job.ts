"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { isFinished } from "./job-words";

/** While a job waits its reason and estimate depend on the others in the queue. */
export function useJob(project: string, jobId: string) {
  const trpc = useTRPC();
  const asked = trpc.compute.getJob.queryOptions({ project, jobId });
  const query = useQuery({
    ...asked,
    refetchInterval: ({ state }) => (state.data?.state === "queued" ? 10_000 : state.data && !isFinished(state.data.state) ? 30_000 : false),
  });
  useLive(query.data?.state === "queued" ? [`job:${jobId}`, "job-queue", "agents"] : [`job:${jobId}`], [asked.queryKey]);
  return query;
}
