/**
 * Reads what an ONNX file says of itself (onnx.proto3, IR version ≤ 13), without running anything: inputs, outputs,
 * metadata, and whether any tensor's data lies outside the file, which is refused (CVE-2024-27318 and followers).
 */
import protobuf from "protobufjs";
import { Invalid } from "@/server/platform/errors";
import type { ModelSignature, TensorInfo } from "../contract";

const proto = `
syntax = "proto3";
message Entry { string key = 1; string value = 2; }
message Dim { int64 dim_value = 1; string dim_param = 2; }
message Shape { repeated Dim dim = 1; }
message TensorType { int32 elem_type = 1; Shape shape = 2; }
message Type { TensorType tensor_type = 1; }
message ValueInfo { string name = 1; Type type = 2; }
message Tensor { string name = 8; repeated Entry external_data = 13; int32 data_location = 14; }
message SparseTensor { Tensor values = 1; Tensor indices = 2; }
message Attribute { Tensor t = 5; Graph g = 6; repeated Tensor tensors = 10; repeated Graph graphs = 11; SparseTensor sparse_tensor = 22; repeated SparseTensor sparse_tensors = 23; }
message Node { repeated Attribute attribute = 5; }
message Graph { repeated Node node = 1; repeated Tensor initializer = 5; repeated ValueInfo input = 11; repeated ValueInfo output = 12; repeated SparseTensor sparse_initializer = 15; }
message Opset { string domain = 1; int64 version = 2; }
message Function { repeated Node node = 7; }
message Model { int64 ir_version = 1; Graph graph = 7; repeated Opset opset_import = 8; repeated Entry metadata_props = 14; repeated Function functions = 25; }
`;

type Entry = { key: string; value: string };
type Tensor = { name: string; externalData: Entry[]; dataLocation: number };
type Sparse = { values?: Tensor; indices?: Tensor };
type Attribute = { t?: Tensor; g?: Graph; tensors: Tensor[]; graphs: Graph[]; sparseTensor?: Sparse; sparseTensors: Sparse[] };
type Node = { attribute: Attribute[] };
type ValueInfo = { name: string; type?: { tensorType?: { elemType: number; shape?: { dim: { dimValue: number | { toNumber(): number }; dimParam: string }[] } } } };
type Graph = { node: Node[]; initializer: Tensor[]; input: ValueInfo[]; output: ValueInfo[]; sparseInitializer: Sparse[] };
type Model = { irVersion: number; graph?: Graph; opsetImport: { domain: string; version: number }[]; metadataProps: Entry[]; functions: { node: Node[] }[] };

export const modelType = protobuf.parse(proto).root.lookupType("Model");

/** TensorProto.DataType → the datatype names of the Open Inference Protocol. */
export const datatypes: Record<number, string> = {
  1: "FP32", 2: "UINT8", 3: "INT8", 4: "UINT16", 5: "INT16", 6: "INT32", 7: "INT64", 8: "BYTES", 9: "BOOL", 10: "FP16", 11: "FP64", 12: "UINT32", 13: "UINT64", 16: "BF16",
};

function* tensorsOf(nodes: readonly Node[]): Generator<Tensor> {
  for (const node of nodes) {
    for (const attribute of node.attribute) {
      if (attribute.t) yield attribute.t;
      yield* attribute.tensors;
      for (const sparse of [attribute.sparseTensor, ...attribute.sparseTensors]) yield* sparseTensors(sparse);
      for (const graph of [attribute.g, ...attribute.graphs]) if (graph) yield* graphTensors(graph);
    }
  }
}

function* sparseTensors(sparse: Sparse | undefined): Generator<Tensor> {
  if (sparse?.values) yield sparse.values;
  if (sparse?.indices) yield sparse.indices;
}

function* graphTensors(graph: Graph): Generator<Tensor> {
  yield* graph.initializer;
  for (const sparse of graph.sparseInitializer) yield* sparseTensors(sparse);
  yield* tensorsOf(graph.node);
}

function tensorInfo(value: ValueInfo): TensorInfo {
  const tensor = value.type?.tensorType;
  const shape = (tensor?.shape?.dim ?? []).map(({ dimValue, dimParam }) => (dimParam !== "" || Number(dimValue) === 0 ? -1 : Number(dimValue)));
  return { name: value.name, datatype: datatypes[tensor?.elemType ?? 0] ?? "UNKNOWN", shape };
}

