import { useMemo } from "react";
import { ScrollRegion } from "@/components/ui/layout/scroll-region";
import { previewCsv } from "./parse-csv";

const shownRows = 200;

const isNumber = (text: string) => text !== "" && Number.isFinite(Number(text));

export type CsvTableProps = { label: string; text: string; isWhole: boolean; separator: string };

export function CsvTable({ label, text, isWhole, separator }: CsvTableProps) {
  const { header, rows, isCut } = useMemo(() => previewCsv(text, { separator, isWhole, rows: shownRows }), [text, isWhole, separator]);
  const numeric = header.map((_, column) => rows.some((row) => isNumber(row[column] ?? "")) && rows.every((row) => !row[column] || isNumber(row[column])));
  return (
    <>
      <ScrollRegion label={label} className="max-h-[65dvh] rounded-md border border-line">
        <table className="border-separate border-spacing-0 text-table">
          <thead>
            <tr>
              {header.map((name, column) => (
                <th
                  // biome-ignore lint/suspicious/noArrayIndexKey: two columns may share a name
                  key={`${column} ${name}`}
                  scope="col"
                  className={`sticky top-0 h-8 whitespace-nowrap border-line border-b bg-panel px-2.5 font-medium text-label text-muted ${numeric[column] ? "text-right" : "text-left"}`}
                >
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no other identity
              <tr key={index}>
                {header.map((name, column) => (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: two columns may share a name
                    key={`${column} ${name}`}
                    className={`h-7 max-w-96 truncate whitespace-nowrap border-line border-b px-2.5 ${numeric[column] ? "text-right tabular-nums" : ""}`}
                  >
                    {row[column]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {isCut && <p className="mt-2 text-label text-muted">The first {rows.length} rows; download the file for the rest.</p>}
    </>
  );
}
