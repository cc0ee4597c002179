import { describe, expect, it, test } from "vitest";
import { appendModel } from "./model-history";

const model = (path: string, change: object = {}) => ({
  run_id: "r", artifact_path: path, utc_time_created: "2026-01-01 00:00:00.000000", model_uuid: `uuid of ${path}`,
  flavors: { onnx: { data: "model.onnx", config: { providers: ["CPU"] } }, python_function: { loader_module: "mlflow.onnx" } }, signature: { inputs: "…" }, ...change,
});
const kept = (path: string) => ({
  run_id: "r", artifact_path: path, utc_time_created: "2026-01-01 00:00:00.000000", model_uuid: `uuid of ${path}`,
  flavors: { onnx: { data: "model.onnx" }, python_function: { loader_module: "mlflow.onnx" } },
});

describe("appendModel", () => {
  it("refuses what is nested past all sense", () => {
    const deep = `${"[".repeat(40_000)}${"]".repeat(40_000)}`;
    expect(() => appendModel(null, `{"run_id":"r","artifact_path":"m","utc_time_created":"t","flavors":{"f":{"a":${deep}}}}`)).toThrow(/nested too deep/);
  });

  it("keeps each model that a run logs, the newest last, in the facts that MLflow keeps", () => {
    const one = appendModel(null, JSON.stringify(model("first")));
    const two = appendModel(one, JSON.stringify(model("second")));
    expect(JSON.parse(two)).toEqual([kept("first"), kept("second")]);
  });

  it("takes one that is sent again once, and begins anew where the tag is no list", () => {
    const one = appendModel(null, JSON.stringify(model("first")));
    expect(appendModel(one, JSON.stringify(model("first")))).toBe(one);
    expect(appendModel('[{"cut": "of', JSON.stringify(model("first")))).toBe(one);
  });

  test.each([
    ["{", /^Malformed model info/],
    ["[]", /^Malformed model info/],
    ["{}", "Model json is missing mandatory fields: {'artifact_path', 'flavors', 'utc_time_created', 'run_id'}"],
    [JSON.stringify(model("a", { flavors: 1 })), /flavors that are no object/],
  ])("refuses %s", (json, message) => expect(() => appendModel(null, json)).toThrow(message));

  it("refuses a list without end", () => {
    const long = JSON.stringify(Array.from({ length: 3_000 }, (_, index) => kept(`model number ${index}`)));
    expect(() => appendModel(long, JSON.stringify(model("one more")))).toThrow("so many models");
  });
});
