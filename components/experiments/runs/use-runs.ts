"use client";

import { keepPreviousData, useInfiniteQuery, useQueries } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { isOpen } from "../run-identity";
import { pageSize, type RunsSearch, runsKey, runsPrefix } from "./runs-query";

const pollMs = 2_500;
const pagesPolled = 4;

/**
 * Pages of runs. What starts and ends comes by live topics; numbers that move inside running rows are read at a steady
 * pace, because a busy run would otherwise have the whole table read many times a second.
 */
export function useRuns(project: string, search: RunsSearch) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const pages = useInfiniteQuery({
    queryKey: runsKey(project, search),
    queryFn: ({ pageParam }) => client.experiments.searchRuns.query({ project, ...search, pageToken: pageParam, limit: pageSize }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => {
      const read = state.data?.pages ?? [];
      return read.length <= pagesPolled && read.some((page) => page.runs.some((run) => isOpen(run.status))) ? pollMs : false;
    },
  });
  useLive(["experiments"], [runsPrefix(project), trpc.experiments.countRuns.queryKey()]);
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.runs) ?? [], [pages.data]);
  return { pages, rows };
}

const perRequest = 100;

type Curves = ReadonlyMap<string, readonly number[]>;

function chunksOf<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / perRequest) }, (_, at) => items.slice(at * perRequest, (at + 1) * perRequest));
}

/** The chosen metric's small curves for the rows that are loaded; only requests that hold running rows are repeated. */
export function useCurves(project: string, metric: string | null, rows: readonly { id: string; status: string }[]): Curves {
  const trpc = useTRPC();
  // A run that comes moves those of every chunk: what was read stays until it is read again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each project's metric has a map of its own
  const read = useMemo(() => new Map<string, readonly number[]>(), [project, metric]);
  const combine = useCallback(
    (results: { data?: { runId: string; values: number[] }[] }[]): Curves => {
      for (const { data = [] } of results) for (const { runId, values } of data) read.set(runId, values);
      return new Map(read);
    },
    [read],
  );
  return useQueries({
    queries: chunksOf(metric === null ? [] : rows).map((chunk) =>
      trpc.experiments.listSparklines.queryOptions(
        { project, key: metric ?? "", runIds: chunk.map((row) => row.id), points: 24 },
        { refetchInterval: chunk.some((row) => isOpen(row.status)) ? 2 * pollMs : false },
      ),
    ),
    combine,
  });
}
