"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTRPCClient } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { appendSlice, emptyLog, type LogText } from "./log-text";

const sliceBytes = 1024 * 1024;

/** The whole log of an attempt: what is held is kept, and each read asks only for what came after it. */
export function useJobLog(project: string, jobId: string, attempt: number) {
  const client = useTRPCClient();
  const cache = useQueryClient();
  const queryKey = ["compute", "log", project, jobId, attempt];

  async function readOn(): Promise<LogText> {
    for (;;) {
      const held = cache.getQueryData<LogText>(queryKey) ?? emptyLog;
      const slice = await client.compute.readLogs.query({ project, jobId, attempt, offset: held.to, limit: sliceBytes });
      const latest = cache.getQueryData<LogText>(queryKey) ?? emptyLog;
      const log = appendSlice(latest, slice);
      if (log.to === held.to || log.to >= log.size) return log;
      cache.setQueryData(queryKey, log);
    }
  }

  useLive([`log:${jobId}`], [queryKey]);
  return useQuery({
    queryKey,
    queryFn: readOn,
    enabled: attempt > 0,
    structuralSharing: false,
    staleTime: ({ state }) => (state.data?.ended ? Number.POSITIVE_INFINITY : 0),
  });
}
