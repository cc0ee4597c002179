import { useMemo } from "react";
import { HeadTable } from "./head-table";
import { previewCsv } from "./parse-csv";

const shownRows = 200;

export type CsvTableProps = { label: string; text: string; isWhole: boolean; separator: string };

export function CsvTable({ label, text, isWhole, separator }: CsvTableProps) {
  const { header, rows, isCut } = useMemo(() => previewCsv(text, { separator, isWhole, rows: shownRows }), [text, isWhole, separator]);
  return (
    <HeadTable
      label={label}
      header={header.map((name) => ({ name }))}
      rows={rows.map((row) => header.map((_, column) => row[column] ?? ""))}
      note={isCut ? `The first ${rows.length} rows; download the file for the rest.` : null}
    />
  );
}
