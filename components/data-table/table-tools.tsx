"use client";

import { Columns3, Download } from "lucide-react";
import dynamic from "next/dynamic";
import { Button } from "@/components/ui/actions/button";
import { formatCount } from "@/components/ui/format/format-number";
import { Popover } from "@/components/ui/overlays/popover";
import type { DataColumn } from "./data-column";
import type { TableState } from "./use-table-state";

const ColumnPicker = dynamic(() => import("./columns/column-picker").then((module) => module.ColumnPicker), { ssr: false });

type TableToolsProps<Row> = {
  columns: readonly DataColumn<Row>[];
  visible: readonly DataColumn<Row>[];
  rows: readonly Row[];
  state: TableState;
  csvName: string | undefined;
  hasNextPage: boolean | undefined;
};

/** Which columns are shown, and taking the rows away. */
export function TableTools<Row>({ columns, visible, rows, state, csvName, hasNextPage }: TableToolsProps<Row>) {
  async function exportRows(name: string) {
    const { downloadCsv } = await import("./export/download-csv");
    downloadCsv(name, visible, rows);
  }

  return (
    <>
      <Popover
        label="Columns"
        align="end"
        className="w-80"
        trigger={
          <Button variant="ghost" icon={<Columns3 />}>
            Columns
          </Button>
        }
      >
        <ColumnPicker columns={columns} visible={visible} state={state} />
      </Popover>
      {csvName && (
        <Button
          variant="ghost"
          icon={<Download />}
          onClick={() => exportRows(csvName)}
          disabled={rows.length === 0}
          data-tip={hasNextPage ? `The ${formatCount(rows.length)} rows loaded so far, as CSV` : "These rows as CSV"}
        >
          Export
        </Button>
      )}
    </>
  );
}
