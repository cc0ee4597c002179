"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { cn } from "@/components/ui/class-names";
import { Checkbox } from "@/components/ui/forms/checkbox";
import type { DataColumn } from "./data-column";
import type { TableGridProps } from "./table-grid";
import type { useColumnWidths } from "./use-column-widths";
import type { TableState } from "./use-table-state";

export type TableHeadProps<Row> = TableGridProps<Row> & {
  sizes: ReturnType<typeof useColumnWidths<Row>>;
  chosen: ReadonlySet<string>;
};

const cell = "sticky top-0 z-10 h-8 border-line border-b bg-panel px-2.5 font-medium text-label text-muted";

export function TableHead<Row>({ columns, rows, rowId, isSelectable, everything, state, selectable, sizes, chosen }: TableHeadProps<Row>) {
  const choosable = rows.filter((row) => isSelectable?.(row) !== false);
  const all = choosable.length > 0 && choosable.every((row) => chosen.has(rowId(row)));
  return (
    <thead>
      <tr aria-rowindex={1}>
        {selectable && (
          <th scope="col" className={cn(cell, "left-0 z-20 px-0 pl-2.5 text-left")}>
            <Checkbox
              label="Select all loaded rows"
              hideLabel
              checked={all}
              mixed={!all && chosen.size > 0}
              onChange={() => {
                if (all) everything?.onChoose(false);
                state.setSelected(all ? [] : choosable.map(rowId));
              }}
            />
          </th>
        )}
        {columns.map((column, index) => {
          return (
            <th
              key={column.key}
              scope="col"
              aria-sort={state.sort?.key === column.key ? (state.sort.desc ? "descending" : "ascending") : undefined}
              className={cn(
                cell,
                "group/head",
                column.align === "right" ? "text-right" : "text-left",
                index === 0 && "z-20 border-r",
                index === 0 && (selectable ? "left-9" : "left-0"),
              )}
            >
              <HeadName column={column} state={state} />
              <span
                aria-hidden
                onPointerDown={(event) => sizes.onResizeStart(column.key, event)}
                onDoubleClick={() => sizes.onResizeReset(column.key)}
                className="absolute top-1 -right-1 bottom-1 z-10 w-2 cursor-col-resize touch-none border-transparent border-x-[3px] bg-line bg-clip-content opacity-0 hover:bg-accent group-hover/head:opacity-100"
              />
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

/** First press sorts numbers from the top and texts from A, the next turns it round, the third lets go. */
function nextSort(column: Pick<DataColumn<never>, "key" | "align">, sort: TableState["sort"]) {
  const first = column.align === "right";
  if (sort?.key !== column.key) return { key: column.key, desc: first };
  return sort.desc === first ? { key: column.key, desc: !first } : null;
}

const wholeBelow = 14;
const endLength = 8;

/** Names of metrics differ at their ends: what is cut is the middle. */
function LongName({ text }: { text: string }) {
  if (text.length < wholeBelow) return <span className="truncate">{text}</span>;
  return (
    <>
      <span className="sr-only">{text}</span>
      <span aria-hidden className="flex min-w-0">
        <span className="overflow-hidden text-ellipsis whitespace-pre">{text.slice(0, -endLength)}</span>
        <span className="shrink-0 whitespace-pre">{text.slice(-endLength)}</span>
      </span>
    </>
  );
}

function HeadName<Row>({ column, state }: { column: DataColumn<Row>; state: TableState }) {
  const sorted = state.sort?.key === column.key;
  const Arrow = state.sort?.desc ? ArrowDown : ArrowUp;
  const name = (
    <>
      <LongName text={column.header} />
      {column.unit && <span className="font-normal text-faint">{column.unit}</span>}
    </>
  );
  if (!column.sortable)
    return (
      <span data-tip={column.help} className="inline-flex max-w-full items-baseline gap-1">
        {name}
      </span>
    );
  return (
    <button
      type="button"
      data-tip={column.help}
      onClick={() => state.setSort(nextSort(column, state.sort))}
      className={cn(
        "-mx-1 inline-flex h-6 max-w-full items-center gap-1 rounded-sm px-1 hover:text-ink",
        column.align === "right" && "flex-row-reverse",
        sorted && "text-ink",
      )}
    >
      {name}
      <Arrow
        aria-hidden
        className={cn("size-3 shrink-0", sorted ? "text-accent-text" : "opacity-0 group-hover/head:opacity-50")}
      />
    </button>
  );
}
