import { expect, test } from "vitest";
import { groupRow, pairsOf } from "./group-stats";

const column = { key: "auc", last: [0.7, 0.8, 0.72, 0.83, null], lastStep: [], min: [], minStep: [], max: [], maxStep: [] };
const groups = [{ name: "a", places: [0, 2] }, { name: "b", places: [1, 3] }, { name: "c", places: [4] }];

test("seeds pair runs; those that lack one have no partner", () => {
  expect(pairsOf([{ key: "lr", values: ["1", "2"] }, { key: "seed", values: ["1", null] }, { key: "fold", values: ["3", null] }], 2)).toEqual(["seed=1,fold=3", null]);
});

test("a group's mean and its difference to the baseline's group, with the name of the test", () => {
  const { cells } = groupRow(column, groups, 0, ["1", "1", "2", "2", "1"], "last");
  expect([cells[0]?.mean.mean, cells[0]?.mean.n, cells[0]?.test]).toEqual([expect.closeTo(0.71), 2, null]);
  expect(cells[1]?.test).toMatchObject({ name: "paired t test", difference: expect.closeTo(0.105), df: 1 });
  expect(groupRow(column, groups, 0, [null, null, null, null, null], "last").cells[1]?.test?.name).toBe("Welch’s t test");
  expect(cells[2]).toBe(null);
});
