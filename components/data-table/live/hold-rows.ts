/** Rows as someone reads them, with the values of now: none comes between, none goes, none moves. */

export type HeldRows<Row> = {
  rows: readonly Row[];
  /** Rows that came since and are not shown. */
  arrived: number;
  /** Whether those that are shown stand in another order by now. */
  hasMoved: boolean;
  /** Whether rows were read on behind the last one. */
  hasGrown: boolean;
};

export function holdRows<Row>(held: readonly Row[], fresh: readonly Row[], idOf: (row: Row) => string): HeldRows<Row> {
  const places = new Map(held.map((row, index) => [idOf(row), index]));
  const now = new Map(fresh.map((row) => [idOf(row), row]));
  const lastKnown = fresh.findLastIndex((row) => places.has(idOf(row)));
  const added = lastKnown < 0 ? [] : fresh.slice(lastKnown + 1);
  const before = fresh.slice(0, Math.max(0, lastKnown < 0 ? fresh.length : lastKnown + 1));
  const order = before.flatMap((row) => places.get(idOf(row)) ?? []);
  return {
    rows: [...held.map((row) => now.get(idOf(row)) ?? row), ...added],
    arrived: before.length - order.length,
    hasMoved: order.some((place, index) => index > 0 && place < (order[index - 1] ?? 0)),
    hasGrown: added.length > 0,
  };
}
