"use client";

import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useTRPCClient } from "@/components/trpc/client";
import type { MetricColumn } from "@/server/domains/experiments/contract/compare";
import type { Compared } from "../use-comparison";
import { heldOf } from "./held-rows";

const cellsAtOnce = 6_000;
const keysAtMost = 50;

/**
 * Columns of those metrics that are in sight, read in blocks of a size that does not depend on how many runs there are.
 * They are read again when the runs' summaries count more points.
 */
export function useMetricColumns({ project, asked, runs, metrics }: Compared, keys: readonly string[], from: number, to: number): ReadonlyMap<string, MetricColumn> {
  const client = useTRPCClient();
  const cache = useQueryClient();
  const size = Math.max(4, Math.min(keysAtMost, Math.floor(cellsAtOnce / Math.max(1, runs.length))));
  const first = Math.floor(from / size);
  const blocks = Array.from({ length: Math.max(0, Math.ceil(Math.min(to, keys.length) / size) - first) }, (_, index) => keys.slice((first + index) * size, (first + index + 1) * size));
  const known = metrics.reduce((sum, { total }) => sum + total, 0);
  const allReads = ["experiments", "metric columns", project, asked];
  return useQueries({
    queries: blocks.map((block) => ({
      queryKey: [...allReads, block, known],
      queryFn: () => client.experiments.readMetricColumns.query({ project, ...asked, keys: block }),
      placeholderData: () => heldOf<MetricColumn>(cache, { queryKey: allReads }, ({ key }) => block.includes(key)),
    })),
    combine: (results) => new Map(results.flatMap(({ data }) => data?.map((column): [string, MetricColumn] => [column.key, column]) ?? [])),
  });
}
