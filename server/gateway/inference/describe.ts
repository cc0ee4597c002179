/** What the protocol and its Triton extensions say of models: metadata, configuration, statistics, the repository's index. */
import type { TensorInfo } from "@/server/domains/models/contract";
import type { EndpointView, ServedModel } from "@/server/domains/models/serving/contract";
import type { ServingStatistics } from "@/server/domains/models/serving/log/statistics";

const platform = "onnxruntime_onnx";

export const serverMetadata = {
  name: "slipway",
  version: "0.1.0",
  extensions: ["binary_tensor_data", "model_configuration", "model_repository", "statistics"],
};

const tensorMetadata = ({ name, datatype, shape }: TensorInfo) => ({ name, datatype, shape });

export function modelMetadata(endpoint: EndpointView) {
  const { byKeys } = endpoint;
  return {
    name: endpoint.model, versions: endpoint.versions.map(String), platform, inputs: endpoint.inputs.map(tensorMetadata), outputs: endpoint.outputs.map(tensorMetadata),
    ...(byKeys ? { parameters: { service: byKeys.service, keys: byKeys.keys.map((key) => key.name), request_features: byKeys.request.map((field) => field.name) } } : {}),
  };
}

const configType = (datatype: string) => (datatype === "BYTES" ? "TYPE_STRING" : `TYPE_${datatype}`);
const tensorConfig = ({ name, datatype, shape }: TensorInfo) => ({ name, data_type: configType(datatype), dims: shape });

/** Batches are part of a tensor's own shape, which is what `max_batch_size` 0 says. */
export function modelConfig(endpoint: EndpointView) {
  return {
    name: endpoint.model, platform, backend: "onnxruntime", version_policy: { specific: { versions: endpoint.versions } }, max_batch_size: 0,
    input: endpoint.inputs.map(tensorConfig), output: endpoint.outputs.map(tensorConfig), instance_group: [{ name: endpoint.model, kind: "KIND_CPU", count: 1 }],
    default_model_filename: "model.onnx",
  };
}

export function modelStatistics(rows: readonly ServingStatistics[]) {
  const none = { count: 0, ns: 0 };
  return {
    model_stats: rows.map((row) => ({
      name: row.model, version: String(row.version), last_inference: row.lastAtMs, inference_count: row.rows, execution_count: row.executions,
      inference_stats: {
        success: { count: row.success, ns: row.successNs }, fail: { count: row.failure, ns: row.failureNs }, queue: { count: row.executions, ns: row.queueNs },
        compute_input: { count: row.executions, ns: row.completeNs }, compute_infer: { count: row.executions, ns: row.inferNs }, compute_output: none, cache_hit: none, cache_miss: none,
      },
      batch_stats: [],
    })),
  };
}

export const repositoryIndex = (models: readonly ServedModel[]) => models.map(({ name, version, state, reason }) => ({ name, version: String(version), state, reason }));
