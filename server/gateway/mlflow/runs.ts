import { z } from "zod";
import type { ProjectContext } from "@/server/platform/context";
import { EntityKey, runStatuses } from "@/server/domains/experiments/contract/run";
import { listRunArtifacts } from "@/server/domains/experiments/service/artifacts";
import { getMetricHistory, readChartSeries } from "@/server/domains/experiments/service/metrics/charts";
import { logBatch, logInputs, logOutputs, recordModel } from "@/server/domains/experiments/service/log";
import { deleteRun } from "@/server/domains/experiments/service/deletion/delete-run";
import { createRun, deleteRunTag, getRun, restoreRun, searchRuns, updateRun } from "@/server/domains/experiments/service/runs";
import { type Rpc, rpc } from "./rpc";
import { wireRun, wireRunInfo } from "./views";
import { wireDouble } from "../http/json-numbers";
import { Double, ExperimentId, hexOfUuid, Int64, RunId } from "./wire";

const Tag = z.object({ key: EntityKey, value: z.string().default("") });
const Param = z.object({ key: EntityKey, value: z.string().default("") });
const Metric = z.object({
  key: EntityKey, value: Double, timestamp: Int64, step: Int64.default(0),
  model_id: z.string().nullish(), dataset_name: z.string().nullish(), dataset_digest: z.string().nullish(),
});
type WireMetric = z.output<typeof Metric>;

const metricOf = ({ key, value, timestamp, step, model_id, dataset_name, dataset_digest }: WireMetric) => ({
  key, value, timestamp, step, ...(model_id ? { modelId: model_id } : {}), ...(dataset_name ? { datasetName: dataset_name } : {}), ...(dataset_digest ? { datasetDigest: dataset_digest } : {}),
});

/** Old clients say `run_uuid`. */
const withRunId = <T extends z.ZodRawShape>(shape: T) =>
  z.preprocess(
    (raw) => (raw !== null && typeof raw === "object" && !("run_id" in raw) && "run_uuid" in raw ? { ...raw, run_id: raw.run_uuid } : raw),
    z.object({ run_id: RunId, ...shape }),
  );

const Dataset = z.object({
  tags: z.array(Tag).default([]),
  dataset: z.object({
    name: z.string().min(1), digest: z.string().min(1), source_type: z.string(), source: z.string(),
    schema: z.string().nullish(), profile: z.string().nullish(),
  }),
});

const Search = z.object({
  experiment_ids: z.array(ExperimentId).default([]),
  filter: z.string().default(""),
  run_view_type: z.enum(["ACTIVE_ONLY", "DELETED_ONLY", "ALL"]).default("ACTIVE_ONLY"),
  max_results: Int64.default(1_000).refine((n) => n >= 1 && n <= 50_000, "between 1 and 50000"),
  order_by: z.array(z.string()).default([]),
  page_token: z.string().optional(),
});

async function search(ctx: ProjectContext, request: z.output<typeof Search>): Promise<object> {
  const { runs, next } = await searchRuns(ctx, {
    experimentNos: request.experiment_ids, filter: request.filter, view: request.run_view_type, limit: request.max_results,
    orderBy: request.order_by, pageToken: request.page_token || null,
  });
  return { ...(runs.length > 0 ? { runs: runs.map(wireRun) } : {}), ...(next ? { next_page_token: next } : {}) };
}

const History = withRunId({ metric_key: z.string().min(1), page_token: z.string().optional(), max_results: Int64.refine((n) => n >= 1, "It must be a positive integer.").optional() });
/** Of a page; who asks for more gets the rest by its token. */
const historyAtMost = 25_000;

const BulkInterval = z.object({
  run_ids: z.union([z.array(RunId), RunId.transform((id) => [id])]).refine((ids) => ids.length >= 1 && ids.length <= 100, "1 to 100 run ids"),
  metric_key: z.string().min(1),
  start_step: Int64.optional(),
  end_step: Int64.optional(),
  max_results: Int64.default(2_500).refine((n) => n >= 1 && n <= 2_500, "between 1 and 2500"),
});

const wirePoint = (key: string, point: { step: number; timestamp: number; value: number }) => ({
  key, value: wireDouble(point.value), timestamp: point.timestamp, step: point.step,
});

async function bulkInterval(ctx: ProjectContext, request: z.output<typeof BulkInterval>): Promise<object> {
  const series = await readChartSeries(ctx, {
    runIds: request.run_ids, keys: [request.metric_key], points: Math.max(10, Math.min(2_000, request.max_results)),
    fromStep: request.start_step ?? null, toStep: request.end_step ?? null,
  });
  return { metrics: series.flatMap(({ runId, key, points }) => points.map((point) => ({ ...wirePoint(key, point), run_id: hexOfUuid(runId) }))) };
}

