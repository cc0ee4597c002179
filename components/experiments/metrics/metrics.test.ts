import { expect, test } from "vitest";
import { formatMetric, metricDigits, signedMetric } from "./metric-format";
import { betterEnd, isBetter } from "./better-end";
import { focusMetric } from "../runs/focus-metric";
import { rankMetrics } from "./rank-metrics";

test.each([
  ["auc", "max"],
  ["val/auc_roc", "max"],
  ["trainLoss", "min"],
  ["val/log_loss", "min"],
  ["eval.RMSE", "min"],
  ["train/lr", null],
  ["scorer", null],
])("%s is better at its %s", (key, end) => expect(betterEnd({ key })).toBe(end));

test("what a recipe promises goes before what the name says", () => {
  expect(betterEnd({ key: "loss", better: "max" })).toBe("max");
  expect(betterEnd({ key: "lr", better: "min" })).toBe("min");
  const of = (key: string, better?: "min") => ({ key, better, runs: 1, points: 1 });
  expect(rankMetrics([of("auc"), of("fit_seconds", "min")]).map(({ key }) => key)).toEqual(["fit_seconds", "auc"]);
});

test("compares by that end, and not at all where there is none", () => {
  expect(isBetter("max", 0.8, 0.7)).toBe(true);
  expect(isBetter("min", 0.8, 0.7)).toBe(false);
  expect(isBetter(null, 0.8, 0.7)).toBe(null);
  expect(isBetter("max", Number.NaN, 0.7)).toBe(null);
});

test("ranks what judges a model before what only accompanies its training", () => {
  const keys = ["train/grad_norm", "train/loss", "layers/1/norm", "val/loss", "auc"].map((key) => ({ key, runs: 3, points: 2 }));
  expect(rankMetrics(keys).map((each) => each.key).slice(0, 3)).toEqual(["val/loss", "auc", "train/loss"]);
});

test("held-out metrics come first, however a score or a run that has just begun changes the counts", () => {
  const of = (final: number, curves: number) => [
    { key: "mean_score", runs: 17, points: 1, scoring: true },
    { key: "fit_seconds", runs: final, points: 1 },
    { key: "final_validation_auc", runs: final, points: 1 },
    { key: "train_logloss", runs: curves, points: 200 },
    { key: "validation_logloss", runs: curves, points: 200 },
  ];
  const wanted = ["final_validation_auc", "validation_logloss", "train_logloss", "fit_seconds", "mean_score"];
  expect(rankMetrics(of(10, 10)).map(({ key }) => key)).toEqual(wanted);
  expect(rankMetrics(of(9, 11)).map(({ key }) => key)).toEqual(wanted);
  expect(focusMetric(null, null, { metrics: of(10, 10), params: [], tags: [] })).toBe("validation_logloss");
});

test("a column of values shares its decimals, and says NaN", () => {
  const digits = metricDigits([0.7421, 0.05, Number.NaN]);
  expect([0.7421, 0.05, Number.NaN, undefined].map((value) => formatMetric(value, digits))).toEqual(["0.7421", "0.0500", "NaN", "–"]);
  expect(formatMetric(1234, metricDigits([1234, 5]))).toBe("1234");
  expect([5000.5, 0.31, 7, 0].map((value) => formatMetric(value, metricDigits([5000.5, 0.31])))).toEqual(["5001", "0.310", "7", "0"]);
  expect(signedMetric(-0.0042, digits)).toBe("−0.0042");
  expect(signedMetric(0.00001, digits)).toBe("0.0000");
  expect(formatMetric(3e-7, metricDigits([3e-7]))).toBe("3.00e−7");
  expect([2.9e-6, -0.0003, 0.0042, 0].map((value) => formatMetric(value, metricDigits([0.9])))).toEqual(["2.9e−6", "−0.000300", "0.0042", "0.0000"]);
});
