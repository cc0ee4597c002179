/** Our views as MLflow's messages. */
import type { ExperimentView, LoggedModelView, ModelMetric } from "@/server/domains/experiments/contract/experiment";
import type { MetricSummary, RunDetail, RunView } from "@/server/domains/experiments/contract/run";
import { wireDouble } from "../http/json-numbers";
import { hexOfUuid } from "./wire";

const filled = <T>(key: string, list: readonly T[]): Record<string, readonly T[]> => (list.length > 0 ? { [key]: list } : {});

export function wireExperiment(view: ExperimentView): object {
  return {
    experiment_id: String(view.no), name: view.name, artifact_location: view.artifactLocation, lifecycle_stage: view.lifecycleStage,
    creation_time: view.createdAt.getTime(), last_update_time: view.updatedAt.getTime(), ...filled("tags", view.tags),
  };
}

export function wireMetric(metric: Pick<MetricSummary, "key" | "lastValue" | "lastStep" | "lastTimestamp">): object {
  return { key: metric.key, value: wireDouble(metric.lastValue), timestamp: metric.lastTimestamp, step: metric.lastStep };
}

export function wireRunInfo(view: RunView): object {
  const hex = hexOfUuid(view.id);
  return {
    run_id: hex, run_uuid: hex, run_name: view.name, experiment_id: String(view.experimentNo), user_id: view.userName, status: view.status,
    start_time: view.startTime, ...(view.endTime === null ? {} : { end_time: view.endTime }),
    artifact_uri: view.artifactUri, lifecycle_stage: view.lifecycleStage,
  };
}

export function wireRun(view: RunView | RunDetail): object {
  const inputs = "inputs" in view ? view.inputs.map(wireInput) : [];
  const outputs = "outputs" in view ? view.outputs.map((output) => ({ model_id: output.modelId, step: output.step })) : [];
  return {
    info: wireRunInfo(view),
    data: { ...filled("metrics", view.metrics.map(wireMetric)), ...filled("params", view.params), ...filled("tags", view.tags) },
    inputs: { ...filled("dataset_inputs", inputs), ...filled("model_inputs", "modelInputs" in view ? view.modelInputs.map((id) => ({ model_id: id })) : []) },
    ...(outputs.length > 0 ? { outputs: { model_outputs: outputs } } : {}),
  };
}

function wireInput(input: RunDetail["inputs"][number]): object {
  const { name, digest, sourceType, source, schema, profile, tags } = input;
  return { tags, dataset: { name, digest, source_type: sourceType, source, ...(schema ? { schema } : {}), ...(profile ? { profile } : {}) } };
}

const pairs = (record: Record<string, string>) => Object.entries(record).map(([key, value]) => ({ key, value }));

function wireModelMetric(modelId: string, { key, value, step, timestamp, runId, datasetName, datasetDigest }: ModelMetric): object {
  const dataset = { ...(datasetName ? { dataset_name: datasetName } : {}), ...(datasetDigest ? { dataset_digest: datasetDigest } : {}) };
  return { key, value: wireDouble(value), step, timestamp, model_id: modelId, run_id: hexOfUuid(runId), ...dataset };
}

export function wireLoggedModel(view: LoggedModelView): object {
  return {
    info: {
      model_id: view.id, experiment_id: String(view.experimentNo), name: view.name, creation_timestamp_ms: view.createdAt.getTime(),
      last_updated_timestamp_ms: view.updatedAt.getTime(), artifact_uri: view.artifactUri, status: view.status,
      ...(view.modelType ? { model_type: view.modelType } : {}),
      ...(view.sourceRunId ? { source_run_id: hexOfUuid(view.sourceRunId) } : {}),
      ...filled("tags", pairs(view.tags)),
    },
    data: { ...filled("params", pairs(view.params)), ...filled("metrics", view.metrics.map((metric) => wireModelMetric(view.id, metric))) },
  };
}
