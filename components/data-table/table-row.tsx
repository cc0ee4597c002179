"use client";

import Link from "next/link";
import { memo } from "react";
import { cn } from "@/components/ui/class-names";
import { Checkbox } from "@/components/ui/forms/checkbox";
import type { TableGridProps } from "./table-grid";

export type TableRowProps<Row> = TableGridProps<Row> & {
  row: Row;
  index: number;
  height: number;
  place: "pinned" | "flow";
  active: boolean;
  chosen: boolean;
  /** With the shift key, all from the last one. */
  onToggle: (index: number, isRange: boolean) => void;
};

const cellClass =
  "truncate border-line border-b px-2.5 py-0 group-last/row:border-b-0 group-focus-visible/row:shadow-[inset_0_2px_0_var(--accent),inset_0_-2px_0_var(--accent)]";

/** Sticky cells paint their own background, so that what scrolls beneath them stays hidden. */
const ground =
  "bg-panel group-hover/row:bg-[color-mix(in_oklch,var(--well)_60%,var(--panel))] group-aria-selected/row:bg-[color-mix(in_oklch,var(--accent)_9%,var(--panel))]";

const isShifted = (event: Event) => event instanceof MouseEvent && event.shiftKey;

/** Below the head, over what scrolls. */
const pinnedClass = "sticky top-8 z-[8] border-b-2";

function Row<Row>(props: TableRowProps<Row>) {
  const { columns, row, index, height, place, active, chosen, selectable, isSelectable, rowHref, rowName, rowId, onRowPress, onToggle } = props;
  const isPinned = place === "pinned";
  const canChoose = isSelectable?.(row) !== false;
  const href = rowHref?.(row);
  return (
    <tr
      data-row={index}
      aria-rowindex={index + 2}
      aria-selected={selectable && canChoose ? chosen : undefined}
      tabIndex={active ? 0 : -1}
      className={cn("group/row outline-none", (href || onRowPress) && "cursor-pointer")}
      style={{ height }}
    >
      {selectable && (
        <td className={cn(cellClass, ground, "sticky left-0 z-[5] overflow-visible px-0 pl-2.5", isPinned && pinnedClass, isPinned && "z-[9]")}>
          {canChoose && (
            <Checkbox
              label={`Select ${rowName?.(row) ?? rowId(row)}`}
              hideLabel
              checked={chosen}
              tabIndex={-1}
              onChange={(event) => onToggle(index, isShifted(event.nativeEvent))}
            />
          )}
        </td>
      )}
      {columns.map((column, at) => {
        const content = column.cell(row);
        return (
          <td
            key={column.key}
            className={cn(
              cellClass,
              ground,
              column.align === "right" && "text-right tabular-nums",
              isPinned && pinnedClass,
              at === 0 && "sticky z-[5] border-r",
              at === 0 && isPinned && "z-[9]",
              at === 0 && (selectable ? "left-9" : "left-0"),
            )}
          >
            {at === 0 && href ? (
              <Link
                href={href}
                prefetch={false}
                tabIndex={-1}
                className="block truncate font-medium text-ink hover:underline"
              >
                {content}
              </Link>
            ) : (
              content
            )}
          </td>
        );
      })}
    </tr>
  );
}

/** What a row's looks hang on; its functions say the same of the same row, whichever drawing they come from. */
const looks = ["row", "index", "columns", "height", "place", "active", "chosen", "selectable"] as const;

/** Scrolling draws the rows that come into sight, and no other again. */
export const TableRow = memo(Row, (before, after) => looks.every((name) => before[name] === after[name])) as typeof Row;
