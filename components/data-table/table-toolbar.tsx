"use client";

import dynamic from "next/dynamic";
import { formatCount } from "@/components/ui/format/format-number";
import type { DataColumn } from "./data-column";
import type { DataTableProps } from "./data-table";
import type { TableTools as TableToolsOf } from "./table-tools";

/** Drawn by the server like the rest; what it does comes behind the table itself. */
const TableTools = dynamic(() => import("./table-tools").then((module) => module.TableTools)) as typeof TableToolsOf;

export type TableToolbarProps<Row> = DataTableProps<Row> & { visible: readonly DataColumn<Row>[] };

/** Labels are plurals of one noun, "Runs"; one that joins two stays as it is. */
export const singularOf = (label: string) => (label.includes(" and ") ? label : label.replace(/s$/, ""));

export function TableToolbar<Row>(props: TableToolbarProps<Row>) {
  const { columns, visible, rows, state, total, totalIsMore, filter, toolbar, below, csvName, hasNextPage, label } =
    props;
  const counted =
    total === undefined
      ? `${formatCount(rows.length)}${hasNextPage ? "+" : ""}`
      : `${formatCount(total)}${totalIsMore ? "+" : ""}`;

  const count = (
    <span role="status" className="px-1.5 text-label text-muted">
      {props.counted ?? `${counted} ${counted === "1" ? singularOf(label.toLowerCase()) : label.toLowerCase()}`}
    </span>
  );

  return (
    <>
      <div className="mb-2 flex flex-wrap items-center gap-1.5">
        {filter}
        {!filter && <span className="flex-1" />}
        {toolbar}
        {!below && count}
        <TableTools columns={columns} visible={visible} rows={rows} state={state} csvName={csvName} hasNextPage={hasNextPage} />
      </div>
      {below && (
        <div className="mb-2 flex flex-wrap items-center gap-1.5">
          {count}
          {below}
        </div>
      )}
    </>
  );
}
