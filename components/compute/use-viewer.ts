"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";

/** What this person may do here; until it is known, nothing that changes is offered. */
export function useViewer(project: string): { canWrite: boolean; isAdmin: boolean } {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.identity.getViewer.queryOptions({ project }, { staleTime: Number.POSITIVE_INFINITY }));
  return { canWrite: data !== undefined && data.role !== "viewer", isAdmin: data?.actor.isAdmin ?? false };
}
