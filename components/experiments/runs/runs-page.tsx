"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { DataTable } from "@/components/data-table/data-table";
import { FilterBar } from "@/components/data-table/filter/filter-bar";
import { useTableState } from "@/components/data-table/use-table-state";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import type { RunKeys, RunView } from "@/server/domains/experiments/contract/run";
import { Failure } from "../failure";
import { useRunGrammar } from "../filter/use-run-grammar";
import { hexOf, runHref, runIdOf } from "../run-identity";
import { focusColumns } from "./columns/focus-columns";
import { focusMetric } from "./focus-metric";
import { runColumns } from "./columns/run-columns";
import { useTableRoom } from "./columns/use-table-room";
import { RunsToolbar } from "./runs-toolbar";
import { defaultSort, type RunsSearch, runsSearch } from "./runs-query";
import { useCurves, useRuns } from "./use-runs";
import { useRunsView } from "./use-runs-view";

/** Fetched with the first choice: most visits only look. */
const SelectedRuns = dynamic(() => import("./selected-runs").then((module) => module.SelectedRuns), { ssr: false });

const NoRuns = dynamic(() => import("./no-runs").then((module) => module.NoRuns));
/** On a phone only. */
const RunCard = dynamic(() => import("./run-card").then((module) => module.RunCard));
const OnlyHidden = dynamic(() => import("./no-runs").then((module) => module.OnlyHidden));

const noKeys: RunKeys = { metrics: [], params: [], tags: [] };

export type RunsPageProps = { project: string; experiment: { no: number; name: string }; serverUrl: string };

function useRunKeys(project: string, no: number): RunKeys {
  const trpc = useTRPC();
  const asked = { project, experimentNos: [no] };
  const { data } = useQuery(trpc.experiments.listRunKeys.queryOptions(asked));
  useLive(["experiments"], [trpc.experiments.listRunKeys.queryKey(asked)]);
  return data ?? noKeys;
}

/** How many the filter finds beside those that are shown; null while that is not known, or where none is kept out. */
function useHiddenCount(project: string, search: RunsSearch, filter: string, shown: number | undefined): number | null {
  const trpc = useTRPC();
  const { experimentNos, view } = search;
  const asked = trpc.experiments.countRuns.queryOptions({ project, experimentNos, filter, view }, { enabled: search.filter !== filter });
  const { data } = useQuery(asked);
  if (search.filter === filter || !data || data.isMore || shown === undefined) return null;
  return Math.max(0, data.count - shown);
}

/** The pinned run, from the rows in sight or by itself. */
function useBaseline(project: string, hex: string | null, rows: readonly RunView[]): RunView | null {
  const trpc = useTRPC();
  const id = hex ? runIdOf(hex) : null;
  const seen = rows.find((row) => row.id === id);
  const { data } = useQuery(trpc.experiments.getRun.queryOptions({ project, runId: id ?? "" }, { enabled: id !== null && !seen }));
  return id === null ? null : (seen ?? data ?? null);
}

export function RunsPage({ project, experiment, serverUrl }: RunsPageProps) {
  const state = useTableState({ defaultSort });
  const view = useRunsView();
  const search = runsSearch(experiment.no, { filter: state.filter, sort: state.sort, view: view.view, all: view.all });
  const { pages, rows, total, hasMore } = useRuns(project, search);
  const hidden = useHiddenCount(project, search, state.filter, total);
  const keys = useRunKeys(project, experiment.no);
  const metric = focusMetric(view.metric, state.sort, keys);
  const curves = useCurves(project, metric, rows);
  const baseline = useBaseline(project, view.baselineHex, rows);
  const grammar = useRunGrammar(keys);
  const onPin = (runId: string) => view.setBaseline(hexOf(runId));

  const pinned = baseline && {
    id: baseline.id,
    name: baseline.name,
    value: baseline.metrics.find((each) => each.key === metric)?.lastValue,
  };
  const room = useTableRoom();
  const columns = runColumns({
    keys,
    rows,
    room,
    baselineId: baseline?.id ?? null,
    focus: { metric, columns: metric ? focusColumns({ metric, rows, baseline: pinned, curves, onPin }) : [] },
  });

  return (
    <DataTable
      label="Runs"
      columns={columns}
      rows={rows}
      rowId={(run) => run.id}
      rowName={(run) => run.name}
      rowHref={(run) => runHref(project, run.id)}
      state={state}
      total={total}
      totalIsMore={hasMore}
      loading={pages.isPending}
      error={
        pages.error && <Failure title="The runs could not be read" error={pages.error} onRetry={() => void pages.refetch()} retrying={pages.isFetching} />
      }
      empty={hidden ? <OnlyHidden count={hidden} onShow={() => view.setAll(true)} /> : <NoRuns project={project} experiment={experiment} serverUrl={serverUrl} view={view.view} />}
      hasNextPage={pages.hasNextPage}
      isFetchingNextPage={pages.isFetchingNextPage}
      fetchNextPage={() => void pages.fetchNextPage()}
      selectionActions={(ids) => (
        <SelectedRuns project={project} ids={ids} rows={rows} view={view.view} baseline={baseline} onPin={onPin} onDone={() => state.setSelected([])} />
      )}
      filter={<FilterBar label="Filter runs" grammar={grammar} value={state.filter} onApply={state.setFilter} />}
      toolbar={
        <RunsToolbar project={project} experiment={experiment} keys={keys} metric={metric} view={view} hidden={hidden} baseline={baseline} search={search} columns={columns} total={total} hasMore={hasMore} />
      }
      card={(run) => <RunCard run={run} metric={metric} curve={curves.get(run.id)} />}
    />
  );
}
