import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RunKeys } from "@/server/domains/experiments/contract/run";
import { fieldText } from "./filter-text";
import { completeRunFilter, runGrammar, wantedValues } from "./run-grammar";

const keys: RunKeys = {
  metrics: [
    { key: "auc", runs: 3, points: 9 },
    { key: "val/log loss", runs: 2, points: 1 },
  ],
  params: [{ key: "model", runs: 3, distinct: 2, values: ["gbdt", "two words"] }],
  tags: [
    { key: "stage", runs: 3, distinct: 1, values: ["sweep"] },
    { key: "mlflow.user", runs: 3, distinct: 1, values: ["ada"] },
  ],
};
const grammar = runGrammar(keys);
const texts = (text: string, cursor = text.length) => completeRunFilter(text, cursor, keys).map((each) => each.text);

describe("check", () => {
  test.each(["", "metrics.auc > 0.7 and params.model = \"gbdt\"", "status = running", "metrics.`val/log loss` IS NULL", "max(metrics.auc) > 1"])(
    "%j is whole",
    (text) => expect(grammar.check(text)).toEqual([]),
  );
  test.each([
    ["auc > 1", "Runs have no auc"],
    ["metrics.auc >", "missing"],
    ["metrics.auc > high", "number"],
    ["metrics.auc > 1 or 2", "joined by AND"],
    ["params.model = 'gb", "starts nothing"],
  ])("%j is marked", (text, message) => expect(grammar.check(text)[0]?.message).toContain(message));
});

describe("complete", () => {
  test("offers fields, comparisons, values, and", () => {
    expect(texts("")[0]).toBe("metrics.auc ");
    expect(texts("mod")).toEqual(["params.model ", 'run_name ILIKE "%mod%" ']);
    expect(texts("cfg27")).toEqual(['run_name ILIKE "%cfg27%" ']);
    expect(texts("metrics.lo")).toEqual([]);
    expect(texts("log")[0]).toBe("metrics.`val/log loss` ");
    expect(texts("metrics.auc ")).toContain(">= ");
    expect(texts("params.model ")).toContain("LIKE ");
    expect(texts("params.model = ")).toEqual(['"gbdt" ', '"two words" ']);
    expect(texts('params.model = "tw')).toEqual(['"two words" ']);
    expect(texts("status = s")).toEqual(["succeeded "]);
    expect(texts("metrics.auc > 0.7 ")).toEqual(["and "]);
    expect(texts("metrics.auc > 0.7 and st")).toEqual(["status ", "start_time ", "tags.stage ", 'run_name ILIKE "%st%" ']);
    expect(texts("max(metrics.auc) ")).toContain("> ");
    expect(texts("max(")).toEqual(["max(metrics.auc) ", "max(metrics.`val/log loss`) "]);
    expect(texts("max(metrics.a")).toEqual(["max(metrics.auc) "]);
    expect(texts("mi")).toEqual(["min(metrics.auc) ", "min(metrics.`val/log loss`) ", "min_step(metrics.auc) ", "min_step(metrics.`val/log loss`) ", 'run_name ILIKE "%mi%" ']);
  });

  test("replaces only what is typed at the cursor", () => {
    expect(completeRunFilter("st and metrics.auc > 1", 2, keys)[0]).toMatchObject({ text: "status ", from: 0, to: 2 });
    expect(completeRunFilter("status = fa", 11, keys)[0]).toMatchObject({ from: 9, to: 11 });
  });

  test("hides MLflow's own tags, never throws, and keeps marks inside the text", () => {
    expect(texts("tags.")).toEqual(["tags.stage "]);
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        for (const mark of grammar.check(text)) expect(mark.from >= 0 && mark.to <= text.length).toBe(true);
        completeRunFilter(text, Math.floor(text.length / 2), keys);
      }),
    );
  });
});

test("keys beyond a word are quoted", () => {
  expect(fieldText("metrics", "train/loss.total")).toBe("metrics.train/loss.total");
  expect(fieldText("metrics", "0/x")).toBe("metrics.`0/x`");
});

test.each([
  ['params.model = "gb', { field: { scope: "param", key: "model" }, find: "gb" }],
  ["tags.`a b` = ", { field: { scope: "tag", key: "a b" }, find: "" }],
  ["metrics.auc > 0.", null],
  ["params.mo", null],
])("while %s is typed, values are wanted: %j", (text, wanted) => expect(wantedValues(text, text.length)).toEqual(wanted));