function decode(bytes: Uint8Array): Model {
  try {
    return modelType.toObject(modelType.decode(bytes), { longs: Number, defaults: true, arrays: true }) as Model;
  } catch {
    throw new Invalid("model.onnx is not an ONNX file: it does not parse.", { field: "model.onnx" });
  }
}

function featuresOf(metadata: readonly Entry[]): string[] | null {
  const text = metadata.find((entry) => entry.key === "features")?.value;
  if (text === undefined) return null;
  try {
    const names: unknown = JSON.parse(text);
    if (Array.isArray(names) && names.every((name) => typeof name === "string")) return names;
  } catch {
    // Falls through: a broken list is refused like one of another shape.
  }
  throw new Invalid("model.onnx: its metadata `features` is not a JSON list of names.", { field: "model.onnx" });
}

/** The signature of a self-contained ONNX model. Throws Invalid naming what is wrong. */
export function readOnnxSignature(bytes: Uint8Array): ModelSignature {
  const model = decode(bytes);
  const { graph } = model;
  if (!graph || model.irVersion < 1 || model.opsetImport.length === 0 || graph.output.length === 0) {
    throw new Invalid("model.onnx is not an ONNX file: it has no graph, opset or output.", { field: "model.onnx" });
  }
  const all = [...graphTensors(graph), ...model.functions.flatMap((item) => [...tensorsOf(item.node)])];
  const external = all.find((tensor) => tensor.dataLocation === 1 || tensor.externalData.length > 0);
  if (external) throw new Invalid(`model.onnx keeps the tensor ${JSON.stringify(external.name)} in another file: external data is refused.`, { field: "model.onnx" });
  const initialised = new Set(graph.initializer.map((tensor) => tensor.name));
  const inputs = graph.input.filter((input) => !initialised.has(input.name)).map(tensorInfo);
  return { inputs, outputs: graph.output.map(tensorInfo), features: featuresOf(model.metadataProps) };
}

const numpyTypes: Record<string, string> = {
  float32: "FP32", float64: "FP64", float16: "FP16", int64: "INT64", int32: "INT32", int16: "INT16", int8: "INT8", uint8: "UINT8", bool: "BOOL", str: "BYTES", object: "BYTES",
};

type SignatureColumn = { type: string; name?: string; "tensor-spec"?: { dtype: string; shape: number[] } };

/** Refuses a model whose declared (MLflow) inputs are not those of its graph. Column signatures say nothing of tensors. */
export function assertSignatureMatches(declaredInputs: string | null, signature: ModelSignature): void {
  if (declaredInputs === null) return;
  let columns: SignatureColumn[];
  try {
    columns = JSON.parse(declaredInputs) as SignatureColumn[];
  } catch {
    throw new Invalid("MLmodel: its signature's inputs are not JSON.", { field: "signature" });
  }
  const tensors = columns.filter((column) => column.type === "tensor");
  if (tensors.length === 0) return;
  if (tensors.length !== signature.inputs.length) {
    throw new Invalid(`The signature names ${tensors.length} inputs, the ONNX graph has ${signature.inputs.length}.`, { field: "signature" });
  }
  for (const [index, column] of tensors.entries()) {
    const input = column.name ? signature.inputs.find((item) => item.name === column.name) : signature.inputs[index];
    if (!input) throw new Invalid(`The signature's input ${column.name} is not in the ONNX graph (it has ${signature.inputs.map((item) => item.name).join(", ")}).`, { field: "signature" });
    assertTensor(column["tensor-spec"], input);
  }
}

function assertTensor(spec: SignatureColumn["tensor-spec"], input: TensorInfo): void {
  if (!spec) return;
  const datatype = numpyTypes[spec.dtype] ?? spec.dtype;
  const sameShape = spec.shape.length === input.shape.length && spec.shape.every((size, axis) => size === -1 || input.shape[axis] === -1 || size === input.shape[axis]);
  if (datatype === input.datatype && sameShape) return;
  throw new Invalid(`The signature's input ${input.name} is ${datatype}[${spec.shape}], the ONNX graph's is ${input.datatype}[${input.shape}].`, { field: "signature" });
}
