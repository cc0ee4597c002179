"use client";

import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import type { RunView } from "@/server/domains/experiments/contract/run";
import type { GroupField, GroupSort } from "@/server/domains/experiments/contract/run-table";
import { isOpen } from "../../run-identity";
import { type RunsSearch, runsPrefix } from "../runs-query";
import { groupCondition, joinFilters } from "./group-field";
import { groupId } from "./group-rows";

export const runsShown = 50;
const metricsAsked = 50;
const pollMs = 5_000;

type Asked = { project: string; search: RunsSearch; by: GroupField; sort: GroupSort; open: readonly string[] };

/** The groups, and the first runs of those that are open. */
export function useRunGroups({ project, search, by, sort, open }: Asked) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const { experimentNos, filter, view, columns } = search;
  const asked = { project, experimentNos, filter, view, by, sort, metrics: columns?.metrics.slice(0, metricsAsked) };
  const groups = useQuery(trpc.experiments.groupRuns.queryOptions(asked, { placeholderData: keepPreviousData }));
  const opened = (groups.data?.groups ?? []).filter((group) => open.includes(groupId(group.value)));
  const runsOf = useQueries({
    queries: opened.map(({ value }) => {
      const ofGroup = { ...search, filter: joinFilters(filter, groupCondition(by, value)) };
      return {
        queryKey: [...runsPrefix(project), "group", ofGroup],
        queryFn: async () => ({ id: groupId(value), ...(await client.experiments.searchRuns.query({ project, ...ofGroup, limit: runsShown })) }),
        refetchInterval: ({ state }: { state: { data?: { runs: RunView[] } } }) => (state.data?.runs.some((run) => isOpen(run.status)) ? pollMs : false),
      };
    }),
    combine: (results) => new Map(results.flatMap(({ data }) => (data ? [[data.id, data.runs] as const] : []))),
  });
  useLive(["experiments"], [runsPrefix(project), trpc.experiments.groupRuns.queryKey(), trpc.experiments.countRuns.queryKey()]);
  return { groups, runsOf };
}
