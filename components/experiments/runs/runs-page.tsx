"use client";

import dynamic from "next/dynamic";
import { FilterBar } from "@/components/data-table/filter/filter-bar";
import { groupFieldOf } from "./groups/group-field";
import { RunsTable, type RunsTableProps } from "./runs-table";
import { useRunsTable } from "./use-runs-table";

/** Fetched with the first choice: most visits only look. */
const SelectedRuns = dynamic(() => import("./selected-runs").then((module) => module.SelectedRuns), { ssr: false });

/** Drawn by the server like the rest; what it does comes behind the table itself. */
const RunsToolbar = dynamic(() => import("./toolbar/runs-toolbar").then((module) => module.RunsToolbar));
const EmptyRuns = dynamic(() => import("./no-runs").then((module) => module.EmptyRuns));
const GroupedRuns = dynamic(() => import("./groups/grouped-runs").then((module) => module.GroupedRuns));

export type RunsPageProps = { project: string; experiment: { no: number; name: string }; serverUrl: string };

export function RunsPage({ project, experiment, serverUrl }: RunsPageProps) {
  const table = useRunsTable(project, experiment.no);
  const { state, view, count, grammar, baseline, onPin } = table;
  const by = groupFieldOf(view.group);
  const shown: RunsTableProps = {
    project,
    table,
    filter: <FilterBar label="Filter runs" grammar={grammar} value={state.filter} onApply={state.setFilter} />,
    toolbar: (columns) => <RunsToolbar project={project} experiment={experiment} table={table} columns={columns} />,
    selected: (ids, rows, more) => (
      <SelectedRuns project={project} ids={ids} everything={more?.everything} rows={rows} view={view.view} baseline={baseline} onPin={onPin} onDone={() => {
          more?.everything?.onLeave();
          more?.onChanged();
          state.setSelected([]);
        }} />
    ),
    empty: <EmptyRuns hidden={count.hidden ?? 0} onShow={() => view.setAll(true)} project={project} experiment={experiment} serverUrl={serverUrl} view={view.view} />,
  };
  return by ? <GroupedRuns {...shown} by={by} /> : <RunsTable {...shown} />;
}
