import { ScrollRegion } from "@/components/ui/layout/scroll-region";

const isNumber = (text: string) => text !== "" && Number.isFinite(Number(text));

export type HeadTableProps = { label: string; header: readonly { name: string; type?: string }[]; rows: readonly (readonly (string | null | undefined)[])[]; note?: string | null };

/** The head of a table file: columns of numbers stand right. */
export function HeadTable({ label, header, rows, note }: HeadTableProps) {
  const numeric = header.map((_, column) => rows.some((row) => isNumber(row[column] ?? "")) && rows.every((row) => !row[column] || isNumber(row[column])));
  return (
    <>
      <ScrollRegion label={label} className="max-h-[65dvh] rounded-md border border-line">
        <table className="border-separate border-spacing-0 text-table">
          <thead>
            <tr>
              {header.map(({ name, type }, column) => (
                <th
                  // biome-ignore lint/suspicious/noArrayIndexKey: two columns may share a name
                  key={`${column} ${name}`}
                  scope="col"
                  className={`sticky top-0 h-8 whitespace-nowrap border-line border-b bg-panel px-2.5 font-medium text-label text-muted ${numeric[column] ? "text-right" : "text-left"}`}
                >
                  {name}
                  {type && <span className="ml-1.5 font-normal text-faint">{type.toLowerCase()}</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no other identity
              <tr key={index}>
                {header.map(({ name }, column) => (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: two columns may share a name
                    key={`${column} ${name}`}
                    className={`h-7 max-w-96 truncate whitespace-nowrap border-line border-b px-2.5 ${numeric[column] ? "text-right tabular-nums" : ""}`}
                  >
                    {row[column] ?? <span className="text-faint">null</span>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {note && <p className="mt-2 text-label text-muted">{note}</p>}
    </>
  );
}
