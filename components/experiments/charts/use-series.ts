"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Range } from "@/components/charts/lines/line-series";
import { useTRPCClient } from "@/components/trpc/client";
import type { ChartSeries } from "@/server/domains/experiments/contract/run";
import type { ChartedRun } from "./group-metrics";

const pollMs = 1_500;
const points = 600;

type Read = { known: number; series: ChartSeries[] };

export type SeriesAsked = { project: string; runs: readonly ChartedRun[]; metric: string; steps: Range | null; enabled: boolean };

/**
 * One metric's curves. They are read again, at a steady pace, only while the runs' summaries (which arrive live) count
 * more points than were known at the last read.
 */
export function useSeries({ project, runs, metric, steps, enabled }: SeriesAsked) {
  const client = useTRPCClient();
  const holders = runs.filter((run) => (run.counts.get(metric) ?? 0) > 0);
  const known = holders.reduce((sum, run) => sum + (run.counts.get(metric) ?? 0), 0);
  const runIds = holders.map((run) => run.id);
  const range = steps && { fromStep: Math.floor(steps.from), toStep: Math.ceil(steps.to) };
  return useQuery({
    queryKey: ["experiments", "series", project, metric, runIds, range],
    queryFn: async (): Promise<Read> => ({
      known,
      series: await client.experiments.readChartSeries.query({ project, runIds, keys: [metric], points, ...range }),
    }),
    enabled: enabled && runIds.length > 0,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data && state.data.known < known ? pollMs : false),
  });
}
