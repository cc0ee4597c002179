import { z } from "zod";
import { getDefinition } from "@/server/domains/catalog/service/read-catalog";
import { requireSuite } from "@/server/domains/evaluations/service/suites";
import type { Db, Tx } from "@/server/platform/db";
import { Conflict, NotFound, unlessTaken } from "@/server/platform/errors";
import { assertNotHeld } from "@/server/platform/links";
import { mutation, query } from "@/server/platform/mutation";
import { putSearchEntry, removeSearchEntry } from "@/server/platform/search";
import { CreateModelInput, ModelRef, type ModelView, RenameModelInput, SetGateInput, TagInput, UpdateModelInput } from "../contract";
import { listAliases } from "../store/aliases";
import { countByModel, findModel, insertModel, listModelRows, lockModel, type ModelRow, putModelTag, removeModel, removeModelTag, updateModelRow } from "../store/models";

export const modelTopics = (name: string): string[] => ["models", `model:${name}`];

export async function requireModel(db: Db, projectId: string, name: string): Promise<ModelRow> {
  const row = await findModel(db, projectId, name);
  if (!row) throw new NotFound(`Registered Model with name=${name} not found`);
  return row;
}

/** As it stands once no other moves its versions or its gate, to the end of the transaction. */
export async function requireLockedModel(tx: Tx, projectId: string, name: string): Promise<ModelRow> {
  const { id } = await requireModel(tx, projectId, name);
  await lockModel(tx, id);
  return requireModel(tx, projectId, name);
}

async function modelViews(db: Db, rows: readonly ModelRow[]): Promise<ModelView[]> {
  const ids = rows.map((row) => row.id);
  const aliases = await listAliases(db, ids);
  const counts = await countByModel(db, ids);
  return rows.map((row) => {
    const { versions = 0, latest = null, pending = 0 } = counts.get(row.id) ?? {};
    const held = aliases.filter((item) => item.modelId === row.id);
    return {
      id: row.id, name: row.name, description: row.description, suite: row.suite, service: row.service, approval: row.approval as ModelView["approval"],
      tags: row.tags as Record<string, string>, aliases: held.map(({ alias, version, since }) => ({ alias, version, since })),
      latestVersion: latest, versionCount: versions, openPromotions: pending, createdAt: row.createdAt, updatedAt: row.updatedAt,
    };
  });
}

async function modelView(db: Db, row: ModelRow): Promise<ModelView> {
  const [view] = await modelViews(db, [row]);
  if (!view) throw new NotFound("The model is gone.");
  return view;
}

const entryOf = (row: ModelRow) => ({ kind: "model", objectId: row.id, title: row.name, detail: row.description, path: `/models/${encodeURIComponent(row.name)}` });

const nameTaken = (name: string, field: string) => new Conflict(`Registered Model (name=${name}) already exists.`, { field });

/** Without a version nothing says which suite would fit: there is a gate where one is named. */
export const createModel = mutation("models.createModel", "member", CreateModelInput, async ({ tx, ctx, input, subject, publish }) => {
  if (input.suite) await requireSuite(tx, ctx.project.id, input.suite, null);
  const row = await insertModel(tx, { projectId: ctx.project.id, ...input });
  if (!row) throw nameTaken(input.name, "name");
  await putSearchEntry(tx, ctx.project.id, entryOf(row));
  subject({ kind: "model", id: row.id, name: row.name }, { suite: row.suite, approval: row.approval });
  publish(...modelTopics(row.name));
  return modelView(tx, row);
});

export const getModel = query("models.getModel", "viewer", ModelRef, async ({ db, ctx, input }) => modelView(db, await requireModel(db, ctx.project.id, input.name)));

/** A LIKE pattern whose last backslash escapes something: PostgreSQL refuses one that ends in the middle of an escape. */
const LikePattern = z.string().max(300).refine((text) => (/\\*$/.exec(text)?.[0].length ?? 0) % 2 === 0, "must not end with a lone backslash");

const ListModelsInput = z.object({ after: z.string().max(256).nullable().default(null), limit: z.number().int().min(1).max(1_000).default(100), nameLike: LikePattern.nullable().default(null) });

