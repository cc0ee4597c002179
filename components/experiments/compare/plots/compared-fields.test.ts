import { expect, test } from "vitest";
import { fieldsOf, firstAxes } from "./compared-fields";

const source = {
  params: [{ key: "lr", values: ["0.001", "0.1", null] }, { key: "model", values: ["mlp", "gbdt", "gbdt"] }, { key: "seed", values: ["1", "2", "3"] }, { key: "same", values: ["1", "1", "1"] }],
  tags: [{ key: "team", values: ["a", "b", null] }],
  metrics: [{ key: "auc", runs: 3, points: 1, total: 3 }, { key: "loss", runs: 3, points: 1, total: 3 }, { key: "once", runs: 1, points: 1, total: 1 }],
};

test("axes at first: params that differ but for the seed, then what judges the runs", () => {
  expect(firstAxes(source)).toEqual(["params.lr", "params.model", "metrics.auc", "metrics.loss"]);
});

test("numbers where all are, a log axis where they span powers of ten, names else", () => {
  const column = { key: "auc", last: [0.7, Number.NaN, null], lastStep: [1, 1, null], min: [0.5, 0.4, null], minStep: [0, 0, null], max: [0.75, 0.8, null], maxStep: [0, 0, null] };
  const fields = fieldsOf(source, new Map([["auc", column]]), ["params.lr", "params.model", "metrics.auc", "metrics.loss", "tags.team", "params.none"], "best");
  expect(fields.map(({ label, kind, log, values }) => [label, kind, log, values])).toEqual([
    ["lr", "numeric", true, [0.001, 0.1, null]],
    ["model", "category", false, ["mlp", "gbdt", "gbdt"]],
    ["auc", "numeric", false, [0.75, 0.8, null]],
    ["team", "category", false, ["a", "b", null]],
  ]);
});
