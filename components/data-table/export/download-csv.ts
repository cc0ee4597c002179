import type { DataColumn } from "../data-column";
import { toCsv } from "@/server/platform/csv/rules/to-csv";

/** Hands the browser a file of the given rows and the columns in sight. */
export function downloadCsv<Row>(name: string, columns: readonly DataColumn<Row>[], rows: readonly Row[]) {
  const written = columns.filter((column) => column.value);
  const header = written.map((column) => (column.unit ? `${column.header} (${column.unit})` : column.header));
  const csv = toCsv(
    header,
    rows.map((row) => written.map((column) => column.value?.(row))),
  );
  const url = URL.createObjectURL(new Blob([csv], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name.endsWith(".csv") ? name : `${name}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
