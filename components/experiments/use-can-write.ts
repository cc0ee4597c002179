"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";

/** Whether this person may change things here; until it is known, nothing that changes is offered. */
export function useCanWrite(project: string): boolean {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.identity.getViewer.queryOptions({ project }, { staleTime: Number.POSITIVE_INFINITY }));
  return data !== undefined && data.role !== "viewer";
}
