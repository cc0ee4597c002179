"use client";

import { Columns3 } from "lucide-react";
import dynamic from "next/dynamic";
import { Button } from "@/components/ui/actions/button";
import { Popover } from "@/components/ui/overlays/popover";
import type { DataColumn } from "../data-column";
import type { TableState } from "../use-table-state";

const ColumnPicker = dynamic(() => import("./column-picker").then((module) => module.ColumnPicker), { ssr: false });

type ColumnsMenuProps<Row> = { columns: readonly DataColumn<Row>[]; visible: readonly DataColumn<Row>[]; state: TableState };

export function ColumnsMenu<Row>({ columns, visible, state }: ColumnsMenuProps<Row>) {
  return (
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
  );
}
