"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { looksApart, type SeriesLook } from "@/components/charts/colour-of";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import type { ComparedRun, ComparedRuns, Comparison } from "@/server/domains/experiments/contract/compare";
import { isOpen, runIdOf } from "../run-identity";
import { asksNothing, distinctNames } from "./compare-query";

const pollMs = 2_500;

/** Runs that are held against each other, in the order of the address, and who is the baseline. */
export type Compared = Omit<Comparison, "runs"> & {
  project: string;
  asked: ComparedRuns;
  /** In the order of params, tags and metric columns. */
  runs: readonly ComparedRun[];
  baseline: ComparedRun;
  /** Places in `runs`, the baseline's first. */
  order: readonly number[];
  looks: ReadonlyMap<string, SeriesLook>;
};

export function useComparison(project: string, asked: ComparedRuns, base: string | null) {
  const trpc = useTRPC();
  const question = trpc.experiments.readComparison.queryOptions({ project, ...asked }, { enabled: !asksNothing(asked) });
  const query = useQuery({ ...question, refetchInterval: ({ state }) => (state.data?.runs.some((run) => isOpen(run.status)) ? pollMs : false) });
  useLive(["experiments"], [question.queryKey]);
  const { data } = query;
  const compared = useMemo<Compared | null>(() => {
    const runs = distinctNames(data?.runs ?? []);
    const chosen = base ? runIdOf(base) : null;
    const first = Math.max(0, runs.findIndex((run) => run.id === chosen));
    const baseline = runs[first];
    if (!data || !baseline) return null;
    const order = [first, ...runs.keys()].filter((place, index) => index === 0 || place !== first);
    // In the order of the address: another baseline leaves each its colour.
    return { ...data, project, asked, runs, baseline, order, looks: looksApart(runs.map(({ id }) => ({ id }))) };
  }, [data, project, asked, base]);
  return { ...query, compared };
}
