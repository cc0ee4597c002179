import { z } from "zod";
import { loggedModelStatuses } from "@/server/domains/experiments/contract/experiment";
import { listArtifacts } from "@/server/domains/experiments/service/artifacts";
import { pathOfArtifactUri } from "@/server/domains/experiments/rules/artifact-path";
import {
  createLoggedModel, deleteLoggedModel, deleteLoggedModelTag, finalizeLoggedModel, getLoggedModel, logLoggedModelParams, searchLoggedModels, setLoggedModelTags,
} from "@/server/domains/experiments/service/logged-models";
import { type Rpc, rpc } from "./rpc";
import { wireLoggedModel } from "./views";
import { ExperimentId, Int64, RunId } from "./wire";

const Pair = z.object({ key: z.string().min(1), value: z.string().default("") });
const Ref = z.object({ model_id: z.string() });

/** The proto numbers its states; JSON may carry either. */
const statusOfNumber: Record<number, (typeof loggedModelStatuses)[number]> = { 1: "LOGGED_MODEL_PENDING", 2: "LOGGED_MODEL_READY", 3: "LOGGED_MODEL_UPLOAD_FAILED" };
const Status = z.union([z.enum(loggedModelStatuses), z.number().transform((n) => statusOfNumber[n]).pipe(z.enum(loggedModelStatuses))]);

const DatasetRef = z.object({ dataset_name: z.string().min(1), dataset_digest: z.string().nullish() }).transform(({ dataset_name, dataset_digest }) => ({ name: dataset_name, digest: dataset_digest || null }));

/** MLflow's entry of an order as a clause of our own grammar. */
const Order = z
  .object({ field_name: z.string().min(1).max(400), ascending: z.boolean().default(true) })
  .transform(({ field_name, ascending }) => `${field_name} ${ascending ? "ASC" : "DESC"}`);

export const loggedModelRpcs: Rpc[] = [
  rpc(
    "POST",
    "/logged-models",
    z.object({
      experiment_id: ExperimentId, name: z.string().default(""), model_type: z.string().nullish(), source_run_id: RunId.nullish(),
      params: z.array(Pair).default([]), tags: z.array(Pair).default([]),
    }),
    async (ctx, request) => {
      const model = await createLoggedModel(ctx, {
        experimentNo: request.experiment_id, name: request.name, modelType: request.model_type ?? null, sourceRunId: request.source_run_id ?? null,
        params: request.params, tags: request.tags,
      });
      return { model: wireLoggedModel(model) };
    },
  ),
  rpc(
    "POST",
    "/logged-models/search",
    z.object({ experiment_ids: z.array(ExperimentId).min(1), filter: z.string().default(""), datasets: z.array(DatasetRef).default([]), order_by: z.array(Order).default([]), max_results: Int64.default(50), page_token: z.string().optional() }),
    async (ctx, request) => {
      const { models, next } = await searchLoggedModels(ctx, {
        experimentNos: request.experiment_ids, filter: request.filter, datasets: request.datasets, orderBy: request.order_by, limit: Math.min(50_000, Math.max(1, request.max_results)), pageToken: request.page_token || null,
      });
      return { ...(models.length > 0 ? { models: models.map(wireLoggedModel) } : {}), ...(next ? { next_page_token: next } : {}) };
    },
  ),
  rpc("GET", "/logged-models/:model_id", Ref, async (ctx, request) => ({ model: wireLoggedModel(await getLoggedModel(ctx, { modelId: request.model_id })) })),
  rpc("PATCH", "/logged-models/:model_id", Ref.extend({ status: Status }), async (ctx, request) => ({
    model: wireLoggedModel(await finalizeLoggedModel(ctx, { modelId: request.model_id, status: request.status })),
  })),
  rpc("DELETE", "/logged-models/:model_id", Ref, async (ctx, request) => deleteLoggedModel(ctx, { modelId: request.model_id })),
  rpc("PATCH", "/logged-models/:model_id/tags", Ref.extend({ tags: z.array(Pair).default([]) }), async (ctx, request) => ({
    model: wireLoggedModel(await setLoggedModelTags(ctx, { modelId: request.model_id, tags: request.tags })),
  })),
  rpc("DELETE", "/logged-models/:model_id/tags/:tag_key", Ref.extend({ tag_key: z.string() }), async (ctx, request) =>
    deleteLoggedModelTag(ctx, { modelId: request.model_id, key: request.tag_key }),
  ),
  rpc("POST", "/logged-models/:model_id/params", Ref.extend({ params: z.array(Pair).default([]) }), async (ctx, request) =>
    logLoggedModelParams(ctx, { modelId: request.model_id, params: request.params }),
  ),
  rpc("GET", "/logged-models/:model_id/artifacts/directories", Ref.extend({ artifact_directory_path: z.string().default("") }), async (ctx, request) => {
    const model = await getLoggedModel(ctx, { modelId: request.model_id });
    const root = pathOfArtifactUri(model.artifactUri) ?? "";
    const entries = await listArtifacts(ctx, { path: [root, request.artifact_directory_path].filter(Boolean).join("/") });
    const files = entries.map(({ path, isDir, size }) => ({ path: path.slice(root.length + 1), is_dir: isDir, ...(size === null ? {} : { file_size: size }) }));
    return { root_uri: model.artifactUri, ...(files.length > 0 ? { files } : {}) };
  }),
];
