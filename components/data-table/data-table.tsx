"use client";

import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { TableSkeleton } from "@/components/ui/feedback/skeletons";
import type { DataColumn } from "./data-column";
import { RowCards } from "./row-cards";
import { SelectionBar } from "./selection-bar";
import { TableGrid } from "./table-grid";
import { TableToolbar } from "./table-toolbar";
import { useIsPhone } from "./use-is-phone";
import type { TableState } from "./use-table-state";

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
  fetchNextPage?: () => void;
  /** Turns on row selection; gets the chosen ids. */
  selectionActions?: (ids: readonly string[]) => ReactNode;
  /** Usually a FilterBar. */
  filter?: ReactNode;
  toolbar?: ReactNode;
  csvName?: string;
  /** On a phone, each row as a card; without it the table scrolls sideways under its first column. */
  card?: (row: Row) => ReactNode;
  maxHeight?: string;
  className?: string;
};

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, rows, state, loading, error, empty, filter, selectionActions, card, className } = props;
  const phone = useIsPhone();
  const bare = !loading && !error && rows.length === 0;
  const columns = visibleColumns(props.columns, state.columns);

  return (
    <section aria-label={label} className={cn("min-w-0", className)}>
      <TableToolbar {...props} visible={columns} filter={filter} />
      {error}
      {loading && rows.length === 0 && <TableSkeleton columns={Math.min(7, columns.length)} />}
      {bare &&
        (state.filter === "" ? (
          (empty ?? <NoRows text={`No ${label.toLowerCase()} yet.`} />)
        ) : (
          <NoRows text={`No ${label.toLowerCase()} match this filter.`} />
        ))}
      {rows.length > 0 &&
        (card && phone ? (
          <RowCards {...props} card={card} />
        ) : (
          <TableGrid key={state.density} {...props} columns={columns} selectable={Boolean(selectionActions)} />
        ))}
      {selectionActions && state.selected.length > 0 && (
        <SelectionBar count={state.selected.length} onClear={() => state.setSelected([])}>
          {selectionActions(state.selected)}
        </SelectionBar>
      )}
    </section>
  );
}

function NoRows({ text }: { text: string }) {
  return <p className="rounded-lg border border-line bg-panel px-4 py-8 text-center text-muted">{text}</p>;
}

/** The picked columns in their picked order; the first column always stays first. */
function visibleColumns<Row>(columns: readonly DataColumn<Row>[], picked: readonly string[] | null): DataColumn<Row>[] {
  if (!picked) return columns.filter((column) => !column.optional);
  const chosen = picked
    .map((key) => columns.find((column) => column.key === key))
    .filter((column) => column !== undefined);
  const fixed = columns.filter((column, index) => index === 0 || column.always);
  return [...fixed, ...chosen.filter((column) => !fixed.includes(column))];
}
