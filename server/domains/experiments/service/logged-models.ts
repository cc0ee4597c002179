/** Logged models: what a run made, before anyone registers it. */
import { randomBytes } from "node:crypto";
import { and, eq, isNull, sql } from "drizzle-orm";
import { experiments, loggedModels, runs } from "@/drizzle/schema/experiments";
import type { Db } from "@/server/platform/db";
import { Invalid, NotFound } from "@/server/platform/errors";
import { ingest, mutation, query } from "@/server/platform/mutation";
import { holdsWords } from "@/server/platform/search";
import {
  CreateLoggedModelInput, FinalizeLoggedModelInput, ListModelChoicesInput, type LoggedModelChoice, LoggedModelParamsInput, LoggedModelRef, LoggedModelTagsInput, type LoggedModelView, type ModelMetric, SearchLoggedModelsInput,
} from "../contract/experiment";
import { makeRunName } from "../rules/run-name";
import { readModelMetrics } from "../store/model-metrics";
import { readyHaystack, selectReadyModels } from "../store/ready-models";
import { searchModelRows } from "../store/search/model-search";
import { requireExperiment } from "./experiments";
import { requireRun } from "./runs";

export type LoggedModelRow = typeof loggedModels.$inferSelect;
type Row = LoggedModelRow;
type Pairs = Record<string, string>;

const asRecord = (pairs: readonly { key: string; value: string }[]): Pairs => Object.fromEntries(pairs.map(({ key, value }) => [key, value]));

async function viewOf(db: Db, row: Row): Promise<LoggedModelView> {
  const [experiment] = await db.select({ no: experiments.no }).from(experiments).where(eq(experiments.id, row.experimentId));
  const [view] = await viewsOf(db, [{ ...row, experimentNo: experiment?.no ?? 0 }]);
  if (!view) throw new NotFound(`Logged model with ID '${row.id}' not found.`);
  return view;
}

async function viewsOf(db: Db, rows: readonly (Row & { experimentNo: number })[]): Promise<LoggedModelView[]> {
  const metrics = await readModelMetrics(db, rows.map(({ id }) => id));
  return rows.map((row) => modelView(row, row.experimentNo, metrics.get(row.id) ?? []));
}

function modelView(row: Row, experimentNo: number, metrics: ModelMetric[]): LoggedModelView {
  return {
    id: row.id, experimentNo, name: row.name, sourceRunId: row.sourceRunId, modelType: row.modelType,
    status: row.status as LoggedModelView["status"], artifactUri: row.artifactUri, params: row.params as Pairs, tags: row.tags as Pairs,
    createdAt: row.createdAt, updatedAt: row.updatedAt, metrics,
  };
}

export async function requireLoggedModel(db: Db, projectId: string, modelId: string): Promise<Row> {
  const [row] = await db
    .select()
    .from(loggedModels)
    .where(and(eq(loggedModels.projectId, projectId), eq(loggedModels.id, modelId), isNull(loggedModels.deletedAt)));
  if (!row) throw new NotFound(`Logged model with ID '${modelId}' not found.`);
  return row;
}

export const createLoggedModel = ingest("experiments.createLoggedModel", "member", CreateLoggedModelInput, async ({ tx, ctx, input, publish }) => {
  const experiment = await requireExperiment(tx, ctx.project.id, input.experimentNo);
  if (input.sourceRunId) await requireRun(tx, ctx.project.id, input.sourceRunId);
  const id = `m-${randomBytes(16).toString("hex")}`;
  const [row] = await tx
    .insert(loggedModels)
    .values({
      id, projectId: ctx.project.id, experimentId: experiment.id, name: input.name || makeRunName(Math.random), sourceRunId: input.sourceRunId,
      modelType: input.modelType, status: "LOGGED_MODEL_PENDING", artifactUri: `${experiment.artifactLocation.replace(/\/+$/, "")}/models/${id}/artifacts/`,
      params: asRecord(input.params), tags: asRecord(input.tags),
    })
    .returning();
  if (!row) throw new Error("the logged model was not made");
  publish("logged-models");
  return viewOf(tx, row);
});

export const getLoggedModel = query("experiments.getLoggedModel", "viewer", LoggedModelRef, async ({ db, ctx, input }) =>
  viewOf(db, await requireLoggedModel(db, ctx.project.id, input.modelId)),
);

