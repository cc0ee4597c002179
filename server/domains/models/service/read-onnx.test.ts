import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import protobuf from "protobufjs";
import { afterAll, expect, it } from "vitest";
import { Invalid } from "@/server/platform/errors";
import { readOnnxSignature } from "../rules/onnx-file";
import { summarizeOnnx, summaryType } from "../rules/onnx-summary";
import { fixturePath } from "../serving/testing/serve-fixture";
import { readOnnxOutline } from "./read-onnx";

const folder = mkdtempSync(join(tmpdir(), "slipway-onnx-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const path = join(folder, "model.onnx");
const gibibyte = 1024 ** 3;
const piece = (write: (writer: protobuf.Writer) => protobuf.Writer) => Buffer.from(write(protobuf.Writer.create()).finish());

/** The fixture with one more graph field: an initializer of `bytes` of zeros, which the file keeps as a hole. */
async function withWeights(bytes: number, name: Buffer): Promise<void> {
  const head = Buffer.concat([name, piece((writer) => writer.uint32((9 << 3) | 2).uint32(bytes))]);
  const tensor = piece((writer) => writer.uint32((5 << 3) | 2).uint32(head.length + bytes));
  const graph = piece((writer) => writer.uint32((7 << 3) | 2).uint32(tensor.length + head.length + bytes));
  const start = Buffer.concat([readFileSync(fixturePath("first")), graph, tensor, head]);
  writeFileSync(path, start);
  const file = await open(path, "r+");
  await file.truncate(start.length + bytes);
  await file.close();
}

const named = piece((writer) => writer.uint32((8 << 3) | 2).string("weights"));

it("passes over a gibibyte of weights, and reads the same signature", async () => {
  await withWeights(gibibyte, named);
  const before = process.memoryUsage().rss;
  const outline = await readOnnxOutline(path);
  expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 ** 2);
  expect(outline.length).toBeLessThan(16 * 1024);
  expect(readOnnxSignature(outline)).toEqual(readOnnxSignature(readFileSync(fixturePath("first"))));
});

it("still sees that a large tensor lies in another file", async () => {
  await withWeights(gibibyte, Buffer.concat([named, piece((writer) => writer.uint32(14 << 3).uint32(1))]));
  const outline = await readOnnxOutline(path);
  expect(() => readOnnxSignature(outline)).toThrow(/the tensor "weights" in another file/);
});

it("bounds what it keeps", async () => {
  await withWeights(0, piece((writer) => writer.uint32((8 << 3) | 2).string("w".repeat(65 * 1024 ** 2))));
  await expect(readOnnxOutline(path)).rejects.toThrow(/without weights is larger than 64 MiB/);
});

const lengthOf = (field: number, bytes: number) => piece((writer) => writer.uint32((field << 3) | 2).uint32(bytes));
/** A message in a message: the fields that lead to it, from the outermost on. */
const within = (fields: number[], body: Buffer): Buffer => fields.reduceRight((inner, field) => Buffer.concat([lengthOf(field, inner.length), inner]), body);
const many = (bytes: number, field: Buffer) => Buffer.alloc(bytes, field);
const mebibyte = 1024 ** 2;

it.each([
  ["a known number, many times", many(8 * mebibyte, Buffer.from([0x08, 0x01])), "Model.ir_version"],
  ["an unknown number, many times", many(64 * mebibyte, Buffer.from([0x28, 0x01])), "Model field 5"],
  ["empty nodes", within([7], many(64 * mebibyte, Buffer.from([0x0a, 0x00]))), "Graph.node"],
  ["empty tensors in small nodes", Buffer.concat(Array.from({ length: 2_000 }, () => within([7, 1, 5], many(4_000, Buffer.from([0x52, 0x00]))))), "Attribute.tensors"],
])("refuses %s, in little time and memory", async (_, bytes, name) => {
  writeFileSync(path, bytes);
  const before = process.memoryUsage().rss;
  const cpu = process.cpuUsage();
  await expect(readOnnxOutline(path)).rejects.toThrow(`model.onnx: its graph has more than 200000 parts (the last one read was ${name}).`);
  expect(process.cpuUsage(cpu).user / 1_000).toBeLessThan(1_500);
  expect(process.memoryUsage().rss - before).toBeLessThan(32 * mebibyte);
});

it("passes over the millions of numbers of a forest of trees, and bounds those too", async () => {
  const numbers = (bytes: number) => within([7, 1, 5], many(bytes, Buffer.from([0x40, 0x07])));
  writeFileSync(path, Buffer.concat([readFileSync(fixturePath("first")), numbers(16 * mebibyte)]));
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 1);
  const outline = await readOnnxOutline(path);
  clearInterval(timer);
  expect(turns).toBeGreaterThan(20);
  expect(readOnnxSignature(outline)).toEqual(readOnnxSignature(readFileSync(fixturePath("first"))));
  writeFileSync(path, numbers(40 * mebibyte));
  await expect(readOnnxOutline(path)).rejects.toThrow("model.onnx: it has more than 20000000 fields (the last one read was Attribute field 8).");
});

it.each([
  ["text", Buffer.from("hello, this is no model at all. ".repeat(1_000))],
  ["a file that is cut off", Buffer.concat([readFileSync(fixturePath("first")), piece((writer) => writer.uint32((7 << 3) | 2).uint32(100_000)), Buffer.alloc(9_000)])],
  ["zeros", Buffer.alloc(100_000)],
])("refuses %s", async (_, bytes) => {
  writeFileSync(path, bytes);
  await expect(readOnnxOutline(path).then(readOnnxSignature)).rejects.toThrow(Invalid);
});

it("summarizes the graph: its interface and its operators, with the weights passed over", async () => {
  await withWeights(gibibyte, named);
  const summary = summarizeOnnx(await readOnnxOutline(path, summaryType));
  const signature = readOnnxSignature(readFileSync(fixturePath("first")));
  expect(summary.inputs.map(({ name, datatype }) => [name, datatype])).toEqual(signature.inputs.map(({ name, datatype }) => [name, datatype]));
  expect(summary.outputs.map(({ name }) => name)).toEqual(signature.outputs.map(({ name }) => name));
  expect(summary.operators.reduce((sum, { count }) => sum + count, 0)).toBe(summary.nodes);
  expect(summary.nodes).toBeGreaterThan(0);
  expect(summary.opsets[0]?.version).toBeGreaterThan(0);
});
