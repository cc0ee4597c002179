"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import type { JobResources } from "@/server/domains/compute/contract/job";
import { StartEstimateText } from "../job/pending-notice";

export type StartForecastProps = { project: string; resources: JobResources; needsPython: boolean; timeLimitSeconds: number; priority: number; recipe?: string };

/** When a job would start if it were submitted now, and what holds it. */
export function StartForecast({ project, priority, ...job }: StartForecastProps) {
  const trpc = useTRPC();
  const bounded = Math.max(-100, Math.min(100, Math.trunc(priority)));
  const asked = trpc.compute.forecastStart.queryOptions({ project, ...job, priority: bounded }, { placeholderData: keepPreviousData });
  const { data, error } = useQuery({ ...asked, refetchInterval: 15_000 });
  useLive(["job-queue", "jobs", "agents"], [asked.queryKey]);
  if (error) return <span className="text-muted">unknown: {error.message}</span>;
  if (!data) return <span className="text-muted">…</span>;
  return (
    <>
      {data.reason} <StartEstimateText pending={data} isStarting={data.reason.startsWith("It starts now")} />
    </>
  );
}
