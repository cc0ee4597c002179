import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Invalid } from "@/server/platform/errors";
import { assertSignatureMatches, readOnnxSignature } from "./onnx-file";

const fixture = (name: string) => readFileSync(join(import.meta.dirname, "..", "serving", "testing", "fixtures", `${name}.onnx`));

describe("readOnnxSignature", () => {
  it("reads inputs, outputs and the features' order", () => {
    expect(readOnnxSignature(fixture("first"))).toEqual({
      inputs: [{ name: "features", datatype: "FP32", shape: [-1, 3] }],
      outputs: [{ name: "label", datatype: "INT64", shape: [-1] }, { name: "probabilities", datatype: "FP32", shape: [-1, 2] }],
      features: ["delay_mean", "delay_count", "hour"],
    });
  });

  it("refuses a model that keeps a tensor in another file, naming the tensor", () => {
    expect(() => readOnnxSignature(fixture("external"))).toThrow(/the tensor "weights" in another file: external data is refused/);
  });

  it.each([
    ["nothing", Buffer.alloc(0)],
    ["text", Buffer.from("hello, this is no model at all")],
    ["a pickle", Buffer.from("80049510000000000000008c0474657374942e", "hex")],
    ["a cut-off file", fixture("first").subarray(0, 200)],
    ["zeros", Buffer.alloc(4096)],
  ])("refuses %s", (_, bytes) => {
    expect(() => readOnnxSignature(bytes)).toThrow(Invalid);
  });

  it("refuses any file with a byte flipped, or reads it; it never fails otherwise", () => {
    const bytes = fixture("first");
    for (let at = 0; at < bytes.length; at += 1) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ 0x81;
      try {
        readOnnxSignature(flipped);
      } catch (error) {
        expect(error).toBeInstanceOf(Invalid);
      }
    }
  });
});

describe("assertSignatureMatches", () => {
  const signature = readOnnxSignature(fixture("first"));
  const tensor = (name: string, dtype: string, shape: number[]) => JSON.stringify([{ type: "tensor", name, "tensor-spec": { dtype, shape } }]);

  it.each([
    ["the graph's own", tensor("features", "float32", [-1, 3])],
    ["columns, which say nothing of tensors", JSON.stringify([{ type: "double", name: "hour" }])],
    ["none", null],
  ])("takes %s", (_, declared) => {
    expect(() => assertSignatureMatches(declared, signature)).not.toThrow();
  });

  it.each([
    ["another name", tensor("x", "float32", [-1, 3]), /features/],
    ["another type", tensor("features", "float64", [-1, 3]), /FP64/],
    ["another width", tensor("features", "float32", [-1, 4]), /4/],
    ["broken JSON", "[", /not JSON/],
  ])("refuses %s", (_, declared, message) => {
    expect(() => assertSignatureMatches(declared, signature)).toThrow(message);
  });
});
