import { describe, expect, it } from "vitest";
import { assertFilesPresent, readMlModel } from "./mlmodel-file";

const sklearn = `
flavors:
  python_function: { loader_module: mlflow.sklearn, model_path: model.pkl, python_version: 3.11.7, env: { conda: conda.yaml } }
  sklearn: { pickled_model: model.pkl, serialization_format: cloudpickle }
signature: { inputs: '[{"name": "x", "type": "double"}]' }
`;

describe("readMlModel", () => {
  it("gives the declared inputs and each needed file once", () => {
    expect(readMlModel(sklearn)).toEqual({ inputs: '[{"name": "x", "type": "double"}]', needs: ["model.pkl"] });
    expect(readMlModel("flavors: { onnx: { data: model.onnx, onnx_version: 1.2 } }")).toEqual({ inputs: null, needs: ["model.onnx"] });
  });

  it.each([["", []], ["a list: [", "throws"], ["- 1", []]])("%j", (text, expected) => {
    if (expected === "throws") expect(() => readMlModel(text)).toThrow(/not YAML/);
    else expect(readMlModel(text).needs).toEqual(expected);
  });
});

describe("assertFilesPresent", () => {
  it.each([
    [["model.onnx"], ["MLmodel", "model.onnx"], null],
    [["data/model"], ["data/model/saved.pb"], null],
    [["./model.pkl"], ["model.pkl"], null],
    [["model.onnx"], ["MLmodel"], "model.onnx"],
    [["data"], ["data2/x"], "data"],
  ])("%j among %j", (needs, paths, missing) => {
    if (missing === null) assertFilesPresent(needs, paths);
    else expect(() => assertFilesPresent(needs, paths)).toThrow(`"${missing}", which is not among`);
  });
});
