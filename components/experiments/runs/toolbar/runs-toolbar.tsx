"use client";

import dynamic from "next/dynamic";
import type { DataColumn } from "@/components/data-table/data-column";
import type { RunView } from "@/server/domains/experiments/contract/run";
import type { RunsTable } from "../use-runs-table";

/** Drawn by the server like the rest; what they do comes behind the table itself. */
const ExportMenu = dynamic(() => import("./export-menu").then((module) => module.ExportMenu));
const GroupPicker = dynamic(() => import("../groups/group-picker").then((module) => module.GroupPicker));
const ViewsMenu = dynamic(() => import("../views/views-menu").then((module) => module.ViewsMenu));

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
