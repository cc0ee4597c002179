"use client";

import { useMemo } from "react";
import type { DataColumn } from "@/components/data-table/data-column";
import { DataTable } from "@/components/data-table/data-table";
import { useTableState } from "@/components/data-table/use-table-state";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { formatDuration } from "@/components/ui/format/format-duration";
import { formatPlain } from "@/components/ui/format/format-number";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { SweepView, TrialView } from "@/server/domains/experiments/contract/sweep";
import { formatMetric, metricDigits } from "../../metrics/metric-format";
import { CompareButton } from "../../compare/compare-button";
import { runHref } from "../../run-identity";
import { sortTrials, trialName } from "./sweep-rows";

const said = (value: TrialView["params"][string] | undefined) => (value === undefined ? <span className="text-faint">–</span> : typeof value === "number" ? formatPlain(value, 4) : String(value));

function columnsOf(sweep: SweepView): DataColumn<TrialView>[] {
  const { metric } = sweep.spec.objective;
  const digits = metricDigits(sweep.trials.map(({ value }) => value));
  return [
    { key: "number", header: "Trial", width: 80, sortable: true, cell: (row) => trialName(row.number), value: (row) => row.number },
    { key: "state", header: "State", width: 130, sortable: true, cell: (row) => <StateBadge state={row.state} reason={row.failure ?? undefined} />, value: (row) => row.state },
    {
      key: "value",
      header: metric,
      width: 130,
      align: "right",
      sortable: true,
      cell: (row) => (
        <span className={row.number === sweep.best?.number ? "font-semibold" : undefined}>
          {row.number === sweep.best?.number && <span className="mr-1.5 text-label text-succeeded">best</span>}
          {formatMetric(row.value, digits)}
        </span>
      ),
      value: (row) => row.value,
    },
    ...sweep.spec.space.map(
      ({ name, kind }): DataColumn<TrialView> => ({
        key: `param.${name}`,
        header: name,
        group: "Parameters",
        width: 120,
        align: kind === "choice" ? "left" : "right",
        sortable: true,
        cell: (row) => said(row.params[name]),
        value: (row) => row.params[name],
      }),
    ),
    { key: "seconds", header: "Took", width: 100, align: "right", sortable: true, cell: (row) => (row.seconds === null ? "–" : formatDuration(row.seconds * 1_000)), value: (row) => row.seconds },
    { key: "ended", header: "Ended", width: 110, align: "right", cell: (row) => <RelativeTime at={row.endedAt} />, value: (row) => row.endedAt?.toISOString() },
    { key: "failure", header: "Why", width: 280, optional: true, cell: (row) => row.failure ?? "", value: (row) => row.failure },
  ];
}

/** All trials are here already: sorting asks nobody. */
export function TrialsTable({ project, sweep }: { project: string; sweep: SweepView }) {
  const isDescending = sweep.spec.objective.direction === "maximize";
  const state = useTableState({ prefix: "t", defaultSort: { key: "value", desc: isDescending } });
  const columns = useMemo(() => columnsOf(sweep), [sweep]);
  const rows = useMemo(() => (state.sort ? sortTrials(sweep.trials, state.sort) : sweep.trials), [sweep.trials, state.sort]);
  const runsOf = (ids: readonly string[]) => sweep.trials.flatMap(({ number, runId }) => (runId !== null && ids.includes(String(number)) ? [runId] : []));
  return (
    <DataTable
      label="Trials"
      columns={columns}
      rows={rows}
      rowId={(row) => String(row.number)}
      rowName={(row) => trialName(row.number)}
      rowHref={(row) => (row.runId ? runHref(project, row.runId) : `#${row.number}`)}
      state={state}
      total={sweep.trials.length}
      csvName={`${sweep.name}-trials`}
      maxHeight="34rem"
      selectionActions={(ids) => <CompareButton project={project} chosen={{ runIds: runsOf(ids) }} count={runsOf(ids).length} />}
      card={(row) => (
        <span className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-1">
          <span className="font-medium">{trialName(row.number)}</span>
          <span>{formatMetric(row.value, metricDigits([row.value]))}</span>
          <span className="truncate text-label text-muted">{Object.entries(row.params).map(([name, value]) => `${name} ${typeof value === "number" ? formatPlain(value, 3) : value}`).join(" · ")}</span>
          <StateBadge state={row.state} />
        </span>
      )}
    />
  );
}
