"use client";

import { ChevronDown, Download } from "lucide-react";
import { visibleColumns } from "@/components/data-table/columns/visible-columns";
import type { DataColumn } from "@/components/data-table/data-column";
import { Button } from "@/components/ui/actions/button";
import { formatCount } from "@/components/ui/format/format-number";
import { Menu, type MenuEntry } from "@/components/ui/overlays/menu";
import type { RunView } from "@/server/domains/experiments/contract/run";
import { exportHref } from "../runs-query";
import type { RunsTable } from "../use-runs-table";

export type ExportMenuProps = { project: string; experimentNo: number; table: RunsTable; columns: readonly DataColumn<RunView>[] };

/** Every run that the filter finds, loaded or not: the server writes the file as it reads them. */
export function ExportMenu({ project, experimentNo, table, columns }: ExportMenuProps) {
  const { search, state, count } = table;
  const shown = visibleColumns(columns, state.columns).map((column) => column.key);
  const entry = (kind: "csv" | "parquet", label: string, picked: readonly string[] | null): MenuEntry => ({
    label,
    onSelect: () => window.location.assign(exportHref(kind, project, experimentNo, search, picked)),
  });
  const runs = count.total === undefined || count.hasMore ? "All runs of the filter" : `All ${formatCount(count.total)} runs of the filter`;
  return (
    <Menu
      label="Export"
      align="end"
      trigger={
        <Button variant="ghost" icon={<Download />} disabled={count.total === 0}>
          Export
          <ChevronDown aria-hidden className="text-faint" />
        </Button>
      }
      items={[
        { kind: "heading", label: `${runs}, with the columns shown` },
        entry("csv", "CSV", shown),
        entry("parquet", "Parquet", shown),
        { kind: "heading", label: "With every column" },
        entry("csv", "CSV, every column", null),
        entry("parquet", "Parquet, every column", null),
      ]}
    />
  );
}
