"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import type { JobDetail } from "@/server/domains/compute/contract/job";
import { isFinished } from "./job-words";

/** What the page of a job tells depends on other jobs while it waits, and where others run after it. */
function topicsOf(jobId: string, job: JobDetail | undefined): string[] {
  const queue = job?.state === "queued" ? ["job-queue", "agents"] : [];
  const others = job && job.after.length + job.followers.count > 0 ? ["jobs"] : [];
  return [`job:${jobId}`, ...queue, ...others];
}

/** While a job waits its reason and estimate depend on the others in the queue. */
export function useJob(project: string, jobId: string) {
  const trpc = useTRPC();
  const asked = trpc.compute.getJob.queryOptions({ project, jobId });
  const query = useQuery({
    ...asked,
    refetchInterval: ({ state }) => (state.data?.state === "queued" ? 10_000 : state.data && !isFinished(state.data.state) ? 30_000 : false),
  });
  useLive(topicsOf(jobId, query.data), [asked.queryKey]);
  return query;
}
