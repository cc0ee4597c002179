import { expect, it, test } from "vitest";
import type { MetricSummary, RunKeys } from "@/server/domains/experiments/contract/run";
import { askedColumns } from "./asked-columns";
import { runColumns } from "./run-columns";
import { fieldValue, metricColumnKey, metricFieldOf, metricTerm } from "@/server/domains/experiments/rules/table/metric-field";

const pairs = (record: Record<string, string[]>) => Object.entries(record).map(([key, values]) => ({ key, runs: 9, distinct: values.length, values }));
const keys: RunKeys = {
  metrics: ["auc", "val/loss", "lr", "gpu", "ram"].map((key) => ({ key, runs: 9, points: 9 })),
  params: pairs({ seed: ["7"], lr: ["1", "2"], depth: ["3", "4"], model: ["a", "b"], wide: ["x", "y"] }),
  tags: pairs({ stage: ["a"] }),
};

test.each([
  ["metrics.auc", { key: "auc", aggregate: "last" }, "metrics.`auc`"],
  ["max(metrics.val/loss)", { key: "val/loss", aggregate: "max" }, "max(metrics.`val/loss`)"],
  ["mean(metrics.a.b)", { key: "a.b", aggregate: "mean" }, "mean(metrics.`a.b`)"],
] as const)("%s is a column of a metric, and an order", (column, field, term) => {
  expect(metricFieldOf(column)).toEqual(field);
  expect(metricColumnKey(field)).toBe(column);
  expect(metricTerm(field)).toBe(term);
});

test.each(["params.lr", "started", "sum(metrics.auc)", "max(params.lr)", "max(metrics.)"])("%s is none", (column) => expect(metricFieldOf(column)).toBeNull());

it("reads a run's value for each, and says nothing of what was not logged", () => {
  const auc: MetricSummary = { key: "auc", lastValue: 3, lastStep: 0, lastTimestamp: 0, minValue: 1, minStep: 0, maxValue: 5, maxStep: 0, firstTimestamp: 0, count: 4, valueSum: 9, valueCount: 3 };
  const values = (["last", "max", "min", "mean"] as const).map((aggregate) => fieldValue([auc], { key: "auc", aggregate }));
  expect(values).toEqual([3, 5, 1, 3]);
  expect(fieldValue([{ ...auc, valueCount: 0 }], { key: "auc", aggregate: "mean" })).toBeNull();
  expect(fieldValue([auc], { key: "loss", aggregate: "last" })).toBeUndefined();
});

it("asks for what is picked, and for what could be shown while nothing is", () => {
  expect(askedColumns(keys, ["max(metrics.gpu)", "params.seed", "tags.stage", "started"], "auc")).toEqual({ metrics: ["auc", "gpu"], params: ["seed"], tags: ["mlflow.user", "stage"] });
  const asked = askedColumns(keys, null, "ram");
  expect(asked.params).toEqual(["lr", "depth", "model"]);
  expect(asked.metrics.slice(0, 2)).toEqual(["ram", "val/loss"]);
  expect(asked.metrics).toHaveLength(5);
});

it.each([
  [null, 9, "max(metrics.auc)"],
  [null, 1, "metrics.auc"],
  [["metrics.auc"], 9, "metrics.auc"],
])("of a curve whose better end is promised shows the best, until columns are picked: %j, %i points", (picked, points, first) => {
  const auc = { key: "auc", runs: 2, points, better: "max" as const };
  const columns = runColumns({ keys: { metrics: [auc], params: [], tags: [] }, rows: [], baseline: null, focus: { metric: "auc", curve: null }, picked, room: 1_000 });
  expect(columns.filter(({ group, optional }) => group === "Metrics" && !optional).map(({ key }) => key)).toEqual([first]);
  expect(columns.map(({ key }) => key)).toContain("metrics.auc");
});

it("tells a param from a metric of the same name", () => {
  const columns = runColumns({ keys: { ...keys, metrics: [{ key: "lr", runs: 9, points: 9 }] }, rows: [], baseline: null, focus: { metric: null, curve: null }, picked: null, room: 1_000 });
  const headers = columns.filter(({ key }) => key === "metrics.lr" || key.startsWith("params.")).map(({ header, optional }) => [header, optional]);
  expect(headers).toEqual([["lr", false], ["seed", true], ["lr (param)", false], ["depth", false], ["model", false], ["wide", true]]);
});
