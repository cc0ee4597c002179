/** Logged models: what a run made, before anyone registers it. */
import { randomBytes } from "node:crypto";
import type { Db } from "@/server/platform/db";
import { Invalid, NotFound } from "@/server/platform/errors";
import { ingest, mutation, query } from "@/server/platform/mutation";
import {
  CreateLoggedModelInput, FinalizeLoggedModelInput, ListModelChoicesInput, type LoggedModelChoice, LoggedModelParamsInput, LoggedModelRef, LoggedModelTagsInput, type LoggedModelView, type ModelMetric, SearchLoggedModelsInput,
} from "../contract/experiment";
import { makeRunName } from "../rules/run-name";
import { readExperimentNo } from "../store/experiments";
import {
  type FoundModel, findLoggedModel, insertLoggedModel, type LoggedModelRow, listModelRowsOfRun, lockLoggedModel, markModelDeleted, putModelParams, putModelTags, removeModelTag, setModelStatus,
} from "../store/models/logged-models";
import { readModelMetrics } from "../store/models/model-metrics";
import { findReadyModel, searchReadyModels } from "../store/models/ready-models";
import { searchModelRows } from "../store/search/model-search";
import { requireExperiment } from "./experiments";
import { requireRun } from "./runs";

type Pairs = Record<string, string>;

const asRecord = (pairs: readonly { key: string; value: string }[]): Pairs => Object.fromEntries(pairs.map(({ key, value }) => [key, value]));

async function viewOf(db: Db, row: LoggedModelRow): Promise<LoggedModelView> {
  const [view] = await viewsOf(db, [{ ...row, experimentNo: (await readExperimentNo(db, row.experimentId)) ?? 0 }]);
  if (!view) throw new NotFound(`Logged model with ID '${row.id}' not found.`);
  return view;
}

async function viewsOf(db: Db, rows: readonly FoundModel[]): Promise<LoggedModelView[]> {
  const metrics = await readModelMetrics(db, rows.map(({ id }) => id));
  return rows.map((row) => modelView(row, metrics.get(row.id) ?? []));
}

function modelView(row: FoundModel, metrics: ModelMetric[]): LoggedModelView {
  return {
    id: row.id, experimentNo: row.experimentNo, name: row.name, sourceRunId: row.sourceRunId, modelType: row.modelType,
    status: row.status as LoggedModelView["status"], artifactUri: row.artifactUri, params: row.params as Pairs, tags: row.tags as Pairs,
    createdAt: row.createdAt, updatedAt: row.updatedAt, metrics,
  };
}

const noModel = (modelId: string) => new NotFound(`Logged model with ID '${modelId}' not found.`);

export async function requireLoggedModel(db: Db, projectId: string, modelId: string): Promise<LoggedModelRow> {
  const row = await findLoggedModel(db, projectId, modelId);
  if (!row) throw noModel(modelId);
  return row;
}

export const createLoggedModel = ingest("experiments.createLoggedModel", "member", CreateLoggedModelInput, async ({ tx, ctx, input, publish }) => {
  const experiment = await requireExperiment(tx, ctx.project.id, input.experimentNo);
  if (input.sourceRunId) await requireRun(tx, ctx.project.id, input.sourceRunId);
  const id = `m-${randomBytes(16).toString("hex")}`;
  const row = await insertLoggedModel(tx, {
    id, projectId: ctx.project.id, experimentId: experiment.id, name: input.name || makeRunName(Math.random), sourceRunId: input.sourceRunId,
    modelType: input.modelType, artifactUri: `${experiment.artifactLocation.replace(/\/+$/, "")}/models/${id}/artifacts/`,
    params: asRecord(input.params), tags: asRecord(input.tags),
  });
  publish("logged-models");
  return viewOf(tx, row);
});

export const getLoggedModel = query("experiments.getLoggedModel", "viewer", LoggedModelRef, async ({ db, ctx, input }) =>
  viewOf(db, await requireLoggedModel(db, ctx.project.id, input.modelId)),
);

