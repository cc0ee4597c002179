"use client";

import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { DataTable } from "@/components/data-table/data-table";
import type { RunView } from "@/server/domains/experiments/contract/run";
import { Failure } from "../failure";
import { runHref } from "../run-identity";
import type { RunColumn } from "./columns/curve-column";
import { useShownColumns } from "./columns/use-shown-columns";
import { useCurves, useRuns } from "./use-runs";
import type { RunsTable as Table } from "./use-runs-table";

/** On a phone only. */
const RunCard = dynamic(() => import("./run-card").then((module) => module.RunCard));

export type RunsTableProps = {
  project: string;
  table: Table;
  filter: ReactNode;
  toolbar: (columns: readonly RunColumn[]) => ReactNode;
  selected: (ids: readonly string[], rows: readonly RunView[]) => ReactNode;
  empty: ReactNode;
};

/** One row a run. */
export function RunsTable({ project, table, filter, toolbar, selected, empty }: RunsTableProps) {
  const { state, search, metric, baseline, count } = table;
  const { pages, rows } = useRuns(project, search);
  const curves = useCurves(project, metric, rows);
  const columns = useShownColumns({ table, rows, curves });

  return (
    <DataTable
      label="Runs"
      columns={columns}
      rows={rows}
      rowId={(run) => run.id}
      rowName={(run) => run.name}
      rowHref={(run) => runHref(project, run.id)}
      pinned={baseline && (rows.find((run) => run.id === baseline.id) ?? baseline)}
      state={state}
      total={count.total}
      totalIsMore={count.hasMore}
      loading={pages.isPending}
      error={pages.error && <Failure title="The runs could not be read" error={pages.error} onRetry={() => void pages.refetch()} retrying={pages.isFetching} />}
      empty={empty}
      hasNextPage={pages.hasNextPage}
      isFetchingNextPage={pages.isFetchingNextPage}
      fetchNextPage={() => void pages.fetchNextPage()}
      selectionActions={(ids) => selected(ids, rows)}
      filter={filter}
      toolbar={toolbar(columns)}
      card={(run) => <RunCard run={run} metric={metric} curve={curves.get(run.id)} />}
    />
  );
}
