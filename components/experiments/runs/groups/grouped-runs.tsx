"use client";

import { useMemo, useState } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { useHeldRows } from "@/components/data-table/live/use-held-rows";
import { formatCount } from "@/components/ui/format/format-number";
import type { GroupField, RunGroup } from "@/server/domains/experiments/contract/run-table";
import { Failure } from "../../failure";
import { runHref } from "../../run-identity";
import { RunCard } from "../run-card";
import type { RunsTableProps } from "../runs-table";
import { RunsScope } from "../toolbar/runs-scope";
import { useCurves } from "../use-runs";
import { useShownColumns } from "../columns/use-shown-columns";
import { groupCondition, groupName, groupSortOf, joinFilters } from "./group-field";
import { type GroupedRow, groupId, groupRows } from "./group-rows";
import { GroupHead, groupedColumns } from "./grouped-columns";
import { useRunGroups } from "./use-run-groups";

export type GroupedRunsProps = RunsTableProps & { by: GroupField };

/** The runs in groups, each with count and means, opened one by one. */
export function GroupedRuns({ project, table, by, empty, filter, toolbar, selected }: GroupedRunsProps) {
  const { state, view, search, metric, baseline } = table;
  const { groups, runsOf } = useRunGroups({ project, search, by, sort: groupSortOf(state.sort), open: view.open });
  const [isReading, setReading] = useState(false);
  const found = groups.data?.groups ?? noGroups;
  const isHeld = !groups.isPlaceholderData && found.length > 0 && (isReading || state.selected.length > 0);
  const { rows: held, show, ...came } = useHeldRows({ rows: found, idOf: idOfGroup, isHeld, scope: JSON.stringify([search.filter, search.view, state.sort, by]) });
  const rows = useMemo(() => groupRows(held, new Set(view.open), runsOf), [held, view.open, runsOf]);
  const runs = useMemo(() => rows.flatMap((row) => (row.kind === "run" ? [row.run] : [])), [rows]);
  const curves = useCurves(project, metric, runs);
  const shown = useShownColumns({ table, rows: runs, curves });
  const toggle = (id: string) => view.setOpen(view.open.includes(id) ? view.open.filter((each) => each !== id) : [...view.open, id]);
  const columns = groupedColumns({ columns: shown, by, groups: held, runs, onToggle: toggle });

  /** What is left of a group is all of it, by itself. */
  function restHref(row: Extract<GroupedRow, { kind: "rest" }>): string {
    const params = new URLSearchParams(window.location.search);
    params.delete("group");
    params.delete("open");
    params.set("q", joinFilters(state.filter, groupCondition(by, row.group.value)));
    return `?${params}`;
  }

  const { data } = groups;
  const counted = data && [
    `${formatCount(data.groups.length)}${data.hasMore ? "+" : ""} ${data.groups.length === 1 ? "group" : "groups"}`,
    `${formatCount(data.runs)} ${data.isPartial ? "newest runs" : data.runs === 1 ? "run" : "runs"}`,
  ].join(" of ");

  return (
    <DataTable
      label="Runs"
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      rowName={(row) => (row.kind === "run" ? row.run.name : row.id)}
      rowHref={(row) => (row.kind === "run" ? runHref(project, row.run.id) : row.kind === "rest" && row.left !== null ? restHref(row) : undefined)}
      onRowPress={(row) => row.kind === "group" && toggle(row.id)}
      isSelectable={(row) => row.kind === "run"}
      state={state}
      counted={counted}
      loading={groups.isPending}
      error={groups.error && <Failure title={`The runs could not be grouped by ${groupName(by)}`} error={groups.error} onRetry={() => void groups.refetch()} retrying={groups.isFetching} />}
      empty={empty}
      arrivals={{ ...came, onShow: show }}
      arrivalNoun={["group", "groups"]}
      onReading={setReading}
      pinned={baseline ? pinnedRow(baseline) : null}
      selectionActions={(ids) => selected(ids, runs, { everything: null, onChanged: show })}
      filter={filter}
      below={<RunsScope table={table} />}
      toolbar={toolbar(shown)}
      card={(row) =>
        row.kind === "run" ? <RunCard run={row.run} metric={metric} columns={shown} picked={state.columns} curve={curves.get(row.run.id)} /> : row.kind === "group" ? <GroupCard row={row} by={by} metric={metric} onToggle={toggle} /> : <span className="text-muted">{row.left === null ? "Loading…" : `${formatCount(row.left)} more`}</span>
      }
    />
  );
}

const noGroups: readonly RunGroup[] = [];
const idOfGroup = (group: RunGroup) => groupId(group.value);

const pinnedRow = (run: Extract<GroupedRow, { kind: "run" }>["run"]): GroupedRow => ({ kind: "run", id: run.id, run });

type GroupCardProps = { row: Extract<GroupedRow, { kind: "group" }>; by: GroupField; metric: string | null; onToggle: (id: string) => void };

function GroupCard({ row, by, metric, onToggle }: GroupCardProps) {
  const stat = row.group.stats.find((each) => each.key === metric);
  return (
    <span className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-1">
      <GroupHead row={row} by={by} onToggle={onToggle} />
      <span className="text-label text-muted">{row.group.runs === 1 ? "1 run" : `${formatCount(row.group.runs)} runs`}</span>
      {stat && (
        <span className="pl-5 text-label text-muted tabular-nums">
          {metric} <b className="font-medium text-ink">{stat.mean.toPrecision(4)}</b>
          {stat.sd !== null && ` ± ${stat.sd.toPrecision(2)}`}
        </span>
      )}
    </span>
  );
}
