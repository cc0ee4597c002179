import { expect, test } from "vitest";
import { shareX } from "./shared-grid";

const long = (phase: number) => {
  const xs = Array.from({ length: 3_000 }, (_, index) => index * 7 + phase);
  return { xs, values: xs.map((x, index) => (index === 1_500 ? 99 : index === 40 ? -99 : Math.sin(x / 900))) };
};

test("many x become a grid, in order, with every extremum of every line within a cell of its place", () => {
  const { xs, columns } = shareX([long(0), long(1), long(2), long(3)]);
  expect(xs.length).toBe(2_400);
  expect(xs.every((x, index) => index === 0 || x > (xs[index - 1] ?? 0))).toBe(true);
  for (const [phase, column] of columns.entries()) {
    const at = (value: number) => xs[column.indexOf(value)] ?? 0;
    expect(Math.abs(at(99) - (1_500 * 7 + phase))).toBeLessThan(21_000 / 600);
    expect(Math.abs(at(-99) - (40 * 7 + phase))).toBeLessThan(21_000 / 600);
    expect(column.find((value) => value !== undefined)).toBeCloseTo(Math.sin(phase / 900));
  }
});

test("a gap stays one, and one line alone keeps every x", () => {
  const gap = { xs: [0, 1, 2], values: [1, null, 3] };
  expect(shareX([gap, { xs: [1], values: [5] }])).toEqual({ xs: [0, 1, 2], columns: [[1, null, 3], [undefined, 5, undefined]] });
  expect(shareX([long(0)]).xs.length).toBe(3_000);
});

test("two hundred long lines are set on one grid, not on all of their steps", () => {
  const lines = Array.from({ length: 200 }, (_, run) => ({ xs: Array.from({ length: 120 }, (_, index) => index * 800 + run * 3), values: Array.from({ length: 120 }, (_, index) => index) }));
  const { xs, columns } = shareX(lines);
  expect(columns).toHaveLength(200);
  expect(xs.length).toBeLessThanOrEqual(2_400);
});
