import { expect, test } from "vitest";
import type { RunView } from "@/server/domains/experiments/contract/run";
import { comparedIds, distinctNames } from "./compare-query";
import { metricRows, paramRows } from "./compare-rows";

const metric = (key: string, last: number, min: number, max: number) => ({
  key, lastValue: last, lastStep: 9, lastTimestamp: 0, minValue: min, minStep: 2, maxValue: max, maxStep: 5, firstTimestamp: 0, valueSum: 0, valueCount: 0, count: 10,
});
const run = (metrics: RunView["metrics"], params: Record<string, string>): RunView => ({
  id: "", experimentNo: 0, experimentName: "", name: "", status: "FINISHED", lifecycleStage: "active", userName: "", startTime: 0, endTime: 0, artifactUri: "",
  parentRunId: null, jobId: null, recipeId: null, launch: null, failure: null, tags: [], metrics, params: Object.entries(params).map(([key, value]) => ({ key, value })),
});

test("known ids, each once, in order", () => {
  const [a, b] = ["0".repeat(32), "1".repeat(32)];
  expect(comparedIds(`${b},${a},${b},nonsense,`)).toEqual(["11111111-1111-1111-1111-111111111111", "00000000-0000-0000-0000-000000000000"]);
});

test("last or best by the metric's better end, and who is best", () => {
  const runs = [run([metric("auc", 0.7, 0.5, 0.75), metric("loss", 0.5, 0.4, 2)], {}), run([metric("auc", 0.72, 0.5, 0.73)], {})];
  const [auc, loss] = metricRows(runs, "last");
  expect(auc?.cells.map((cell) => cell?.value)).toEqual([0.7, 0.72]);
  expect([...(auc?.bestIndexes ?? [])]).toEqual([1]);
  expect(loss?.cells[1]).toBe(null);
  const best = metricRows(runs, "best");
  expect(best[0]?.cells).toEqual([{ value: 0.75, step: 5 }, { value: 0.73, step: 5 }]);
  expect(best[1]?.cells[0]).toEqual({ value: 0.4, step: 2 });
  expect([...(best[0]?.bestIndexes ?? [])]).toEqual([0]);
});

test("nobody is best where all are the same, or where the better end is not known", () => {
  expect(metricRows([run([metric("auc", 1, 1, 1)], {}), run([metric("auc", 1, 1, 1)], {})], "last")[0]?.bestIndexes.size).toBe(0);
  expect(metricRows([run([metric("lr", 1, 1, 1)], {}), run([metric("lr", 2, 1, 1)], {})], "last")[0]?.bestIndexes.size).toBe(0);
});

test("params that differ come first, absence is a difference", () => {
  const rows = paramRows([run([], { a: "1", b: "x", c: "1" }), run([], { a: "1", b: "y" })]);
  expect(rows.map((row) => [row.key, row.differs])).toEqual([["b", true], ["c", true], ["a", false]]);
});

test("runs of one name are told apart by the end of their id", () => {
  const names = distinctNames([{ id: "00-aaaa", name: "x" }, { id: "00-bbbb", name: "x" }, { id: "00-cccc", name: "y" }]).map((run) => run.name);
  expect(names).toEqual(["x · aaaa", "x · bbbb", "y"]);
});