export const finalizeLoggedModel = ingest("experiments.finalizeLoggedModel", "member", FinalizeLoggedModelInput, async ({ tx, ctx, input, publish }) => {
  await requireLoggedModel(tx, ctx.project.id, input.modelId);
  const row = await setModelStatus(tx, input.modelId, input.status);
  publish("logged-models");
  return viewOf(tx, row ?? (await requireLoggedModel(tx, ctx.project.id, input.modelId)));
});

export const setLoggedModelTags = ingest("experiments.setLoggedModelTags", "member", LoggedModelTagsInput, async ({ tx, ctx, input, publish }) => {
  const row = await requireLoggedModel(tx, ctx.project.id, input.modelId);
  const updated = await putModelTags(tx, row.id, asRecord(input.tags));
  publish("logged-models");
  return viewOf(tx, updated ?? row);
});

export const deleteLoggedModelTag = ingest("experiments.deleteLoggedModelTag", "member", LoggedModelRef.extend({ key: LoggedModelTagsInput.shape.tags.element.shape.key }), async ({ tx, ctx, input }) => {
  const row = await requireLoggedModel(tx, ctx.project.id, input.modelId);
  if (!Object.hasOwn(row.tags as Pairs, input.key)) throw new NotFound(`No tag with key '${input.key}' found for model with ID '${row.id}'.`);
  await removeModelTag(tx, row.id, input.key);
  return {};
});

export const logLoggedModelParams = ingest("experiments.logLoggedModelParams", "member", LoggedModelParamsInput, async ({ tx, ctx, input }) => {
  const row = await lockLoggedModel(tx, ctx.project.id, input.modelId);
  if (!row) throw noModel(input.modelId);
  const known = row.params as Pairs;
  const changed = input.params.find(({ key, value }) => Object.hasOwn(known, key) && known[key] !== value);
  if (changed) throw new Invalid(`Changing param values is not allowed: '${changed.key}' of model '${row.id}'.`, { field: "params" });
  await putModelParams(tx, row.id, asRecord(input.params));
  return {};
});

export const deleteLoggedModel = mutation("experiments.deleteLoggedModel", "member", LoggedModelRef, async ({ tx, ctx, input, subject, publish }) => {
  const row = await requireLoggedModel(tx, ctx.project.id, input.modelId);
  await markModelDeleted(tx, row.id);
  subject({ kind: "logged model", id: row.id, name: row.name });
  publish("logged-models");
  return {};
});

/** In MLflow's grammar over attributes, params, tags and metrics; in keyset pages. */
export const searchLoggedModels = query("experiments.searchLoggedModels", "viewer", SearchLoggedModelsInput, async ({ db, ctx, input }) => {
  const { rows, next } = await searchModelRows(db, ctx.project.id, input);
  return { models: await viewsOf(db, rows), next };
});

/** Models that a run logged, oldest first. */
export const listModelsOfRun = query("experiments.listModelsOfRun", "viewer", LoggedModelRef.pick({}).extend({ runId: CreateLoggedModelInput.shape.sourceRunId.unwrap().unwrap() }), async ({ db, ctx, input }) =>
  viewsOf(db, await listModelRowsOfRun(db, ctx.project.id, input.runId)),
);

/** The newest models of a project whose files are there, and `also` however old it is, with the runs that logged them. */
export async function listReadyModels(db: Db, projectId: string, { also, limit, find = "" }: { also: string | null; limit: number; find?: string }): Promise<LoggedModelChoice[]> {
  const newest = await searchReadyModels(db, projectId, find, limit);
  if (also === null || newest.some(({ id }) => id === also)) return newest;
  const asked = await findReadyModel(db, projectId, also);
  return asked ? [...newest.slice(0, limit - 1), asked].sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime()) : newest;
}

export const listModelChoices = query("experiments.listModelChoices", "viewer", ListModelChoicesInput, async ({ db, ctx, input: { limit, ...asked } }) => {
  const found = await listReadyModels(db, ctx.project.id, { ...asked, limit: limit + 1 });
  const isCut = found.length > limit;
  const last = isCut ? found.findLast(({ id }) => id !== asked.also) : undefined;
  return { models: found.filter((model) => model !== last), isCut };
});
