import { expect, test } from "vitest";
import type { MetricColumn } from "@/server/domains/experiments/contract/compare";
import { askedOf, comparedIds, distinctNames } from "../compare-query";
import { datasetRow, metricRow, paramRows } from "./compare-rows";

const column = (key: string, last: (number | null)[], min: (number | null)[] = last, max: (number | null)[] = last): MetricColumn => ({
  key, last, min, max, lastStep: last.map(() => 9), minStep: last.map(() => 2), maxStep: last.map(() => 5),
});

test("known ids, each once, in order; a kept set goes before them", () => {
  const [a, b] = ["0".repeat(32), "1".repeat(32)];
  const ids = ["11111111-1111-1111-1111-111111111111", "00000000-0000-0000-0000-000000000000"];
  expect(comparedIds(`${b},${a},${b},nonsense,`)).toEqual(ids);
  expect(askedOf({ runs: `${b},${a}`, set: "nonsense" })).toEqual({ runIds: ids });
  expect(askedOf({ runs: `${b},${a}`, set: "0123456789abcdef0123" })).toEqual({ set: "0123456789abcdef0123" });
});

test("last or best by the metric's better end, the baseline first, and who is best", () => {
  const auc = column("auc", [0.7, 0.72, null], [0.5, 0.5, null], [0.75, 0.73, null]);
  const last = metricRow(auc, [1, 0, 2], "last");
  expect(last.cells.map((cell) => cell?.value)).toEqual([0.72, 0.7, undefined]);
  expect([...last.bestIndexes]).toEqual([0]);
  const best = metricRow(auc, [0, 1, 2], "best");
  expect(best.cells).toEqual([{ value: 0.75, step: 5 }, { value: 0.73, step: 5 }, null]);
  expect([...best.bestIndexes]).toEqual([0]);
  expect(metricRow(column("loss", [0.5, 1], [0.4, 0.1]), [0, 1], "best").cells[0]).toEqual({ value: 0.4, step: 2 });
});

test("nobody is best where all are the same, or where the better end is not known", () => {
  expect(metricRow(column("auc", [1, 1]), [0, 1], "last").bestIndexes.size).toBe(0);
  expect(metricRow(column("lr", [1, 2]), [0, 1], "last").bestIndexes.size).toBe(0);
});

test("params that differ come first, absence is a difference", () => {
  const rows = paramRows([{ key: "a", values: ["1", "1"] }, { key: "c", values: ["1", null] }, { key: "b", values: ["x", "y"] }], [1, 0]);
  expect(rows.map((row) => [row.key, row.differs, row.values])).toEqual([["b", true, ["y", "x"]], ["c", true, [null, "1"]], ["a", false, ["1", "1"]]]);
});

test("runs of one name are told apart by the end of their id", () => {
  const names = distinctNames([{ id: "00-aaaa", name: "x" }, { id: "00-bbbb", name: "x" }, { id: "00-cccc", name: "y" }]).map((run) => run.name);
  expect(names).toEqual(["x · aaaa", "x · bbbb", "y"]);
});

test("tells runs that read other data apart, not those that logged none", () => {
  expect(datasetRow(["flights 1", "leaky 2"], [1, 0])).toEqual({ key: "Dataset", values: ["leaky 2", "flights 1"], differs: true });
  expect(datasetRow(["flights 1", null, "flights 1"], [0, 1, 2])).toMatchObject({ differs: false });
  expect(datasetRow([null, null], [0, 1])).toBeNull();
});
