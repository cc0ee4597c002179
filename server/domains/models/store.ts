/** SQL of the models domain: rows in, rows out; always within a project. */
import { and, count, desc, eq, isNull, sql } from "drizzle-orm";
import { gateVerdicts, ledger, modelAliases, models, modelVersions, type promotions } from "@/drizzle/schema/models";
import type { Db, Tx } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";

export type ModelRow = typeof models.$inferSelect;
export type VersionRow = typeof modelVersions.$inferSelect;
export type PromotionRow = typeof promotions.$inferSelect;
export type VerdictRow = typeof gateVerdicts.$inferSelect;

export async function findModel(db: Db, projectId: string, name: string): Promise<ModelRow | null> {
  const [row] = await db.select().from(models).where(and(eq(models.projectId, projectId), eq(models.name, name)));
  return row ?? null;
}

export async function findModelById(db: Db, projectId: string, id: string): Promise<ModelRow | null> {
  const [row] = await db.select().from(models).where(and(eq(models.projectId, projectId), eq(models.id, id)));
  return row ?? null;
}

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

/** The next number of a model; the model's row lock makes them gapless. */
export async function insertVersion(tx: Tx, values: Omit<typeof modelVersions.$inferInsert, "id" | "version">): Promise<VersionRow> {
  await tx.execute(sql`select 1 from models where id = ${values.modelId} for update`);
  const last = await tx.execute<{ version: number | null }>(sql`select max(version) as version from model_versions where model_id = ${values.modelId}`);
  const [row] = await tx.insert(modelVersions).values({ id: newId(), version: (last.rows[0]?.version ?? 0) + 1, ...values }).returning();
  if (!row) throw new Error("the version was not made");
  return row;
}

export type AliasHolder = { versionId: string; version: number; datasetId: string | null; since: Date };

export async function findAlias(db: Db, modelId: string, alias: string): Promise<AliasHolder | null> {
  const [row] = await db
    .select({ versionId: modelAliases.versionId, version: modelVersions.version, datasetId: modelVersions.datasetId, since: modelAliases.since })
    .from(modelAliases)
    .innerJoin(modelVersions, eq(modelVersions.id, modelAliases.versionId))
    .where(and(eq(modelAliases.modelId, modelId), eq(modelAliases.alias, alias)));
  return row ?? null;
}

export type AliasMove = { modelId: string; projectId: string; alias: string; to: VersionRow; expected: string | null; cause: string; by: string; note: string; promotionId: string | null };

/**
 * Moves an alias if it is still held by `expected`, and writes the ledger: one interval ends where the next begins.
 * False when another move came first. The model's row lock makes moves of one model follow each other.
 */
export async function moveAlias(tx: Tx, move: AliasMove): Promise<boolean> {
  await tx.execute(sql`select 1 from models where id = ${move.modelId} for update`);
  const holder = await findAlias(tx, move.modelId, move.alias);
  if ((holder?.versionId ?? null) !== move.expected) return false;
  if (holder?.versionId === move.to.id) return true;
  await tx
    .insert(modelAliases)
    .values({ modelId: move.modelId, alias: move.alias, versionId: move.to.id })
    .onConflictDoUpdate({ target: [modelAliases.modelId, modelAliases.alias], set: { versionId: move.to.id, since: sql`now()` } });
  await closeLedger(tx, move.modelId, move.alias);
  await tx.insert(ledger).values({
    id: newId(), projectId: move.projectId, modelId: move.modelId, alias: move.alias, versionId: move.to.id, version: move.to.version,
    cause: move.cause, promotionId: move.promotionId, byName: move.by, note: move.note,
  });
  return true;
}

export async function closeLedger(tx: Tx, modelId: string, alias: string): Promise<void> {
  await tx.update(ledger).set({ heldTo: sql`now()` }).where(and(eq(ledger.modelId, modelId), eq(ledger.alias, alias), isNull(ledger.heldTo)));
}

export async function removeAliasRow(tx: Tx, modelId: string, alias: string): Promise<boolean> {
  const gone = await tx.delete(modelAliases).where(and(eq(modelAliases.modelId, modelId), eq(modelAliases.alias, alias))).returning({ alias: modelAliases.alias });
  if (gone.length > 0) await closeLedger(tx, modelId, alias);
  return gone.length > 0;
}

export async function listAliases(db: Db, modelId: string) {
  return db
    .select({ alias: modelAliases.alias, version: modelVersions.version, versionId: modelAliases.versionId, since: modelAliases.since })
    .from(modelAliases)
    .innerJoin(modelVersions, eq(modelVersions.id, modelAliases.versionId))
    .where(eq(modelAliases.modelId, modelId))
    .orderBy(modelAliases.alias);
}

export async function latestVerdicts(db: Db, modelId: string): Promise<VerdictRow[]> {
  return db.selectDistinctOn([gateVerdicts.versionId]).from(gateVerdicts).where(eq(gateVerdicts.modelId, modelId)).orderBy(gateVerdicts.versionId, desc(gateVerdicts.createdAt));
}

/** How many versions this dataset's rows have already judged, by suite: chance grows with each. */
export async function countJudged(db: Db, projectId: string, suite: string): Promise<number> {
  const [row] = await db
    .select({ n: count(sql`distinct ${gateVerdicts.versionId}`) })
    .from(gateVerdicts)
    .where(and(eq(gateVerdicts.projectId, projectId), eq(gateVerdicts.suite, suite)));
  return row?.n ?? 0;
}