export const finalizeLoggedModel = ingest("experiments.finalizeLoggedModel", "member", FinalizeLoggedModelInput, async ({ tx, ctx, input, publish }) => {
  await requireLoggedModel(tx, ctx.project.id, input.modelId);
  const [row] = await tx.update(loggedModels).set({ status: input.status, updatedAt: sql`now()` }).where(eq(loggedModels.id, input.modelId)).returning();
  publish("logged-models");
  return viewOf(tx, row ?? (await requireLoggedModel(tx, ctx.project.id, input.modelId)));
});

export const setLoggedModelTags = ingest("experiments.setLoggedModelTags", "member", LoggedModelTagsInput, async ({ tx, ctx, input, publish }) => {
  const row = await requireLoggedModel(tx, ctx.project.id, input.modelId);
  const merged = sql`${loggedModels.tags} || ${JSON.stringify(asRecord(input.tags))}::jsonb`;
  const [updated] = await tx.update(loggedModels).set({ tags: merged, updatedAt: sql`now()` }).where(eq(loggedModels.id, row.id)).returning();
  publish("logged-models");
  return viewOf(tx, updated ?? row);
});

export const deleteLoggedModelTag = ingest("experiments.deleteLoggedModelTag", "member", LoggedModelRef.extend({ key: LoggedModelTagsInput.shape.tags.element.shape.key }), async ({ tx, ctx, input }) => {
  const row = await requireLoggedModel(tx, ctx.project.id, input.modelId);
  if (!(input.key in (row.tags as Pairs))) throw new NotFound(`No tag with key '${input.key}' found for model with ID '${row.id}'.`);
  await tx.update(loggedModels).set({ tags: sql`${loggedModels.tags} - ${input.key}::text`, updatedAt: sql`now()` }).where(eq(loggedModels.id, row.id));
  return {};
});

export const logLoggedModelParams = ingest("experiments.logLoggedModelParams", "member", LoggedModelParamsInput, async ({ tx, ctx, input }) => {
  const row = await requireLoggedModel(tx, ctx.project.id, input.modelId);
  const known = row.params as Pairs;
  const changed = input.params.find(({ key, value }) => key in known && known[key] !== value);
  if (changed) throw new Invalid(`Changing param values is not allowed: '${changed.key}' of model '${row.id}'.`, { field: "params" });
  await tx.update(loggedModels).set({ params: sql`${loggedModels.params} || ${JSON.stringify(asRecord(input.params))}::jsonb` }).where(eq(loggedModels.id, row.id));
  return {};
});

export const deleteLoggedModel = mutation("experiments.deleteLoggedModel", "member", LoggedModelRef, async ({ tx, ctx, input, subject, publish }) => {
  const row = await requireLoggedModel(tx, ctx.project.id, input.modelId);
  await tx.update(loggedModels).set({ deletedAt: sql`now()` }).where(eq(loggedModels.id, row.id));
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
export const listModelsOfRun = query("experiments.listModelsOfRun", "viewer", LoggedModelRef.pick({}).extend({ runId: CreateLoggedModelInput.shape.sourceRunId.unwrap().unwrap() }), async ({ db, ctx, input }) => {
  const rows = await db
    .select()
    .from(loggedModels)
    .where(and(eq(loggedModels.projectId, ctx.project.id), eq(loggedModels.sourceRunId, input.runId), isNull(loggedModels.deletedAt)))
    .orderBy(loggedModels.createdAt)
    .limit(500);
  const [experiment] = await db.select({ no: experiments.no }).from(experiments).innerJoin(runs, eq(runs.experimentId, experiments.id)).where(eq(runs.id, input.runId));
  return viewsOf(db, rows.map((row) => ({ ...row, experimentNo: experiment?.no ?? 0 })));
});

/** The newest models of a project whose files are there, and `also` however old it is, with the runs that logged them. */
export async function listReadyModels(db: Db, projectId: string, { also, limit, find = "" }: { also: string | null; limit: number; find?: string }): Promise<LoggedModelChoice[]> {
  const newest = await selectReadyModels(db, projectId, holdsWords(readyHaystack, find), limit);
  if (also === null || newest.some(({ id }) => id === also)) return newest;
  const asked = await selectReadyModels(db, projectId, eq(loggedModels.id, also), 1);
  return [...newest.slice(0, limit - asked.length), ...asked].sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
}

export const listModelChoices = query("experiments.listModelChoices", "viewer", ListModelChoicesInput, async ({ db, ctx, input: { limit, ...asked } }) => {
  const found = await listReadyModels(db, ctx.project.id, { ...asked, limit: limit + 1 });
  const isCut = found.length > limit;
  const last = isCut ? found.findLast(({ id }) => id !== asked.also) : undefined;
  return { models: found.filter((model) => model !== last), isCut };
});
