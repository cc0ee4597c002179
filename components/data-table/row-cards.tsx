"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { Button } from "@/components/ui/actions/button";
import { Checkbox } from "@/components/ui/forms/checkbox";
import type { DataTableProps } from "./data-table";

export type RowCardsProps<Row> = DataTableProps<Row> & { card: (row: Row) => ReactNode };

/** The rows on a phone: one card each, more on demand. */
export function RowCards<Row>({
  label,
  rows,
  rowId,
  rowName,
  rowHref,
  isSelectable,
  selectionActions,
  everything,
  state,
  card,
  hasNextPage,
  isFetchingNextPage,
  fetchNextPage,
}: RowCardsProps<Row>) {
  const isAll = everything?.isChosen ?? false;
  const selected = new Set(isAll ? rows.filter((row) => isSelectable?.(row) !== false).map(rowId) : state.selected);
  const toggle = (id: string) => {
    // Without one it is no longer all: the loaded others stay.
    if (isAll) everything?.onChoose(false);
    state.setSelected(selected.has(id) ? [...selected].filter((each) => each !== id) : [...state.selected, id]);
  };
  return (
    <>
      <ul aria-label={label} className="overflow-hidden rounded-lg border border-line bg-panel">
        {rows.map((row) => {
          const [id, href] = [rowId(row), rowHref?.(row)];
          const canChoose = selectionActions !== undefined && isSelectable?.(row) !== false;
          return (
            <li key={id} className="flex border-line border-b last:border-b-0 [contain-intrinsic-size:auto_72px] [content-visibility:auto]">
              {/* As wide as a finger, beside the link and not in it. */}
              {canChoose && <Checkbox label={`Select ${rowName?.(row) ?? id}`} hideLabel checked={selected.has(id)} onChange={() => toggle(id)} className="w-10 shrink-0 justify-center gap-0" />}
              {href ? (
                <Link href={href} prefetch={false} className={cn("block min-w-0 flex-1 py-2.5 pr-3 -outline-offset-2 active:bg-well", !canChoose && "pl-3")}>
                  {card(row)}
                </Link>
              ) : (
                <div className={cn("min-w-0 flex-1 py-2.5 pr-3", !canChoose && "pl-3")}>{card(row)}</div>
              )}
            </li>
          );
        })}
      </ul>
      {hasNextPage && (
        <Button className="mt-2 w-full" pending={isFetchingNextPage} onClick={() => void fetchNextPage?.()}>
          Show more
        </Button>
      )}
    </>
  );
}
