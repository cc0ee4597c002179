"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/actions/button";
import type { DataTableProps } from "./data-table";

export type RowCardsProps<Row> = DataTableProps<Row> & { card: (row: Row) => ReactNode };

/** The rows on a phone: one card each, more on demand. */
export function RowCards<Row>({
  label,
  rows,
  rowId,
  rowHref,
  card,
  hasNextPage,
  isFetchingNextPage,
  fetchNextPage,
}: RowCardsProps<Row>) {
  return (
    <>
      <ul aria-label={label} className="overflow-hidden rounded-lg border border-line bg-panel">
        {rows.map((row) => {
          const href = rowHref?.(row);
          return (
            <li
              key={rowId(row)}
              className="border-line border-b last:border-b-0 [contain-intrinsic-size:auto_72px] [content-visibility:auto]"
            >
              {href ? (
                <Link href={href} prefetch={false} className="block px-3 py-2.5 -outline-offset-2 active:bg-well">
                  {card(row)}
                </Link>
              ) : (
                <div className="px-3 py-2.5">{card(row)}</div>
              )}
            </li>
          );
        })}
      </ul>
      {hasNextPage && (
        <Button className="mt-2 w-full" pending={isFetchingNextPage} onClick={() => fetchNextPage?.()}>
          Show more
        </Button>
      )}
    </>
  );
}
