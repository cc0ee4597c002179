import { expect, it, test } from "vitest";
import type { RunView } from "../../contract/run";
import { allColumns, fileColumns, neededKeys } from "./run-file";

const run: RunView = {
  id: "01234567-89ab-7def-8123-456789abcdef", experimentNo: 0, experimentName: "e", name: "wise", status: "FINISHED", lifecycleStage: "active", userName: "", startTime: 1_000, endTime: 3_500,
  artifactUri: "", parentRunId: null, jobId: null, recipeId: null, launch: null, failure: null,
  metrics: [{ key: "auc", lastValue: 0.5, lastStep: 1, lastTimestamp: 0, minValue: 0.1, minStep: 0, maxValue: 0.9, maxStep: 0, firstTimestamp: 0, count: 2, valueSum: 1, valueCount: 2 }],
  params: [{ key: "lr", value: "0.1" }], tags: [{ key: "mlflow.user", value: "ada" }],
};
const read = (...columns: string[]) => Object.fromEntries(fileColumns(columns).map(({ name, value }) => [name, value(run)]));

it("names columns as MLflow does, and always tells which run", () => {
  expect(read("name", "state", "started", "duration", "user", "metrics.auc", "max(metrics.auc)", "params.lr", "tags.none")).toEqual({
    run_id: "0123456789ab7def8123456789abcdef", name: "wise", status: "FINISHED", start_time: 1_000, end_time: 3_500, duration_ms: 2_500, user: "ada",
    "metrics.auc": 0.5, "max(metrics.auc)": 0.9, "params.lr": "0.1", "tags.none": undefined,
  });
});

test.each([["curve"], ["constructor"], ["__proto__"], ["params."]])("%s is no column of a run", (column) => expect(Object.keys(read(column))).toEqual(["run_id"]));

it("two keys that differ in case alone are two columns for those who know no case", () => {
  expect(fileColumns(["metrics.AUC", "metrics.auc", "params.auc"]).map(({ name }) => name)).toEqual(["run_id", "metrics.AUC", "metrics.auc (2)", "params.auc"]);
});

it("reads of each run what its columns need", () => {
  expect(neededKeys(["name", "max(metrics.auc)", "metrics.auc", "params.lr", "tags.stage"])).toEqual({ metrics: ["auc"], params: ["lr"], tags: ["stage", "mlflow.user"] });
  expect(allColumns({ metrics: ["auc"], params: ["lr"], tags: [] })).toEqual(["name", "state", "started", "duration", "user", "metrics.auc", "params.lr"]);
});
