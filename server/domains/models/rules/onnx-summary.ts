/** What an ONNX file holds, for someone who looks at it: its interface, and which operators its graph is made of. */
import protobuf from "protobufjs";
import { Invalid } from "@/server/platform/errors";
import type { OnnxSummary, OnnxValue } from "../contract";
import { datatypes } from "./onnx-file";

const proto = `
syntax = "proto3";
message Entry { string key = 1; string value = 2; }
message Dim { int64 dim_value = 1; string dim_param = 2; }
message Shape { repeated Dim dim = 1; }
message TensorType { int32 elem_type = 1; Shape shape = 2; }
message Type { TensorType tensor_type = 1; }
message ValueInfo { string name = 1; Type type = 2; }
message Tensor { string name = 8; }
message Node { string op_type = 4; string domain = 7; }
message Graph { repeated Node node = 1; repeated Tensor initializer = 5; repeated ValueInfo input = 11; repeated ValueInfo output = 12; }
message Opset { string domain = 1; int64 version = 2; }
message Model { int64 ir_version = 1; string producer_name = 2; string producer_version = 3; Graph graph = 7; repeated Opset opset_import = 8; repeated Entry metadata_props = 14; }
`;

type ValueInfo = { name: string; type?: { tensorType?: { elemType: number; shape?: { dim: { dimValue: number; dimParam: string }[] } } } };
type Graph = { node: { opType: string; domain: string }[]; initializer: { name: string }[]; input: ValueInfo[]; output: ValueInfo[] };
type Model = { irVersion: number; producerName: string; producerVersion: string; graph?: Graph; opsetImport: { domain: string; version: number }[]; metadataProps: { key: string; value: string }[] };

export const summaryType = protobuf.parse(proto).root.lookupType("Model");

const shownAtMost = 200;
const textLength = 300;

function describedValue({ name, type }: ValueInfo): OnnxValue {
  const tensor = type?.tensorType;
  const dims = (tensor?.shape?.dim ?? []).map(({ dimValue, dimParam }) => dimParam || dimValue || null);
  return { name, datatype: tensor ? (datatypes[tensor.elemType] ?? "UNKNOWN") : "not a tensor", dims };
}

function operatorsOf(nodes: Graph["node"]): OnnxSummary["operators"] {
  const counts = new Map<string, number>();
  for (const { opType, domain } of nodes) {
    const name = domain === "" ? opType : `${domain}.${opType}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count || a.name.localeCompare(b.name, "en"));
}

export function summarizeOnnx(outline: Uint8Array): OnnxSummary {
  const model = summaryType.toObject(summaryType.decode(outline), { longs: Number, defaults: true, arrays: true }) as Model;
  const { graph } = model;
  if (!graph || model.opsetImport.length === 0) throw new Invalid("The file is not ONNX: it has no graph or no opset.", { field: "path" });
  const initialised = new Set(graph.initializer.map(({ name }) => name));
  return {
    irVersion: model.irVersion,
    producer: `${model.producerName} ${model.producerVersion}`.trim(),
    opsets: model.opsetImport.slice(0, shownAtMost),
    inputs: graph.input.filter(({ name }) => !initialised.has(name)).slice(0, shownAtMost).map(describedValue),
    outputs: graph.output.slice(0, shownAtMost).map(describedValue),
    operators: operatorsOf(graph.node).slice(0, shownAtMost),
    nodes: graph.node.length,
    initializers: graph.initializer.length,
    metadata: model.metadataProps.slice(0, shownAtMost).map(({ key, value }) => ({ key, value: value.slice(0, textLength) })),
  };
}
