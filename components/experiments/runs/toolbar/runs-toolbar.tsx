"use client";

import type { DataColumn } from "@/components/data-table/data-column";
import type { RunView } from "@/server/domains/experiments/contract/run";
import { GroupPicker } from "../groups/group-picker";
import type { RunsTable } from "../use-runs-table";
import { ViewsMenu } from "../views/views-menu";
import { ExportMenu } from "./export-menu";

export type RunsToolbarProps = {
  project: string;
  experiment: { no: number; name: string };
  table: RunsTable;
  columns: readonly DataColumn<RunView>[];
};

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
