"use client";

import { useRouter } from "next/navigation";
import { type MouseEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { DataColumn } from "./data-column";
import type { DataTableProps } from "./data-table";
import { TableHead } from "./table-head";
import { TableRow } from "./table-row";
import { useColumnWidths } from "./use-column-widths";
import { useGridRows } from "./use-grid-rows";
import { useIsPhone } from "./use-is-phone";
import { useRowKeys } from "./use-row-keys";

export type TableGridProps<Row> = Omit<DataTableProps<Row>, "columns"> & {
  columns: readonly DataColumn<Row>[];
  selectable: boolean;
};

const SELECT_WIDTH = 36;

export function TableGrid<Row>(props: TableGridProps<Row>) {
  const { label, columns, rowId, rowHref, state, total, totalIsMore, selectable, hasNextPage, isFetchingNextPage, pinned, isSelectable, onRowPress, everything } = props;
  const router = useRouter();
  const [active, setActive] = useState(0);
  const rows = useMemo(() => (pinned ? [pinned, ...props.rows.filter((row) => rowId(row) !== rowId(pinned))] : props.rows), [pinned, props.rows, rowId]);
  // The pinned column must leave room for the others on a phone.
  const sizes = useColumnWidths(columns, rows, useIsPhone() ? 148 : Number.POSITIVE_INFINITY);
  const grid = useGridRows({ ...props, rows });
  const isAll = everything?.isChosen === true;
  const chosen = useMemo(() => new Set(isAll ? props.rows.map(rowId) : state.selected), [isAll, props.rows, rowId, state.selected]);

  const lastToggled = useRef<string | null>(null);

  /** Chooses all rows between the last one that was chosen and this one. */
  function toggleTo(index: number) {
    const from = rows.findIndex((row) => rowId(row) === lastToggled.current);
    if (from < 0 || !selectable) return toggle(index);
    const between = rows.slice(Math.min(from, index), Math.max(from, index) + 1).filter((row) => isSelectable?.(row) !== false);
    state.setSelected([...new Set([...state.selected, ...between.map(rowId)])]);
    const row = rows[index];
    if (row) lastToggled.current = rowId(row);
  }

  function toggle(index: number) {
    const row = rows[index];
    if (!row || !selectable || isSelectable?.(row) === false) return;
    const id = rowId(row);
    lastToggled.current = id;
    // Without one it is no longer all: the loaded others stay.
    if (isAll) everything.onChoose(false);
    state.setSelected(chosen.has(id) ? [...chosen].filter((each) => each !== id) : [...state.selected, id]);
  }

  // Rows keep the function they were first drawn with.
  const newest = useRef({ toggle, toggleTo });
  useEffect(() => {
    newest.current = { toggle, toggleTo };
  });
  const onToggle = useCallback((index: number, isRange: boolean) => (isRange ? newest.current.toggleTo(index) : newest.current.toggle(index)), []);

  function open(index: number, apart: boolean) {
    const row = rows[index];
    const href = row && rowHref?.(row);
    if (!href) return row && onRowPress?.(row);
    if (apart) window.open(href, "_blank", "noopener");
    else router.push(href);
  }

  const onKeyDown = useRowKeys({
    scroller: grid.scroller,
    count: rows.length,
    active,
    onActive: setActive,
    reveal: grid.reveal,
    onOpen: open,
    onToggle: toggle,
    onToggleTo: toggleTo,
    onEscape: () => {
      everything?.onChoose(false);
      state.setSelected([]);
    },
  });

  function onClick(event: MouseEvent) {
    const target = event.target instanceof Element ? event.target : null;
    const index = Number(target?.closest("[data-row]")?.getAttribute("data-row") ?? Number.NaN);
    if (!target || Number.isNaN(index)) return;
    setActive(index);
    if (target.closest("a, button, input, label, summary") || getSelection()?.toString()) return;
    open(index, event.metaKey || event.ctrlKey);
  }

  function drawn(index: number) {
    const row = rows[index];
    if (!row) return null;
    const id = rowId(row);
    const place = pinned && index === 0 ? ("pinned" as const) : ("flow" as const);
    const shown = { row, index, place, height: grid.height, active: index === active, chosen: chosen.has(id) };
    return <TableRow key={id} {...props} {...shown} onToggle={onToggle} />;
  }

  const span = columns.length + (selectable ? 1 : 0);
  return (
    <div
      ref={grid.scroller}
      data-table-scroller
      style={{ maxHeight: props.maxHeight ?? "max(20rem, calc(100dvh - 15rem))" }}
      className="quiet-scroll relative isolate overflow-auto overscroll-x-contain rounded-lg border border-line bg-panel [scroll-padding-top:2rem]"
    >
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: ARIA's own grid pattern stands on a table
        role="grid"
        aria-label={label}
        aria-rowcount={total === undefined || totalIsMore ? (hasNextPage ? -1 : rows.length + 1) : total + 1}
        aria-colcount={span}
        aria-multiselectable={selectable || undefined}
        aria-busy={isFetchingNextPage || undefined}
        onKeyDown={onKeyDown}
        onClick={onClick}
        className="w-full table-fixed border-separate border-spacing-0 text-table"
        style={{ minWidth: sizes.total + (selectable ? SELECT_WIDTH : 0) }}
      >
        <colgroup>
          {selectable && <col style={{ width: SELECT_WIDTH }} />}
          {columns.map((column, index) => (
            <col key={column.key} style={{ width: sizes.widths[index] }} />
          ))}
        </colgroup>
        <TableHead {...props} sizes={sizes} chosen={chosen} />
        <tbody>
          {pinned && drawn(0)}
          <Spacer height={grid.before} span={span} />
          {grid.items.map(({ index }) => (pinned && index === 0 ? null : drawn(index)))}
          <Spacer height={grid.after} span={span} />
        </tbody>
      </table>
      {isFetchingNextPage && (
        <p role="status" className="sticky left-0 px-3 py-1.5 text-label text-muted">
          Loading more…
        </p>
      )}
    </div>
  );
}

function Spacer({ height, span }: { height: number; span: number }) {
  return height > 0 ? (
    <tr aria-hidden>
      <td colSpan={span} style={{ height, padding: 0 }} />
    </tr>
  ) : null;
}
