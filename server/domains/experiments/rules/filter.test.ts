import { describe, expect, it } from "vitest";
import { parseFilter, parseOrder } from "./filter";
import { FilterError } from "./filter-tokens";

describe("parseFilter", () => {
  it.each([
    ["metrics.auc > 0.9", { scope: "metric", key: "auc", aggregate: "last", comparator: ">", values: [0.9] }],
    ["mean(metrics.a.b) < 2", { scope: "metric", key: "a.b", aggregate: "mean", comparator: "<", values: [2] }],
    ["max(metrics.auc) >= 1e-3", { scope: "metric", key: "auc", aggregate: "max", comparator: ">=", values: [0.001] }],
    ["params.lr = '0.1'", { scope: "param", key: "lr", aggregate: "last", comparator: "=", values: ["0.1"] }],
    ['parameters."a b" != "x"', { scope: "param", key: "a b", aggregate: "last", comparator: "!=", values: ["x"] }],
    ["tags.`mlflow.user` LIKE '%a%'", { scope: "tag", key: "mlflow.user", aggregate: "last", comparator: "LIKE", values: ["%a%"] }],
    ["metrics.val.loss < 1", { scope: "metric", key: "val.loss", aggregate: "last", comparator: "<", values: [1] }],
    ["status = running", { scope: "attribute", key: "status", aggregate: "last", comparator: "=", values: ["running"] }],
    ["attributes.run_id IN ('a', 'b')", { scope: "attribute", key: "run_id", aggregate: "last", comparator: "IN", values: ["a", "b"] }],
    ["tags.x IS NOT NULL", { scope: "tag", key: "x", aggregate: "last", comparator: "IS NOT NULL", values: [] }],
    ["params.s = 'it\\'s'", { scope: "param", key: "s", aggregate: "last", comparator: "=", values: ["it's"] }],
  ])("reads %s", (text, expected) => {
    expect(parseFilter(text)).toEqual([expected]);
  });

  it("joins conditions by AND, in any case, and reads nothing from nothing", () => {
    expect(parseFilter("metrics.a > 1 and params.b = 'c' AND tags.d = 'e'")).toHaveLength(3);
    expect(parseFilter("  ")).toEqual([]);
  });

  it.each([
    ["metrics.auc >", 13], ["metrics.auc ! 1", 12], ["metrics.a > 1 or metrics.b > 1", 14], ["metrics.a > 'x'", 0], ["nonsense.key = 1", 0], ["params.a = 'open", 11], ["max(params.a) > 1", 0],
    ["params.a IN 'x'", 12], ["metrics.a > 1 params.b = '2'", 14],
  ])("refuses %s at its fault", (text, start) => {
    let fault: unknown;
    try {
      parseFilter(text);
    } catch (error) {
      fault = error;
    }
    expect(fault).toBeInstanceOf(FilterError);
    expect((fault as FilterError).start).toBe(start);
  });
});

describe("parseOrder", () => {
  it.each([
    ["metrics.auc DESC", { key: "auc", descending: true }], ["params.lr", { key: "lr", descending: false }], ["start_time asc", { key: "start_time", descending: false }],
  ])("reads %s", (text, expected) => {
    expect(parseOrder(text)).toMatchObject(expected);
  });

  it("refuses what follows the direction", () => {
    expect(() => parseOrder("metrics.a DESC, x")).toThrow(FilterError);
  });
});
