import { describe, expect, test } from "vitest";
import type { ParallelAxis, ParallelRow } from "./parallel-data";
import { brushOf, countGaps, nearestRow, prepareParallel, rowsWithin, stretchOf } from "./prepare-parallel";

const axes: ParallelAxis[] = [
  { key: "lr", label: "lr", kind: "numeric", log: true },
  { key: "model", label: "model", kind: "category" },
  { key: "auc", label: "auc", kind: "numeric" },
];
const row = (id: string, lr: number | string | null, model: string | null, auc: number | null): ParallelRow => ({ id, label: id, colour: 1, values: { lr, model, auc } });
const rows = [row("a", 0.001, "gbdt", 0.7), row("b", "0.1", "logistic", 0.8), row("c", 0.01, null, Number.NaN), row("d", 0.1, "mlp10", 0.75), row("e", 0.1, "mlp2", 0.7)];
const prepared = prepareParallel(axes, rows);
const heights = (r: number) => [...prepared.heights.slice(r * 3, r * 3 + 3)].map((height) => Math.round(height * 1e4) / 1e4);

describe("prepareParallel", () => {
  test("numbers by value, also from text, on a log axis by their power; names evenly, 2 before 10", () => {
    expect(heights(0)).toEqual([0, 0, 0]);
    expect(heights(1)).toEqual([1, 0.3333, 1]);
    expect(heights(3)).toEqual([1, 1, 0.5]);
    expect(prepared.scales[1]?.names).toEqual(["gbdt", "logistic", "mlp2", "mlp10"]);
  });

  test("no value, no height", () => {
    expect(heights(2)).toEqual([0.5, Number.NaN, Number.NaN]);
    expect(countGaps(prepared)).toBe(1);
  });

  test("a log axis with a zero is linear, and one value stands in the middle", () => {
    const flat = prepareParallel([{ key: "lr", label: "", kind: "numeric", log: true }, { key: "auc", label: "", kind: "numeric" }], [row("a", 0, "", 5), row("b", 1, "", 5)]);
    expect(flat.scales[0]?.isLog).toBe(false);
    expect([...flat.heights]).toEqual([0, 0.5, 1, 0.5]);
  });
});

describe("brushes", () => {
  test("what a pointer drew comes back as the same stretch", () => {
    const [lr, model] = prepared.scales;
    if (!lr || !model) throw new Error("no scales");
    expect(brushOf(lr, 0.5, 1)).toEqual({ from: 0.01, to: 0.1 });
    expect(stretchOf(lr, { from: 0.01, to: 0.1 })).toMatchObject({ from: expect.closeTo(0.5), to: expect.closeTo(1) });
    expect(brushOf(model, 0.7, 0.3)).toEqual({ among: ["logistic", "mlp2"] });
    expect(brushOf(model, 0.4, 0.5)).toBe(null);
  });

  test("leave the rows that pass through all of them; a row without a value does not", () => {
    expect(rowsWithin(prepared, { lr: { from: 0.01, to: 0.1 } })).toEqual([false, true, true, true, true]);
    expect(rowsWithin(prepared, { lr: { from: 0.01, to: 0.1 }, model: { among: ["logistic", "mlp2"] } })).toEqual([false, true, false, false, true]);
    expect(rowsWithin(prepared, { auc: { from: 0.7, to: 0.7 } })).toEqual([true, false, false, false, true]);
    expect(rowsWithin(prepared, {})).toEqual([true, true, true, true, true]);
  });
});

test("the nearest line between two axes, within reach and brushes", () => {
  const all = rows.map(() => true);
  expect(nearestRow(prepared, 1.5, 0.02, all, 0.05)).toBe(0);
  expect(nearestRow(prepared, 1.5, 0.02, [false, true, true, true, true], 0.05)).toBe(null);
  expect(nearestRow(prepared, 0, 1, all, 0.05)).toBe(1);
});

test("a thousand rows over ten axes are prepared, and a brush leaves those within it", () => {
  const many = Array.from({ length: 10 }, (_, index): ParallelAxis => ({ key: `p${index}`, label: "", kind: index % 3 === 0 ? "category" : "numeric" }));
  const thousand = Array.from({ length: 1_000 }, (_, r): ParallelRow => ({ id: String(r), label: "", colour: 1, values: Object.fromEntries(many.map(({ key }, a) => [key, (r * (a + 3)) % 17])) }));
  const within = rowsWithin(prepareParallel(many, thousand), { p1: { from: 3, to: 9 } });
  expect(within).toEqual(thousand.map(({ values }) => Number(values.p1) >= 3 && Number(values.p1) <= 9));
});
