"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { useHeldRows } from "@/components/data-table/live/use-held-rows";
import type { RunView } from "@/server/domains/experiments/contract/run";
import type { ChosenRuns } from "@/server/domains/experiments/contract/run-table";
import { runHref } from "../run-identity";
import type { RunColumn } from "./columns/curve-column";
import { useShownColumns } from "./columns/use-shown-columns";
import { useCurves, useRuns } from "./use-runs";
import type { RunsTable as Table } from "./use-runs-table";

/** On a phone only. */
const Failure = dynamic(() => import("../failure").then((module) => module.Failure));
const RunCard = dynamic(() => import("./run-card").then((module) => module.RunCard));

const RunsScope = dynamic(() => import("./toolbar/runs-scope").then((module) => module.RunsScope));

export type ChosenEverything = { chosen: ChosenRuns; count: number; onLeave: () => void };

export type RunsTableProps = {
  project: string;
  table: Table;
  filter: ReactNode;
  toolbar: (columns: readonly RunColumn[]) => ReactNode;
  selected: (ids: readonly string[], rows: readonly RunView[], more?: { everything: ChosenEverything | null; onChanged: () => void }) => ReactNode;
  empty: ReactNode;
};

/** Choosing all that match, of which only some are loaded: for one search, and not for what the next one finds. */
function useEverything({ search, count }: Table) {
  const { experimentNos, filter, view } = search;
  const now = JSON.stringify({ experimentNos, filter, view });
  const [chosenOf, setChosenOf] = useState<string | null>(null);
  const { total = 0, hasMore } = count;
  const isChosen = chosenOf === now;
  // Of more than are counted nobody can say how many a change would meet.
  const everything = hasMore || total === 0 ? undefined : { count: total, isChosen, onChoose: (next: boolean) => setChosenOf(next ? now : null) };
  return { everything, chosen: isChosen && everything ? { chosen: { search: { experimentNos, filter, view }, atMost: total }, count: total, onLeave: () => setChosenOf(null) } : null };
}

const idOfRun = (run: RunView) => run.id;

/** One row a run. */
export function RunsTable({ project, table, filter, toolbar, selected, empty }: RunsTableProps) {
  const { state, search, metric, baseline, count } = table;
  const { pages, rows: found } = useRuns(project, search);
  const [isReading, setReading] = useState(false);
  const all = useEverything(table);
  const isHeld = !pages.isPlaceholderData && found.length > 0 && (isReading || state.selected.length > 0 || all.chosen !== null);
  const { rows, show, ...came } = useHeldRows({ rows: found, idOf: idOfRun, isHeld, scope: JSON.stringify([search.filter, search.orderBy, search.view]) });
  const curves = useCurves(project, metric, rows);
  const columns = useShownColumns({ table, rows, curves });

  return (
    <DataTable
      label="Runs"
      columns={columns}
      rows={rows}
      rowId={idOfRun}
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
      fetchNextPage={pages.fetchNextPage}
      arrivals={{ ...came, onShow: show }}
      onReading={setReading}
      everything={all.everything}
      selectionActions={(ids) => selected(ids, rows, { everything: all.chosen, onChanged: show })}
      filter={filter}
      below={<RunsScope table={table} />}
      toolbar={toolbar(columns)}
      card={(run) => <RunCard run={run} metric={metric} columns={columns} picked={state.columns} curve={curves.get(run.id)} />}
    />
  );
}
