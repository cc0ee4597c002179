"use client";

import { Pin, X } from "lucide-react";
import type { DataColumn } from "@/components/data-table/data-column";
import { IconButton } from "@/components/ui/actions/icon-button";
import { formatCount } from "@/components/ui/format/format-number";
import { Select } from "@/components/ui/forms/select";
import { Switch } from "@/components/ui/forms/switch";
import { Segmented } from "@/components/ui/forms/segmented";
import type { RunView } from "@/server/domains/experiments/contract/run";
import { rankMetrics } from "../metrics/rank-metrics";
import { ExportMenu } from "./export-menu";
import { GroupPicker } from "./groups/group-picker";
import { ViewsMenu } from "./views/views-menu";
import type { RunsTable } from "./use-runs-table";

export type RunsToolbarProps = {
  project: string;
  experiment: { no: number; name: string };
  table: RunsTable;
  columns: readonly DataColumn<RunView>[];
};

/** More than these nobody looks through; sorting by any other brings it here too. */
const metricsOffered = 100;

const views = [
  { value: "active", label: "Active" },
  { value: "deleted", label: "Deleted" },
] as const;

/** Beside the filter: how the table is arranged, kept and taken away. */
export function RunsToolbar(props: RunsToolbarProps) {
  const { keys, view } = props.table;
  return (
    <>
      <GroupPicker keys={keys} group={view.group} onPick={view.setGroup} />
      <ViewsMenu project={props.project} experimentNo={props.experiment.no} />
      <ExportMenu project={props.project} experimentNo={props.experiment.no} table={props.table} columns={props.columns} />
    </>
  );
}

/** Beneath it: which runs, and what they are looked at for. */
export function RunsScope({ table }: { table: RunsTable }) {
  const { keys, metric, view, baseline, count } = table;
  const { hidden } = count;
  return (
    <>
      <Segmented label="Which runs" options={views} value={view.view} onValueChange={view.setView} />
      {(view.all || (hidden ?? 0) > 0) && (
        <Switch
          label={`Scoring and nested${hidden ? ` (${formatCount(hidden)})` : ""}`}
          checked={view.all}
          onChange={(event) => view.setAll(event.target.checked)}
          className="px-1"
        />
      )}
      {metric && (
        <Select
          aria-label="Metric of the curve"
          data-tip="The metric of the curve, and the first of the columns"
          className="max-w-44"
          value={metric}
          onChange={(event) => view.setMetric(event.target.value)}
          options={[...new Set([metric, ...rankMetrics(keys.metrics).slice(0, metricsOffered).map(({ key }) => key)])].map((key) => ({ value: key, label: key }))}
        />
      )}
      {baseline && (
        <span className="inline-flex h-8 items-center gap-1.5 rounded-md border border-line bg-panel pl-2 text-label">
          <Pin aria-hidden className="size-3 text-accent-text" />
          <span className="text-muted">Baseline</span>
          <span className="max-w-40 truncate">{baseline.name}</span>
          <IconButton label="Unpin the baseline" icon={<X />} size="sm" onClick={() => view.setBaseline(null)} />
        </span>
      )}
    </>
  );
}
