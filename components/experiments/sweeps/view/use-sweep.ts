"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";

/** A sweep with its trials, read again as it goes on. */
export function useSweep(project: string, sweepId: string) {
  const trpc = useTRPC();
  const asked = trpc.experiments.getSweep.queryOptions({ project, sweepId });
  useLive([`sweep:${sweepId}`], [asked.queryKey]);
  return useQuery(asked);
}
