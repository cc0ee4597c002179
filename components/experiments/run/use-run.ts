"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";

/** A run, read again as its script logs to it. */
export function useRun(project: string, runId: string) {
  const trpc = useTRPC();
  const asked = trpc.experiments.getRun.queryOptions({ project, runId });
  useLive([`run:${runId}`], [asked.queryKey]);
  return useQuery(asked);
}
