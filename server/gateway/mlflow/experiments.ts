import { z } from "zod";
import { deleteExperiment } from "@/server/domains/experiments/service/deletion/delete-experiment";
import { createExperiment, deleteExperimentTag, getExperiment, getExperimentByName, listExperiments, renameExperiment, restoreExperiment, setExperimentTag } from "@/server/domains/experiments/service/experiments";
import { listLoggedDatasets } from "@/server/domains/experiments/service/run-datasets";
import type { ProjectContext } from "@/server/platform/context";
import { type Rpc, rpc } from "./rpc";
import { wireExperiment } from "./views";
import { ExperimentId, Int64 } from "./wire";

const Tag = z.object({ key: z.string(), value: z.string().default("") });
const Ref = z.object({ experiment_id: ExperimentId });
const Search = z.object({
  filter: z.string().default(""),
  order_by: z.union([z.array(z.string()), z.string().transform((clause) => [clause])]).default([]),
  max_results: Int64.default(1_000).refine((n) => n >= 1 && n <= 50_000, "between 1 and 50000"),
  page_token: z.string().optional(),
  view_type: z.enum(["ACTIVE_ONLY", "DELETED_ONLY", "ALL"]).default("ACTIVE_ONLY"),
});

const SearchDatasets = z.object({
  experiment_ids: z.array(ExperimentId).min(1, "SearchDatasets request must specify at least one experiment_id.").max(20, "SearchDatasets request cannot specify more than 20 experiment_ids."),
});

async function search(ctx: ProjectContext, request: z.output<typeof Search>): Promise<object> {
  const { experiments, next } = await listExperiments(ctx, {
    filter: request.filter, orderBy: request.order_by, view: request.view_type, limit: request.max_results, pageToken: request.page_token || null,
  });
  return { ...(experiments.length > 0 ? { experiments: experiments.map(wireExperiment) } : {}), ...(next ? { next_page_token: next } : {}) };
}

export const experimentRpcs: Rpc[] = [
  rpc("POST", "/experiments/create", z.object({ name: z.string().min(1), artifact_location: z.string().optional(), tags: z.array(Tag).default([]) }), async (ctx, request) => {
    const made = await createExperiment(ctx, { name: request.name, artifactLocation: request.artifact_location || null, tags: request.tags });
    return { experiment_id: String(made.no) };
  }),
  rpc("GET", "/experiments/get", Ref, async (ctx, request) => ({ experiment: wireExperiment(await getExperiment(ctx, { experimentNo: request.experiment_id })) })),
  rpc("GET", "/experiments/get-by-name", z.object({ experiment_name: z.string().min(1) }), async (ctx, request) => ({
    experiment: wireExperiment(await getExperimentByName(ctx, { name: request.experiment_name })),
  })),
  rpc("POST", "/experiments/search", Search, search),
  rpc("POST", "/experiments/search-datasets", SearchDatasets, async (ctx, request) => {
    const found = await listLoggedDatasets(ctx, { experimentNos: request.experiment_ids });
    const summaries = found.map(({ experimentNo, name, digest, context }) => ({ experiment_id: String(experimentNo), name, digest, ...(context === null ? {} : { context }) }));
    return summaries.length > 0 ? { dataset_summaries: summaries } : {};
  }),
  rpc("GET", "/experiments/search", Search, search),
  rpc("POST", "/experiments/update", Ref.extend({ new_name: z.string().optional() }), async (ctx, request) => {
    if (request.new_name) await renameExperiment(ctx, { experimentNo: request.experiment_id, name: request.new_name });
    return {};
  }),
  rpc("POST", "/experiments/delete", Ref, async (ctx, request) => {
    await deleteExperiment(ctx, { experimentNo: request.experiment_id, running: "leave" });
    return {};
  }),
  rpc("POST", "/experiments/restore", Ref, async (ctx, request) => {
    await restoreExperiment(ctx, { experimentNo: request.experiment_id });
    return {};
  }),
  rpc("POST", "/experiments/set-experiment-tag", Ref.extend(Tag.shape), async (ctx, request) =>
    setExperimentTag(ctx, { experimentNo: request.experiment_id, key: request.key, value: request.value }),
  ),
  rpc("POST", "/experiments/delete-experiment-tag", Ref.extend({ key: z.string() }), async (ctx, request) =>
    deleteExperimentTag(ctx, { experimentNo: request.experiment_id, key: request.key }),
  ),
];
