import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Datatype, Tensor, TensorData } from "@/server/domains/models/serving/contract";
import { ServiceError } from "@/server/platform/errors";
import { jsonLength, parseInferRequest } from "./infer-request";
import { encodeAnswer } from "./infer-response";
import { bytesOfData, stringsOfBytes } from "./tensor-data";

const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const input = (over: object) => json({ inputs: [{ name: "x", shape: [2], datatype: "FP32", data: [1, 2], ...over }] });
const dataOf = (body: Buffer) => parseInferRequest(body, undefined).inputs[0]?.data;

describe("JSON tensors", () => {
  it.each<[string, object, TensorData]>([
    ["flat", { data: [1.5, -2] }, Float32Array.from([1.5, -2])],
    ["nested", { shape: [2, 2], data: [[1, 2], [3, 4]] }, Float32Array.from([1, 2, 3, 4])],
    ["absent values", { datatype: "FP64", data: [null, "NaN"] }, Float64Array.from([Number.NaN, Number.NaN])],
    ["infinities", { data: ["Infinity", "-Infinity"] }, Float32Array.from([Infinity, -Infinity])],
    ["int64", { datatype: "INT64", data: [-5, 9007199254740991] }, BigInt64Array.from([-5n, 9007199254740991n])],
    ["uint8", { datatype: "UINT8", data: [0, 255] }, Uint8Array.from([0, 255])],
    ["bool", { datatype: "BOOL", data: [true, 0] }, Uint8Array.from([1, 0])],
    ["text", { datatype: "BYTES", data: ["JFK", ""] }, ["JFK", ""]],
  ])("%s", (_, over, expected) => {
    expect(dataOf(input(over))).toEqual(expected);
  });

  it.each<[string, object, RegExp]>([
    ["too few elements", { data: [1] }, /inputs\.x: 1 elements came, the shape needs 2/],
    ["too many elements", { data: [1, 2, 3] }, /3 elements came/],
    ["no data", { data: undefined }, /data must be a list/],
    ["text for a number", { data: ["a", 1] }, /element 0 is not a number/],
    ["a fraction for an integer", { datatype: "INT32", data: [1, 1.5] }, /element 1 is not an integer/],
    ["an integer out of range", { datatype: "INT8", data: [1, 200] }, /element 1 is outside INT8/],
    ["an integer beyond 2^53", { datatype: "INT64", data: [1, 2 ** 60] }, /element 1 is outside INT64/],
    ["a float too large", { data: [1, 1e39] }, /inputs\.x: element 1 is outside FP32/],
    ["a float far too small", { data: [-1e300, 1] }, /inputs\.x: element 0 is outside FP32/],
    ["a negative for an unsigned integer", { datatype: "UINT64", data: [1, -1] }, /element 1 is outside UINT64/],
    ["a number for text", { datatype: "BYTES", data: ["a", 1] }, /element 1 is not text/],
    ["two for true", { datatype: "BOOL", data: [true, 2] }, /element 1 is not true or false/],
    ["half floats in JSON", { datatype: "FP16" }, /FP16 can't be sent as JSON/],
    ["an unknown type", { datatype: "FP8" }, /inputs\.0\.datatype/],
    ["a negative size", { shape: [-1] }, /inputs\.0\.shape\.0/],
    ["an empty dimension", { shape: [0], data: [] }, /inputs\.0\.shape\.0/],
    ["a shape too large to hold", { shape: [2 ** 30, 2 ** 30] }, /elements, at most/],
    ["a shape of text", { shape: ["2"] }, /inputs\.0\.shape\.0/],
    ["no name", { name: "" }, /inputs\.0\.name/],
    ["shared memory", { parameters: { shared_memory_region: "r" } }, /shared memory is not available/],
    ["data twice", { parameters: { binary_data_size: 8 } }, /both data and binary_data_size/],
    ["nested deeper than a shape can be", { shape: [1], data: [[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]] }, /not a number/],
  ])("refuses %s", (_, over, message) => {
    expect(() => parseInferRequest(input(over), undefined)).toThrow(message);
  });

  it.each<[string, Buffer]>([
    ["nothing", Buffer.alloc(0)], ["a list", json([])], ["null", json(null)], ["no inputs", json({ inputs: [] })], ["inputs of numbers", json({ inputs: [1] })],
    ["a number past any float", Buffer.from('{"inputs":[{"name":"x","shape":[1],"datatype":"FP64","data":[1e999]}]}')],
    ["bare NaN", Buffer.from('{"inputs":[{"name":"x","shape":[1],"datatype":"FP32","data":[NaN]}]}')], ["not UTF-8", Buffer.from([0x7b, 0xff, 0xfe, 0x7d])], ["cut off", Buffer.from('{"inputs":[')],
    ["nested a thousand deep", Buffer.from(`{"inputs":${"[".repeat(1_000)}${"]".repeat(1_000)}}`)], ["gzip that says nothing of it", gzipSync("{}")],
  ])("refuses %s with a 4xx", (_, body) => {
    expect(() => parseInferRequest(body, undefined)).toThrow(ServiceError);
  });
});

/** A body as tritonclient writes it. */
function binaryBody(tensors: readonly Tensor[]): { body: Buffer; length: string } {
  const raw = tensors.map((tensor) => bytesOfData(tensor.data));
  const head = json({
    inputs: tensors.map(({ name, shape, datatype }, at) => ({ name, shape, datatype, parameters: { binary_data_size: raw[at]?.length } })),
    parameters: { binary_data_output: true },
  });
  return { body: Buffer.concat([head, ...raw]), length: String(head.length) };
}

describe("binary tensors", () => {
  const makers: [Datatype, (values: bigint[]) => TensorData][] = [
    ["UINT8", (v) => Uint8Array.from(v, Number)], ["UINT16", (v) => Uint16Array.from(v, Number)], ["UINT32", (v) => Uint32Array.from(v, Number)], ["UINT64", (v) => BigUint64Array.from(v)],
    ["INT8", (v) => Int8Array.from(v, Number)], ["INT16", (v) => Int16Array.from(v, Number)], ["INT32", (v) => Int32Array.from(v, Number)], ["INT64", (v) => BigInt64Array.from(v)],
    ["FP16", (v) => Uint16Array.from(v, Number)], ["FP32", (v) => Float32Array.from(v, Number)], ["FP64", (v) => Float64Array.from(v, Number)],
  ];

  it("come back as they were written, any types in any order, from any offset", () => {
    const numeric = fc.tuple(fc.constantFrom(...makers), fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), { minLength: 1, maxLength: 9 }))
      .map(([[datatype, make], values]) => ({ datatype, shape: [values.length], data: make(values) }));
    const text = fc.array(fc.string({ unit: "grapheme" }), { minLength: 1, maxLength: 9 }).map((data) => ({ datatype: "BYTES" as const, shape: [data.length], data }));
    fc.assert(
      fc.property(fc.array(fc.oneof(numeric, text), { minLength: 1, maxLength: 6 }), (parts) => {
        const tensors = parts.map((part, at): Tensor => ({ name: `t${at}`, ...part }));
        const { body, length } = binaryBody(tensors);
        const request = parseInferRequest(body, length);
        expect(request.inputs).toEqual(tensors);
        expect(request.isBinary("anything")).toBe(true);
        const answer = encodeAnswer({ model: "m", version: 3, outputs: tensors }, request);
        const head = JSON.parse(answer.body.subarray(0, answer.jsonLength ?? 0).toString()) as { outputs: { parameters: { binary_data_size: number } }[] };
        const sizes = head.outputs.map((output) => output.parameters.binary_data_size);
        expect(sizes.reduce((a, b) => a + b, answer.jsonLength ?? 0)).toBe(answer.body.length);
      }),
    );
  });

  it("refuses every body that was cut short, and bytes left over", () => {
    const { body, length } = binaryBody([{ name: "a", datatype: "FP32", shape: [2], data: Float32Array.from([1, 2]) }, { name: "b", datatype: "BYTES", shape: [2], data: ["x", "yz"] }]);
    for (let size = 0; size < body.length; size += 1) expect(() => parseInferRequest(body.subarray(0, size), length)).toThrow(ServiceError);
    expect(() => parseInferRequest(Buffer.concat([body, Buffer.from([0])]), length)).toThrow(/1 bytes are left over/);
  });

  it.each([["-1"], ["1e3"], ["0x10"], ["99999"], ["abc"], [""]])("refuses the header length %j", (header) => {
    expect(() => jsonLength(header, 100)).toThrow(/not a length within the body's 100 bytes/);
  });

  it("never fails on bytes that are not strings but by saying so", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.integer({ min: 1, max: 4 }), (bytes, count) => {
        try {
          expect(stringsOfBytes("x", Buffer.from(bytes), count)).toHaveLength(count);
        } catch (error) {
          expect(error).toBeInstanceOf(ServiceError);
        }
      }),
    );
  });

  it("refuses a text with a NUL, naming the tensor and the element", () => {
    const { body, length } = binaryBody([{ name: "origin", datatype: "BYTES", shape: [2], data: ["JFK", "L\u0000X"] }]);
    expect(() => parseInferRequest(body, length)).toThrow(/inputs\.origin: element 1 has a NUL character/);
    expect(() => parseInferRequest(input({ datatype: "BYTES", data: ["JFK", "L\u0000X"] }), undefined)).toThrow(ServiceError);
  });

  it("answers outputs one by one as they were asked for", () => {
    const request = parseInferRequest(json({ inputs: [{ name: "x", shape: [1], datatype: "FP32", data: [1] }], outputs: [{ name: "a", parameters: { binary_data: true } }, { name: "b" }] }), undefined);
    const output = (name: string): Tensor => ({ name, datatype: "FP32", shape: [1], data: Float32Array.from([Number.NaN]) });
    const { body, jsonLength: length } = encodeAnswer({ model: "m", version: 1, outputs: [output("a"), output("b")] }, request);
    expect(JSON.parse(body.subarray(0, length ?? 0).toString())).toEqual({
      model_name: "m", model_version: "1",
      outputs: [{ name: "a", datatype: "FP32", shape: [1], parameters: { binary_data_size: 4 } }, { name: "b", datatype: "FP32", shape: [1], data: [null] }],
    });
  });
});
