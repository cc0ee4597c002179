"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Range } from "@/components/charts/lines/line-series";
import { useState } from "react";
import { useTRPCClient } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { restAfter } from "@/components/trpc/paced-reads";
import type { ComparedRuns, Curve } from "@/server/domains/experiments/contract/compare";
import { unpackCurve } from "@/server/domains/experiments/rules/compare/packed-curve";

type Read = { known: number; curves: Curve[]; tookMs: number };

/** What the answer itself counts, for it may be ahead of the summaries; a stretch of steps may lack some of the runs. */
const knownBy = (curves: readonly Curve[], known: number) => Math.max(known, curves.reduce((sum, { total }) => sum + total, 0));

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
  /** Topics that tell of new points, if they grow. */
  topics?: readonly string[];
};

const none: readonly string[] = [];

/**
 * One metric's curves. They are read again while the runs' summaries (which arrive live) count more points than were
 * known at the last read; and those that have grown under one's eyes with each word of their run, not only after it.
 */
export function useCurves({ project, asked, metric, known, steps, times, means, enabled, topics = none }: CurvesAsked) {
  const client = useTRPCClient();
  const range = steps && { fromStep: Math.floor(steps.from), toStep: Math.ceil(steps.to) };
  const how = { ...(times && { times }), ...(means && { means }), ...range };
  const queryKey = ["experiments", "curves", project, asked, metric, how];
  const [knownAtFirst] = useState(known);
  useLive(enabled && known > knownAtFirst ? topics : none, [queryKey]);
  return useQuery({
    queryKey,
    queryFn: async (): Promise<Read> => {
      const from = performance.now();
      const packed = await client.experiments.readPackedCurves.query({ project, ...asked, key: metric, ...how });
      const curves = packed.map(unpackCurve);
      return { known: knownBy(curves, known), curves, tookMs: performance.now() - from };
    },
    enabled,
    // Points that came again are not worth a comparison of each with the one before.
    structuralSharing: false,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data && state.data.known < known ? restAfter(state.data.tookMs) : false),
  });
}
