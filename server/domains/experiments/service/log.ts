/** What scripts log to a run: whole batches or nothing; a repeated batch changes nothing. */
import { createHash } from "node:crypto";
import type { Actor } from "@/server/platform/context";
import type { Tx } from "@/server/platform/db";
import { Invalid, NotFound } from "@/server/platform/errors";
import { holdDataset } from "@/server/domains/catalog/service/retention/hold-dataset";
import { ingest } from "@/server/platform/mutation";
import { type KeyValue, LogBatchInput, LogInputsInput, LogOutputsInput, type MetricInput, RecordModelInput } from "../contract/run";
import { appendModel, modelHistoryTag } from "../rules/model-history";
import { encodeGroups, groupByKey } from "../rules/chunks/batch-codec";
import { summarizePoints } from "../rules/summarize";
import { readsRelation } from "../store/dataset-holds";
import { areKnown } from "../store/field-keys";
import { insertModelInputs, insertRunInputs, insertRunOutputs } from "../store/inputs/run-inputs";
import { insertBatch } from "../store/metrics/batches";
import { putRestarts } from "../store/metrics/restarts";
import { mergeSummaries } from "../store/metrics/summaries";
import { ownModelIds } from "../store/models/logged-models";
import { putModelMetrics } from "../store/models/model-metrics";
import { insertParams, putRunTags, readRunTag } from "../store/run-pairs";
import { lockRun, type RunRow, updateRunRow } from "../store/runs";
import { attemptOf, stepsByKey } from "./metrics/attempts";
import { requireActiveRun, runHex, runTopics } from "./runs";
import { catalogDatasetId } from "./run-datasets";

/** The first 16 bytes of the SHA-256 of a batch's points, as a UUID. What a later attempt repeats of an earlier one is no repeat. */
function batchHash(points: Uint8Array, attempt: number): string {
  const hash = createHash("sha256").update(points);
  const hex = (attempt > 1 ? hash.update(`attempt ${attempt}`) : hash).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

async function logMetrics(tx: Tx, actor: Actor, run: RunRow, metrics: readonly MetricInput[]): Promise<void> {
  if (metrics.length === 0) return;
  const points = encodeGroups(groupByKey(metrics));
  // A batch that is sent again after a lost answer is the same batch; a point that is repeated in another is found at sealing.
  const attempt = await attemptOf(tx, run, actor);
  if (!(await insertBatch(tx, run.id, attempt.number, batchHash(points, attempt.number), points))) return;
  if (attempt.number > 1) await putRestarts(tx, run, attempt, stepsByKey(metrics));
  await mergeSummaries(tx, run, summarizePoints(metrics));
}

/** Also to the models that were measured, if any were. */
async function logModelMetrics(tx: Tx, projectId: string, runId: string, metrics: readonly MetricInput[]): Promise<void> {
  const measured = metrics.flatMap((metric) => (metric.modelId ? [{ ...metric, modelId: metric.modelId }] : []));
  if (measured.length === 0) return;
  await assertOwnModels(tx, projectId, measured.map(({ modelId }) => modelId));
  await putModelMetrics(tx, runId, measured);
}

async function assertOwnModels(tx: Tx, projectId: string, ids: readonly string[]): Promise<void> {
  const known = await ownModelIds(tx, projectId, ids);
  const missing = ids.find((id) => !known.has(id));
  if (missing !== undefined) throw new NotFound(`Logged model with ID '${missing}' not found.`);
}

async function logParams(tx: Tx, run: RunRow, params: readonly KeyValue[]): Promise<void> {
  if (params.length === 0) return;
  const seen = new Map<string, string>();
  for (const { key, value } of params) {
    const before = seen.get(key);
    if (before !== undefined) throw new Invalid(`Duplicate parameter keys have been submitted: ['${key}']`, { field: "params" });
    seen.set(key, value);
  }
  const clash = await insertParams(tx, run, params);
  if (clash) {
    throw new Invalid(
      `Changing param values is not allowed. Param with key='${clash.key}' was already logged with value='${clash.stored}' for run ID='${runHex(run.id)}'. Attempted logging new value '${clash.value}'.`,
      { field: "params" },
    );
  }
}

/** Said where a table may get a column. */
const runKeysTopic = "run-keys";

export const logBatch = ingest("experiments.logBatch", "member", LogBatchInput, async ({ tx, ctx, input, publish }) => {
  const run = await requireActiveRun(tx, ctx, input.runId);
  const keysOf = (list: readonly { key: string }[]) => list.map(({ key }) => key);
  const mayHaveNewKeys = !areKnown(run.experimentId, "metric", keysOf(input.metrics)) || !areKnown(run.experimentId, "param", keysOf(input.params));
  await logMetrics(tx, ctx.actor, run, input.metrics);
  await logModelMetrics(tx, ctx.project.id, run.id, input.metrics);
  await logParams(tx, run, input.params);
  await putRunTags(tx, run, input.tags);
  const renamed = input.tags.findLast((tag) => tag.key === "mlflow.runName");
  if (renamed) await updateRunRow(tx, run.id, { name: renamed.value });
  publish(...runTopics(run.id), ...(mayHaveNewKeys ? [runKeysTopic] : []));
  return {};
});

/** The old way in which MLflow's `log_model` tells of its files. */
export const recordModel = ingest("experiments.recordModel", "member", RecordModelInput, async ({ tx, ctx, input, publish }) => {
  const run = await requireActiveRun(tx, ctx, input.runId);
  // Two models logged at once follow each other here.
  await lockRun(tx, run.id);
  const held = await readRunTag(tx, run, modelHistoryTag);
  await putRunTags(tx, run, [{ key: modelHistoryTag, value: appendModel(held, input.modelJson) }]);
  publish(...runTopics(run.id));
  return {};
});

export const logInputs = ingest("experiments.logInputs", "member", LogInputsInput, async ({ tx, ctx, input, publish, link }) => {
  const run = await requireActiveRun(tx, ctx, input.runId);
  await insertRunInputs(tx, run.id, input.datasets);
  if (input.modelIds.length > 0) {
    await assertOwnModels(tx, ctx.project.id, input.modelIds);
    await insertModelInputs(tx, run.id, input.modelIds);
  }
  for (const { name, digest, sourceType, source } of input.datasets) {
    if (sourceType !== "slipway") continue;
    await link({ from: { kind: "run", id: run.id }, to: { kind: "dataset", id: name }, relation: `read ${digest}` });
    const datasetId = catalogDatasetId(source);
    if (datasetId !== null) await holdDataset(tx, ctx.project.id, { kind: "run", id: run.id }, datasetId, readsRelation);
  }
  publish(...runTopics(run.id));
  return {};
});

export const logOutputs = ingest("experiments.logOutputs", "member", LogOutputsInput, async ({ tx, ctx, input, publish }) => {
  const run = await requireActiveRun(tx, ctx, input.runId);
  const ids = input.models.map((model) => model.modelId);
  if (ids.length === 0) return {};
  await assertOwnModels(tx, ctx.project.id, ids);
  await insertRunOutputs(tx, run.id, input.models);
  publish(...runTopics(run.id));
  return {};
});
