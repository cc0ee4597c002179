"use client";

import { useMemo, useState } from "react";
import { holdRows } from "./hold-rows";

export type HeldOptions<Row> = {
  rows: readonly Row[];
  idOf: (row: Row) => string;
  /** Whether someone reads or chooses. */
  isHeld: boolean;
  /** What the rows answer to: another filter or order begins anew. */
  scope: string;
};

/** While someone reads or chooses, rows stay where they are; what came since is counted, and shown when asked for. */
export function useHeldRows<Row>({ rows, idOf, isHeld, scope }: HeldOptions<Row>) {
  const [held, setHeld] = useState<{ scope: string; rows: readonly Row[] } | null>(null);
  const isKept = isHeld && held !== null && held.scope === scope;
  const shown = useMemo(() => (isKept ? holdRows(held.rows, rows, idOf) : null), [isKept, held, rows, idOf]);
  if (isHeld && !isKept) setHeld({ scope, rows });
  else if (!isHeld && held !== null) setHeld(null);
  else if (shown?.hasGrown) setHeld({ scope, rows: shown.rows });
  return {
    rows: shown?.rows ?? rows,
    arrived: shown?.arrived ?? 0,
    hasMoved: shown?.hasMoved ?? false,
    /** Where someone goes on reading, what there is by then is held from then on. */
    show: () => setHeld(null),
  };
}
