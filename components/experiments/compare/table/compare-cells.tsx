"use client";

import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { isBetter } from "../../metrics/better-end";
import { formatMetric, signedMetric } from "../../metrics/metric-format";
import type { MetricRow, ParamRow } from "./compare-rows";
import type { Window } from "./use-table-window";

const label = "sticky left-0 z-[5] h-8 truncate border-line border-r border-b bg-panel px-3 text-left font-normal text-muted max-sm:px-2";
const cell = "h-8 overflow-hidden whitespace-nowrap border-line border-b px-3 max-sm:px-2";
const first = "border-r bg-panel sm:sticky sm:left-56 sm:z-[4]";

type RowProps = { name: string; window: Window; children: (index: number) => { node: ReactNode; className?: string; tip?: string } };

/** Cells of the baseline and of those in sight, with the room of what is left out between and behind them. */
export function spread(window: Window, make: (column: Window["columns"][number]) => ReactNode, room: string): ReactNode[] {
  const [own, ...others] = window.columns;
  return [
    own && make(own),
    window.left > 0 && <td key="left" aria-hidden className={room} />,
    ...others.map(make),
    window.right > 0 && <td key="right" aria-hidden className={room} />,
  ];
}

/** A row of the table: its name, the baseline's cell, and those cells that are in sight. */
export function TableRow({ name, window, children }: RowProps) {
  return (
    <tr>
      <th scope="row" className={label} data-tip={name}>
        {name}
      </th>
      {spread(
        window,
        ({ index, isFirst }) => {
          const { node, className, tip } = children(index);
          return (
            <td key={index} aria-colindex={index + 2} className={cn(cell, isFirst && first, className)} data-tip={tip}>
              {node}
            </td>
          );
        },
        "border-line border-b p-0",
      )}
    </tr>
  );
}

export function GroupRow({ title, note, span }: { title: string; note?: string; span: number }) {
  return (
    <tr>
      <th scope="colgroup" colSpan={span} className="h-8 border-line border-b bg-well/60 px-3 text-left font-medium text-label">
        <span className="sticky left-3">
          {title} {note && <span className="font-normal text-muted">{note}</span>}
        </span>
      </th>
    </tr>
  );
}

/** `row` is missing while its values are read. */
export function MetricLine({ name, row, window }: { name: string; row: MetricRow | undefined; window: Window }) {
  const than = row?.cells[0]?.value;
  return (
    <TableRow name={name} window={window}>
      {(index) => ({ className: "tabular-nums", node: row ? <Value row={row} index={index} than={index === 0 ? undefined : than} /> : <span className="text-faint">…</span> })}
    </TableRow>
  );
}

function Value({ row, index, than }: { row: MetricRow; index: number; than: number | undefined }) {
  const value = row.cells[index];
  const isBest = row.bestIndexes.has(index);
  const better = value && than !== undefined ? isBetter(row.end, value.value, than) : null;
  return (
    <>
      <span className={cn(isBest && "font-semibold")} data-tip={value ? `at step ${value.step}${isBest ? ", best of these" : ""}` : undefined}>
        {formatMetric(value?.value, row.digits)}
        {isBest && <span className="sr-only"> (best)</span>}
      </span>
      {value && than !== undefined && (
        <span className={cn("ml-2.5 text-label", better === true ? "text-succeeded" : better === false ? "text-failed" : "text-muted")}>{signedMetric(value.value - than, row.digits)}</span>
      )}
    </>
  );
}

export function ParamLine({ row, window }: { row: ParamRow; window: Window }) {
  const [base] = row.values;
  return (
    <TableRow name={row.key} window={window}>
      {(index) => {
        const value = row.values[index] ?? null;
        return {
          node: value ?? "–",
          tip: (value?.length ?? 0) > 20 ? (value ?? undefined) : undefined,
          className: cn("truncate font-mono text-label", row.differs && value !== base ? "bg-accent/8" : !row.differs && "text-muted"),
        };
      }}
    </TableRow>
  );
}
