"use client";

import type { FetchNextPageOptions } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { type ReactNode, useEffect, useEffectEvent, useRef } from "react";
import { cn } from "@/components/ui/class-names";
import { TableSkeleton } from "@/components/ui/feedback/skeletons";
import { visibleColumns } from "./columns/visible-columns";
import type { DataColumn } from "./data-column";
import type { ArrivalsProps } from "./live/arrivals";
import type { RowCards as RowCardsOf } from "./row-cards";
import { useReading } from "./live/use-reading";
import { TableGrid } from "./table-grid";
import { singularOf, TableToolbar } from "./table-toolbar";
import { useIsPhone } from "./use-is-phone";
import type { TableState } from "./use-table-state";

const SelectionBar = dynamic(() => import("./selection-bar").then((module) => module.SelectionBar), { ssr: false });
/** On a phone only. */
const RowCards = dynamic(() => import("./row-cards").then((module) => module.RowCards)) as typeof RowCardsOf;
const Arrivals = dynamic(() => import("./live/arrivals").then((module) => module.Arrivals), { ssr: false });

export type Everything = { count: number; isChosen: boolean; onChoose: (isChosen: boolean) => void };

export type DataTableProps<Row> = {
  /** What the rows are: "Runs". */
  label: string;
  columns: readonly DataColumn<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  rowName?: (row: Row) => string;
  rowHref?: (row: Row) => string | undefined;
  /** What a press and Enter do on a row without a page, such as opening a group. */
  onRowPress?: (row: Row) => void;
  /** All are, where it is not said. */
  isSelectable?: (row: Row) => boolean;
  /** Stays on top, whether it is among the rows or not. */
  pinned?: Row | null;
  state: TableState;
  total?: number;
  /** Counting ended there. */
  totalIsMore?: boolean;
  /** In place of "12 runs". */
  counted?: string;
  loading?: boolean;
  error?: ReactNode;
  /** Shown when there are no rows and no filter. */
  empty?: ReactNode;
  hasNextPage?: boolean;
  isFetchingNextPage?: boolean;
  fetchNextPage?: (how?: FetchNextPageOptions) => Promise<unknown>;
  /** Turns on row selection; gets the chosen ids. */
  selectionActions?: (ids: readonly string[]) => ReactNode;
  /** All that match, loaded or not, as one choice. */
  everything?: Everything;
  /** What came since someone began to read; shown when asked for. */
  arrivals?: Omit<ArrivalsProps, "noun">;
  /** What arrives, one and several, where that is not what the label says. */
  arrivalNoun?: ArrivalsProps["noun"];
  /** Told when someone begins to read in the middle of the table, and when that ends. */
  onReading?: (isReading: boolean) => void;
  /** Usually a FilterBar. */
  filter?: ReactNode;
  toolbar?: ReactNode;
  /** A second line of the toolbar, behind the count. */
  below?: ReactNode;
  csvName?: string;
  /** On a phone, each row as a card; without it the table scrolls sideways under its first column. */
  card?: (row: Row) => ReactNode;
  maxHeight?: string;
  className?: string;
};

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, rows, state, loading, error, empty, filter, selectionActions, everything, arrivals, onReading, card, className } = props;
  const phone = useIsPhone();
  const { isReading, handlers } = useReading(phone);
  const section = useRef<HTMLElement>(null);
  const tell = useEffectEvent((now: boolean) => onReading?.(now));
  useEffect(() => tell(isReading), [isReading]);
  const bare = !loading && !error && rows.length === 0;
  const columns = visibleColumns(props.columns, state.columns);

  function showArrivals() {
    arrivals?.onShow();
    section.current?.querySelector("[data-table-scroller]")?.scrollTo({ top: 0 });
    if (phone) section.current?.scrollIntoView();
  }

  return (
    <section ref={section} aria-label={label} className={cn("min-w-0", className)}>
      <TableToolbar {...props} visible={columns} filter={filter} />
      {error}
      {loading && rows.length === 0 && <TableSkeleton columns={Math.min(7, columns.length)} />}
      {bare &&
        (state.filter === "" ? (
          (empty ?? <NoRows text={`No ${label.toLowerCase()} yet.`} />)
        ) : (
          <NoRows text={`No ${label.toLowerCase()} match this filter.`} />
        ))}
      {rows.length > 0 && (
        <div className="relative" {...handlers}>
          {arrivals && <Arrivals {...arrivals} noun={props.arrivalNoun ?? [singularOf(label.toLowerCase()), label.toLowerCase()]} onShow={showArrivals} />}
          {card && phone ? (
            <RowCards {...props} card={card} />
          ) : (
            <TableGrid key={state.density} {...props} columns={columns} selectable={Boolean(selectionActions)} />
          )}
        </div>
      )}
      {selectionActions && (state.selected.length > 0 || everything?.isChosen) && (
        <SelectionBar
          count={state.selected.length}
          everything={hasAll(props) ? everything : undefined}
          onClear={() => {
            everything?.onChoose(false);
            state.setSelected([]);
          }}
        >
          {selectionActions(state.selected)}
        </SelectionBar>
      )}
    </section>
  );
}

/** Whether all loaded rows are chosen, and there are more. */
function hasAll<Row>({ rows, rowId, state, everything, hasNextPage }: DataTableProps<Row>): boolean {
  if (!everything) return false;
  if (everything.isChosen) return true;
  const chosen = new Set(state.selected);
  return hasNextPage === true && rows.every((row) => chosen.has(rowId(row)));
}

function NoRows({ text }: { text: string }) {
  return <p className="rounded-lg border border-line bg-panel px-4 py-8 text-center text-muted">{text}</p>;
}
