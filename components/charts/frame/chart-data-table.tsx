import { toCsv } from "@/server/platform/csv/rules/to-csv";
import { CopyButton } from "@/components/ui/actions/copy-button";
import { formatCount, formatValue } from "@/components/ui/format/format-number";
import { ScrollRegion } from "@/components/ui/layout/scroll-region";
import type { ChartCell, ChartData } from "./chart-data";

const SHOWN = 500;

const shown = (cell: ChartCell) => (typeof cell === "number" ? formatValue(cell, 6) : (cell ?? "–"));

export type ChartDataTableProps = { label: string; data: ChartData; height?: number };

export function ChartDataTable({ label, data, height = 220 }: ChartDataTableProps) {
  return (
    <div className="relative">
      <CopyButton
        text={() => toCsv(data.columns, data.rows)}
        label="Copy all as CSV"
        className="absolute top-0 right-0 z-10"
      />
      <ScrollRegion label={`${label}: numbers`} style={{ height }} className="mr-8">
        <table className="w-full text-label">
          <thead className="sticky top-0 bg-panel text-muted">
            <tr>
              {data.columns.map((column) => (
                <th
                  key={column}
                  scope="col"
                  className="border-line border-b px-2 py-1 text-right font-medium first:text-left"
                >
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.rows.slice(0, SHOWN).map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of numbers have no other identity
              <tr key={index} className="border-line border-b last:border-0">
                {row.map((cell, column) => (
                  <td key={data.columns[column]} className="whitespace-nowrap px-2 py-0.5 text-right first:text-left">
                    {shown(cell)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {data.rows.length > SHOWN && (
          <p className="py-1 text-label text-muted">
            The first {SHOWN} of {formatCount(data.rows.length)} rows; the copy has all.
          </p>
        )}
      </ScrollRegion>
    </div>
  );
}
