"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTableState } from "@/components/data-table/use-table-state";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import type { RunKeys, RunView } from "@/server/domains/experiments/contract/run";
import { useRunGrammar } from "../filter/use-run-grammar";
import { hexOf, runIdOf } from "../run-identity";
import { focusMetric } from "./focus-metric";
import { defaultSort, noKeys, type RunsSearch, runsPrefix, runsSearch } from "./runs-query";
import { useRunsView } from "./use-runs-view";

function useRunKeys(project: string, no: number): RunKeys {
  const trpc = useTRPC();
  const asked = { project, experimentNos: [no] };
  const { data } = useQuery(trpc.experiments.listRunKeys.queryOptions(asked));
  useLive(["experiments", "run-keys"], [trpc.experiments.listRunKeys.queryKey(asked)]);
  return data ?? noKeys;
}

/** How many the search finds, and how many more the filter would without what is kept out; null where that is not known. */
function useRunCount(project: string, search: RunsSearch, filter: string) {
  const trpc = useTRPC();
  const { experimentNos, view } = search;
  const counted = useQuery(trpc.experiments.countRuns.queryOptions({ project, experimentNos, filter: search.filter, view }, { placeholderData: keepPreviousData }));
  const all = useQuery(trpc.experiments.countRuns.queryOptions({ project, experimentNos, filter, view }, { enabled: search.filter !== filter }));
  const total = counted.data?.count;
  const isKnown = search.filter !== filter && all.data && !all.data.isMore && total !== undefined;
  return { total, hasMore: counted.data?.isMore ?? false, hidden: isKnown ? Math.max(0, (all.data?.count ?? 0) - total) : null };
}

/** The pinned run, with what the table shows of each. */
function useBaseline(project: string, hex: string | null, columns: RunsSearch["columns"]): RunView | null {
  const client = useTRPCClient();
  const isRun = hex !== null && runIdOf(hex) !== null;
  const { data } = useQuery({
    queryKey: [...runsPrefix(project), "baseline", hex, columns],
    queryFn: async () => (await client.experiments.searchRuns.query({ project, filter: `run_id = "${hex}"`, view: "ALL", columns, limit: 1 })).runs[0] ?? null,
    enabled: isRun,
    placeholderData: keepPreviousData,
  });
  return isRun ? (data ?? null) : null;
}

export type RunsTable = ReturnType<typeof useRunsTable>;

/** What the table of runs is about, flat or in groups: the state of the URL, the keys there are, the baseline. */
export function useRunsTable(project: string, no: number) {
  const state = useTableState({ defaultSort });
  const view = useRunsView();
  const keys = useRunKeys(project, no);
  const search = runsSearch(no, { filter: state.filter, sort: state.sort, view: view.view, all: view.all, picked: state.columns, metric: view.metric, group: view.group, keys });
  const metric = focusMetric(view.metric, state.sort, keys);
  const grammar = useRunGrammar(project, no, keys);
  const count = useRunCount(project, search, state.filter);
  const baseline = useBaseline(project, view.baselineHex, search.columns);
  const onPin = useCallback((runId: string) => view.setBaseline(hexOf(runId)), [view]);
  return { state, view, keys, search, metric, grammar, count, baseline, onPin };
}
