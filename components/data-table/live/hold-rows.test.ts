import { expect, test } from "vitest";
import { holdRows } from "./hold-rows";

type Row = { id: string; value: number };
const rows = (...ids: string[]): Row[] => ids.map((id) => ({ id: id.replace(/\d/, ""), value: Number(/\d/.exec(id)?.[0] ?? 0) }));
const hold = (held: Row[], fresh: Row[]) => {
  const { rows: shown, ...rest } = holdRows(held, fresh, (row) => row.id);
  return { shown: shown.map((row) => `${row.id}${row.value || ""}`).join(" "), ...rest };
};

test.each([
  ["values change in place", ["a", "b"], ["a1", "b2"], { shown: "a1 b2", arrived: 0, hasMoved: false, hasGrown: false }],
  ["new ones wait", ["a", "b"], ["x", "y", "a", "b"], { shown: "a b", arrived: 2, hasMoved: false, hasGrown: false }],
  ["one that a new one pushed off the page stays", ["a", "b"], ["x", "a"], { shown: "a b", arrived: 1, hasMoved: false, hasGrown: false }],
  ["another order waits", ["a", "b", "c"], ["b", "a", "c"], { shown: "a b c", arrived: 0, hasMoved: true, hasGrown: false }],
  ["the next page comes behind", ["a", "b"], ["a", "b", "c", "d"], { shown: "a b c d", arrived: 0, hasMoved: false, hasGrown: true }],
  ["all of it at once", ["a", "b"], ["x", "b1", "y", "a", "c"], { shown: "a b1 c", arrived: 2, hasMoved: true, hasGrown: true }],
  ["none of them is left", ["a"], ["x", "y"], { shown: "a", arrived: 2, hasMoved: false, hasGrown: false }],
  ["nothing is left at all", ["a"], [], { shown: "a", arrived: 0, hasMoved: false, hasGrown: false }],
])("%s", (_, held, fresh, wanted) => expect(hold(rows(...held), rows(...fresh))).toEqual(wanted));
