/** SQL of registered models; always within a project. */
import { and, asc, count, eq, inArray, max, sql } from "drizzle-orm";
import { models, modelVersions, promotions } from "@/drizzle/schema/models";
import type { Db, Tx } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";

export type ModelRow = typeof models.$inferSelect;

export async function findModel(db: Db, projectId: string, name: string): Promise<ModelRow | null> {
  const [row] = await db.select().from(models).where(and(eq(models.projectId, projectId), eq(models.name, name)));
  return row ?? null;
}

export async function findModelById(db: Db, projectId: string, id: string): Promise<ModelRow | null> {
  const [row] = await db.select().from(models).where(and(eq(models.projectId, projectId), eq(models.id, id)));
  return row ?? null;
}

type ModelPage = { after: string | null; nameLike: string | null; limit: number };

/** Models by name, beginning after `after`; `nameLike` is a LIKE pattern. */
export async function listModelRows(db: Db, projectId: string, { after, nameLike, limit }: ModelPage): Promise<ModelRow[]> {
  const filters = [eq(models.projectId, projectId)];
  if (after !== null) filters.push(sql`${models.name} > ${after}`);
  if (nameLike !== null) filters.push(sql`${models.name} ilike ${nameLike}`);
  return db.select().from(models).where(and(...filters)).orderBy(asc(models.name)).limit(limit);
}

type ModelCounts = { versions: number; latest: number | null; pending: number };

/** How many versions and open promotions each of these models has; a model without any is not in the map. */
export async function countByModel(db: Db, modelIds: string[]): Promise<Map<string, ModelCounts>> {
  const counts = new Map<string, ModelCounts>();
  if (modelIds.length === 0) return counts;
  const versions = await db
    .select({ modelId: modelVersions.modelId, n: count(), latest: max(modelVersions.version) })
    .from(modelVersions)
    .where(and(inArray(modelVersions.modelId, modelIds), eq(modelVersions.isDeleted, false)))
    .groupBy(modelVersions.modelId);
  const pending = await db
    .select({ modelId: promotions.modelId, n: count() })
    .from(promotions)
    .where(and(inArray(promotions.modelId, modelIds), eq(promotions.state, "pending")))
    .groupBy(promotions.modelId);
  for (const { modelId, n, latest } of versions) counts.set(modelId, { versions: n, latest, pending: 0 });
  for (const { modelId, n } of pending) counts.set(modelId, { versions: 0, latest: null, ...counts.get(modelId), pending: n });
  return counts;
}

/** Null when the project has a model of this name. */
export async function insertModel(tx: Tx, values: Omit<typeof models.$inferInsert, "id">): Promise<ModelRow | null> {
  const [row] = await tx.insert(models).values({ id: newId(), ...values }).onConflictDoNothing().returning();
  return row ?? null;
}

/** What moves between versions of one model follows each other: its row's lock is held to the end of the transaction. */
export async function lockModel(tx: Tx, id: string): Promise<void> {
  await tx.execute(sql`select 1 from models where id = ${id} for update`);
}

type Changes = Partial<Pick<ModelRow, "name" | "description" | "suite" | "service" | "approval">>;

/** Null when the model is gone. */
export async function updateModelRow(tx: Tx, id: string, changes: Changes): Promise<ModelRow | null> {
  const [row] = await tx.update(models).set({ ...changes, updatedAt: sql`now()` }).where(eq(models.id, id)).returning();
  return row ?? null;
}

export async function putModelTag(tx: Tx, id: string, key: string, value: string): Promise<void> {
  const tag = JSON.stringify({ [key]: value });
  await tx.update(models).set({ tags: sql`${models.tags} || ${tag}::jsonb`, updatedAt: sql`now()` }).where(eq(models.id, id));
}

export async function removeModelTag(tx: Tx, id: string, key: string): Promise<void> {
  await tx.update(models).set({ tags: sql`${models.tags} - ${key}::text`, updatedAt: sql`now()` }).where(eq(models.id, id));
}

export async function removeModel(tx: Tx, id: string): Promise<void> {
  await tx.delete(models).where(eq(models.id, id));
}
