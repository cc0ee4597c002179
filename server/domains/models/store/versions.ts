/** SQL of model versions. A deleted version keeps its row, and its number is never given again. */
import { and, desc, eq, inArray, isNull, lt, sql } from "drizzle-orm";
import { modelAliases, models, modelVersions } from "@/drizzle/schema/models";
import type { Db, Tx } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import { championAlias, type ModelSignature } from "../contract";
import { lockModel } from "./models";

export type VersionRow = typeof modelVersions.$inferSelect;

export async function findVersion(db: Db, modelId: string, version: number): Promise<VersionRow | null> {
  const [row] = await db
    .select()
    .from(modelVersions)
    .where(and(eq(modelVersions.modelId, modelId), eq(modelVersions.version, version), eq(modelVersions.isDeleted, false)));
  return row ?? null;
}

export async function findVersionById(db: Db, projectId: string, id: string): Promise<VersionRow | null> {
  const [row] = await db.select().from(modelVersions).where(and(eq(modelVersions.projectId, projectId), eq(modelVersions.id, id)));
  return row ?? null;
}

/** Versions of a model, newest first, beginning below `before`. */
export async function listVersionRows(db: Db, modelId: string, { before, limit }: { before: number | null; limit: number }): Promise<VersionRow[]> {
  const filters = [eq(modelVersions.modelId, modelId), eq(modelVersions.isDeleted, false)];
  if (before !== null) filters.push(lt(modelVersions.version, before));
  return db.select().from(modelVersions).where(and(...filters)).orderBy(desc(modelVersions.version)).limit(limit);
}

/** Version numbers by id, of deleted versions too. */
export async function numbersOfVersions(db: Db, ids: string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await db.select({ id: modelVersions.id, version: modelVersions.version }).from(modelVersions).where(inArray(modelVersions.id, ids));
  return new Map(rows.map((row) => [row.id, row.version]));
}

/** Under which names and numbers a logged model is registered, newest first. */
export async function listVersionsOfLoggedModel(db: Db, projectId: string, loggedModelId: string, limit: number): Promise<{ model: string; version: number }[]> {
  return db
    .select({ model: models.name, version: modelVersions.version })
    .from(modelVersions)
    .innerJoin(models, eq(models.id, modelVersions.modelId))
    .where(and(eq(modelVersions.projectId, projectId), eq(modelVersions.loggedModelId, loggedModelId), eq(modelVersions.isDeleted, false)))
    .orderBy(desc(modelVersions.createdAt), desc(modelVersions.version))
    .limit(limit);
}

/** The next number of a model; the model's row lock makes them gapless. */
export async function insertVersion(tx: Tx, values: Omit<typeof modelVersions.$inferInsert, "id" | "version">): Promise<VersionRow> {
  await lockModel(tx, values.modelId);
  const last = await tx.execute<{ version: number | null }>(sql`select max(version) as version from model_versions where model_id = ${values.modelId}`);
  const [row] = await tx.insert(modelVersions).values({ id: newId(), version: (last.rows[0]?.version ?? 0) + 1, ...values }).returning();
  if (!row) throw new Error("the version was not made");
  return row;
}

/** Null when the version is gone. */
export async function updateVersionRow(tx: Tx, id: string, changes: Partial<Pick<VersionRow, "description" | "isDeleted">>): Promise<VersionRow | null> {
  const [row] = await tx.update(modelVersions).set({ ...changes, updatedAt: sql`now()` }).where(eq(modelVersions.id, id)).returning();
  return row ?? null;
}

export async function putVersionTag(tx: Tx, id: string, key: string, value: string): Promise<void> {
  const tag = JSON.stringify({ [key]: value });
  await tx.update(modelVersions).set({ tags: sql`${modelVersions.tags} || ${tag}::jsonb`, updatedAt: sql`now()` }).where(eq(modelVersions.id, id));
}

export async function removeVersionTag(tx: Tx, id: string, key: string): Promise<void> {
  await tx.update(modelVersions).set({ tags: sql`${modelVersions.tags} - ${key}::text`, updatedAt: sql`now()` }).where(eq(modelVersions.id, id));
}

type ServableRow = { name: string; version: number; onnx: string | null; notServable: string | null; isChampion: boolean };

/** Every version of a project, by model and newest first, with whether it is its model's champion. */
export async function listVersionsToServe(db: Db, projectId: string, limit: number): Promise<ServableRow[]> {
  const isChampion = sql<boolean>`${modelAliases.versionId} is not distinct from ${modelVersions.id}`;
  return db
    .select({ name: models.name, version: modelVersions.version, onnx: modelVersions.onnxSha256, notServable: modelVersions.notServable, isChampion })
    .from(modelVersions)
    .innerJoin(models, eq(models.id, modelVersions.modelId))
    .leftJoin(modelAliases, and(eq(modelAliases.modelId, models.id), eq(modelAliases.alias, championAlias)))
    .where(and(eq(models.projectId, projectId), eq(modelVersions.isDeleted, false)))
    .orderBy(models.name, desc(modelVersions.version))
    .limit(limit);
}

/** The numbers of a model's versions that can serve, oldest first. */
export async function servableVersions(db: Db, modelId: string): Promise<number[]> {
  const rows = await db
    .select({ version: modelVersions.version, onnx: modelVersions.onnxSha256 })
    .from(modelVersions)
    .where(and(eq(modelVersions.modelId, modelId), eq(modelVersions.isDeleted, false), isNull(modelVersions.notServable)))
    .orderBy(modelVersions.version);
  return rows.filter((row) => row.onnx !== null).map((row) => row.version);
}

/** The order of logged features, by version. */
export async function featureNamesByVersion(db: Db, modelId: string): Promise<Map<number, string[]>> {
  const rows = await db.select({ version: modelVersions.version, signature: modelVersions.signature }).from(modelVersions).where(eq(modelVersions.modelId, modelId));
  return new Map(rows.flatMap((row) => {
    const names = (row.signature as ModelSignature | null)?.features;
    return names ? [[row.version, names] as const] : [];
  }));
}
