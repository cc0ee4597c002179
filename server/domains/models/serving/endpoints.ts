/** What endpoints there are, what each takes, and how it has been answering. */
import { z } from "zod";
import type { Db } from "@/server/platform/db";
import { NotFound } from "@/server/platform/errors";
import { query } from "@/server/platform/mutation";
import { championAlias, ModelRef } from "../contract";
import { findAlias } from "../store/aliases";
import { findModel } from "../store/models";
import { servableVersions } from "../store/versions";
import { serviceShape } from "./completion";
import { EndpointRef, type EndpointView, ReadTrafficInput, type ServedModel, type TrafficView } from "./contract";
import { readMinutes } from "./log/store";
import { trafficView } from "./log/traffic";
import { loadModel } from "./runtime/runtime";
import { scoreSource } from "./scores";
import { findServed, listServable, type Served } from "./served-versions";

async function keysOf(served: Served): Promise<EndpointView["byKeys"]> {
  if (!served.service || !served.signature.features) return null;
  const shape = await serviceShape(served.projectId, served.service).catch((error: unknown) => {
    if (error instanceof NotFound) return null;
    throw error;
  });
  if (!shape) return null;
  const keys = shape.keys.map((name) => ({ name, views: shape.plan.filter((item) => item.key === name).map((item) => item.view) }));
  return { service: served.service, keys, request: shape.request };
}

export const getEndpoint = query("models.getEndpoint", "viewer", EndpointRef, async ({ db, ctx, input }): Promise<EndpointView> => {
  const served = await findServed(ctx.project.id, input.name, input.version);
  const { model, description, version, isChampion, signature } = served;
  const versions = await servableVersions(db, served.modelId);
  return { model, description, version, isChampion, versions, inputs: signature.inputs, outputs: signature.outputs, features: signature.features, score: scoreSource(signature), byKeys: await keysOf(served) };
});

export const listServed = query("models.listServed", "viewer", z.object({}), async ({ ctx }): Promise<ServedModel[]> => listServable(ctx.project.id));

/** Loads a version into this server's runtime; which one answers is decided by aliases alone. */
export const warmEndpoint = query("models.warmEndpoint", "viewer", EndpointRef, async ({ ctx, input }) => {
  const served = await findServed(ctx.project.id, input.name, input.version);
  await loadModel(served.file);
  return { model: served.model, version: served.version };
});

export const readTraffic = query("models.readTraffic", "viewer", ReadTrafficInput, async ({ db, ctx, input }) => {
  const model = await findModel(db, ctx.project.id, input.name);
  if (!model) throw new NotFound(`There is no model ${input.name}.`);
  return trafficOf(db, model.id, input.minutes);
});

/** With the dataset that it was trained on, where that is known. */
export type LiveChampion = { version: number; since: Date; datasetId: string | null } | null;

/** What is live under a model's name now. */
export async function championOf(db: Db, modelId: string): Promise<LiveChampion> {
  const holder = await findAlias(db, modelId, championAlias);
  return holder ? { version: holder.version, since: holder.since, datasetId: holder.datasetId } : null;
}

export async function trafficOf(db: Db, modelId: string, minutes: number): Promise<TrafficView> {
  return trafficView(await readMinutes(db, modelId, new Date(Date.now() - minutes * 60_000)));
}

export const getChampion = query("models.getChampion", "viewer", ModelRef, async ({ db, ctx, input }): Promise<LiveChampion> => {
  const model = await findModel(db, ctx.project.id, input.name);
  if (!model) throw new NotFound(`There is no model ${input.name}.`);
  return championOf(db, model.id);
});