export const listModels = query("models.listModels", "viewer", ListModelsInput, async ({ db, ctx, input }) => {
  const rows = await listModelRows(db, ctx.project.id, { ...input, limit: input.limit + 1 });
  const page = rows.slice(0, input.limit);
  return { models: await modelViews(db, page), next: rows.length > input.limit ? (page.at(-1)?.name ?? null) : null };
});

export const updateModel = mutation("models.updateModel", "member", UpdateModelInput, async ({ tx, ctx, input, subject, publish }) => {
  const row = await requireModel(tx, ctx.project.id, input.name);
  const { description } = input;
  const updated = await updateModelRow(tx, row.id, { description });
  if (!updated) throw new NotFound("The model is gone.");
  await putSearchEntry(tx, ctx.project.id, entryOf(updated));
  subject({ kind: "model", id: row.id, name: row.name }, { description });
  publish(...modelTopics(row.name));
  return modelView(tx, updated);
});

/** The rules by which a version may serve: not for those who only train. */
export const setGate = mutation("models.setGate", "maintainer", SetGateInput, async ({ tx, ctx, input, subject, publish }) => {
  const row = await requireModel(tx, ctx.project.id, input.name);
  const { name: _, ...set } = input;
  if (input.suite) await requireSuite(tx, ctx.project.id, input.suite, null);
  if (input.service) await getDefinition(ctx, { kind: "feature_service", name: input.service });
  const updated = await updateModelRow(tx, row.id, set);
  if (!updated) throw new NotFound("The model is gone.");
  subject({ kind: "model", id: row.id, name: row.name }, { ...set, was: { suite: row.suite, service: row.service, approval: row.approval } });
  publish(...modelTopics(row.name));
  return modelView(tx, updated);
});

export const renameModel = mutation("models.renameModel", "maintainer", RenameModelInput, async ({ tx, ctx, input, subject, publish }) => {
  const row = await requireModel(tx, ctx.project.id, input.name);
  if (await findModel(tx, ctx.project.id, input.newName)) throw nameTaken(input.newName, "new_name");
  const renamed = await unlessTaken(updateModelRow(tx, row.id, { name: input.newName }), () => nameTaken(input.newName, "new_name"));
  if (!renamed) throw new NotFound("The model is gone.");
  await putSearchEntry(tx, ctx.project.id, entryOf(renamed));
  subject({ kind: "model", id: row.id, name: input.newName }, { was: row.name });
  publish(...modelTopics(row.name), ...modelTopics(input.newName));
  return modelView(tx, renamed);
});

/** Refused while a version is a champion or something else holds the model. */
export const deleteModel = mutation("models.deleteModel", "maintainer", ModelRef, async ({ tx, ctx, input, subject, publish }) => {
  const row = await requireModel(tx, ctx.project.id, input.name);
  await assertNotHeld(tx, ctx.project.id, { kind: "model", id: row.id }, `The model ${row.name}`);
  const aliases = await listAliases(tx, [row.id]);
  const champion = aliases.find((item) => item.alias === "champion");
  if (champion) throw new Conflict(`The model ${row.name} has a champion (version ${champion.version}) that may be serving: remove the alias first.`);
  await removeModel(tx, row.id);
  await removeSearchEntry(tx, ctx.project.id, "model", row.id);
  subject({ kind: "model", id: row.id, name: row.name });
  publish(...modelTopics(row.name));
  return {};
});

export const setModelTag = mutation("models.setModelTag", "member", ModelRef.extend(TagInput.shape), async ({ tx, ctx, input, subject, publish }) => {
  const row = await requireModel(tx, ctx.project.id, input.name);
  await putModelTag(tx, row.id, input.key, input.value);
  subject({ kind: "model", id: row.id, name: row.name }, { tag: input.key });
  publish(...modelTopics(row.name));
  return {};
});

export const deleteModelTag = mutation("models.deleteModelTag", "member", ModelRef.extend({ key: TagInput.shape.key }), async ({ tx, ctx, input, subject, publish }) => {
  const row = await requireModel(tx, ctx.project.id, input.name);
  await removeModelTag(tx, row.id, input.key);
  subject({ kind: "model", id: row.id, name: row.name }, { tag: input.key });
  publish(...modelTopics(row.name));
  return {};
});
