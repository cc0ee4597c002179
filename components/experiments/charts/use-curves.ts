"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Range } from "@/components/charts/lines/line-series";
import { useTRPCClient } from "@/components/trpc/client";
import type { ComparedRuns, Curve } from "@/server/domains/experiments/contract/compare";

const pollMs = 1_500;

type Read = { known: number; curves: Curve[] };

export type CurvesAsked = {
  project: string;
  asked: ComparedRuns;
  metric: string;
  /** Points of all runs together, as their summaries count them. */
  known: number;
  steps: Range | null;
  times: boolean;
  means: boolean;
  enabled: boolean;
};

/**
 * One metric's curves. They are read again, at a steady pace, only while the runs' summaries (which arrive live) count
 * more points than were known at the last read.
 */
export function useCurves({ project, asked, metric, known, steps, times, means, enabled }: CurvesAsked) {
  const client = useTRPCClient();
  const range = steps && { fromStep: Math.floor(steps.from), toStep: Math.ceil(steps.to) };
  const how = { ...(times && { times }), ...(means && { means }), ...range };
  return useQuery({
    queryKey: ["experiments", "curves", project, asked, metric, how],
    queryFn: async (): Promise<Read> => ({ known, curves: await client.experiments.readCurves.query({ project, ...asked, key: metric, ...how }) }),
    enabled,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data && state.data.known < known ? pollMs : false),
  });
}
