"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import type { RecipeView } from "@/server/domains/experiments/contract/recipe";
import { rankMetrics } from "../../metrics/rank-metrics";

/** Metrics that the recipe promises or its latest runs logged, and its earlier sweeps. */
export function useSweepChoices(project: string, recipe: RecipeView) {
  const trpc = useTRPC();
  const latest = useQuery(trpc.experiments.searchRuns.queryOptions({ project, filter: `tags."slipway.recipe" LIKE '${recipe.name}@%' and status = 'FINISHED'`, limit: 3 }));
  const priced = useQuery(trpc.compute.getPrices.queryOptions({ project }));
  const sweeps = useQuery(trpc.experiments.listSweeps.queryOptions({ project }));
  const { metrics: promised = {} } = recipe.definition;
  const keys = [...new Set(latest.data?.runs.flatMap((run) => run.metrics.map(({ key }) => key)) ?? [])];
  return {
    metrics: [...new Set([...Object.keys(promised), ...rankMetrics(keys.map((key) => ({ key, runs: 1, points: 1 }))).map(({ key }) => key)])],
    /** Of the installation's prices: a budget in money needs them. */
    currency: priced.data?.prices.currency ?? null,
    earlier: (sweeps.data?.sweeps ?? []).filter((sweep) => sweep.recipe === recipe.name && sweep.counts.complete > 0).map(({ id, name, counts }) => ({ id, name, runs: counts.complete })),
  };
}