export const runRpcs: Rpc[] = [
  rpc(
    "POST",
    "/runs/create",
    z.object({ experiment_id: ExperimentId.default(0), user_id: z.string().default(""), run_name: z.string().default(""), start_time: Int64.optional(), tags: z.array(Tag).default([]) }),
    async (ctx, request) => {
      const run = await createRun(ctx, {
        experimentNo: request.experiment_id, userName: request.user_id, name: request.run_name, startTime: request.start_time ?? null, tags: request.tags,
      });
      return { run: wireRun(run) };
    },
  ),
  rpc("GET", "/runs/get", withRunId({}), async (ctx, request) => ({ run: wireRun(await getRun(ctx, { runId: request.run_id })) })),
  rpc("POST", "/runs/update", withRunId({ status: z.enum(runStatuses).optional(), end_time: Int64.optional(), run_name: z.string().optional() }), async (ctx, request) => {
    const run = await updateRun(ctx, { runId: request.run_id, status: request.status, endTime: request.end_time, name: request.run_name || undefined });
    return { run_info: wireRunInfo(run) };
  }),
  rpc("POST", "/runs/delete", withRunId({}), async (ctx, request) => deleteRun(ctx, { runId: request.run_id, running: "leave" })),
  rpc("POST", "/runs/restore", withRunId({}), async (ctx, request) => restoreRun(ctx, { runId: request.run_id })),
  rpc("POST", "/runs/log-metric", withRunId(Metric.shape), async (ctx, { run_id, ...metric }) => logBatch(ctx, { runId: run_id, metrics: [metricOf(metric)] })),
  rpc("POST", "/runs/log-parameter", withRunId(Param.shape), async (ctx, { run_id, ...param }) => logBatch(ctx, { runId: run_id, params: [param] })),
  rpc("POST", "/runs/set-tag", withRunId(Tag.shape), async (ctx, { run_id, ...tag }) => logBatch(ctx, { runId: run_id, tags: [tag] })),
  rpc("POST", "/runs/delete-tag", withRunId({ key: z.string().min(1) }), async (ctx, request) => deleteRunTag(ctx, { runId: request.run_id, key: request.key })),
  rpc("POST", "/runs/log-batch", withRunId({ metrics: z.array(Metric).default([]), params: z.array(Param).default([]), tags: z.array(Tag).default([]) }), async (ctx, request) =>
    logBatch(ctx, { runId: request.run_id, metrics: request.metrics.map(metricOf), params: request.params, tags: request.tags }),
  ),
  rpc("POST", "/runs/log-inputs", withRunId({ datasets: z.array(Dataset).default([]), models: z.array(z.object({ model_id: z.string() })).default([]) }), async (ctx, request) =>
    logInputs(ctx, {
      runId: request.run_id,
      datasets: request.datasets.map(({ tags, dataset }) => ({
        name: dataset.name, digest: dataset.digest, sourceType: dataset.source_type, source: dataset.source,
        schema: dataset.schema ?? null, profile: dataset.profile ?? null, tags,
      })),
      modelIds: request.models.map(({ model_id }) => model_id),
    }),
  ),
  rpc("POST", "/runs/outputs", withRunId({ models: z.array(z.object({ model_id: z.string(), step: Int64.default(0) })).default([]) }), async (ctx, request) =>
    logOutputs(ctx, { runId: request.run_id, models: request.models.map((model) => ({ modelId: model.model_id, step: model.step })) }),
  ),
  rpc("POST", "/runs/log-model", withRunId({ model_json: z.string().max(100_000) }), async (ctx, request) =>
    recordModel(ctx, { runId: request.run_id, modelJson: request.model_json }),
  ),
  rpc("POST", "/runs/search", Search, search),
  rpc("GET", "/metrics/get-history", History, async (ctx, request) => {
    const limit = Math.min(historyAtMost, request.max_results ?? historyAtMost);
    const { points, next } = await getMetricHistory(ctx, { runId: request.run_id, key: request.metric_key, pageToken: request.page_token || null, limit });
    return {
      ...(points.length > 0 ? { metrics: points.map((point) => wirePoint(request.metric_key, point)) } : {}),
      ...(next ? { next_page_token: next } : {}),
    };
  }),
  rpc("GET", "/metrics/get-history-bulk-interval", BulkInterval, bulkInterval),
  rpc("GET", "/artifacts/list", withRunId({ path: z.string().default(""), page_token: z.string().optional() }), async (ctx, request) => {
    const { rootUri, entries } = await listRunArtifacts(ctx, { runId: request.run_id, path: request.path });
    const files = entries.map(({ path, isDir, size }) => ({ path, is_dir: isDir, ...(size === null ? {} : { file_size: size }) }));
    return { root_uri: rootUri, ...(files.length > 0 ? { files } : {}) };
  }),
];
