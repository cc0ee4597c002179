/** SQL of aliases and of the ledger: which version holds a name, and which held it when. */
import { and, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { ledger, modelAliases, modelVersions } from "@/drizzle/schema/models";
import type { Db, Tx } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import { lockModel } from "./models";
import type { VersionRow } from "./versions";

export type LedgerRow = typeof ledger.$inferSelect;

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
  await lockModel(tx, move.modelId);
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

async function closeLedger(tx: Tx, modelId: string, alias: string): Promise<void> {
  await tx.update(ledger).set({ heldTo: sql`now()` }).where(and(eq(ledger.modelId, modelId), eq(ledger.alias, alias), isNull(ledger.heldTo)));
}

export async function removeAliasRow(tx: Tx, modelId: string, alias: string): Promise<boolean> {
  const gone = await tx.delete(modelAliases).where(and(eq(modelAliases.modelId, modelId), eq(modelAliases.alias, alias))).returning({ alias: modelAliases.alias });
  if (gone.length > 0) await closeLedger(tx, modelId, alias);
  return gone.length > 0;
}

type AliasRow = { modelId: string; alias: string; version: number; versionId: string; since: Date };

export async function listAliases(db: Db, modelIds: string[]): Promise<AliasRow[]> {
  if (modelIds.length === 0) return [];
  return db
    .select({ modelId: modelAliases.modelId, alias: modelAliases.alias, version: modelVersions.version, versionId: modelAliases.versionId, since: modelAliases.since })
    .from(modelAliases)
    .innerJoin(modelVersions, eq(modelVersions.id, modelAliases.versionId))
    .where(inArray(modelAliases.modelId, modelIds))
    .orderBy(modelAliases.alias);
}

/** Intervals of a model's aliases, the newest first; of one alias where it is named. */
export async function listLedgerRows(db: Db, modelId: string, alias: string | null, limit: number): Promise<LedgerRow[]> {
  const filters = [eq(ledger.modelId, modelId)];
  if (alias !== null) filters.push(eq(ledger.alias, alias));
  return db.select().from(ledger).where(and(...filters)).orderBy(desc(ledger.heldFrom)).limit(limit);
}

export async function listLedgerRowsAt(db: Db, modelId: string, at: Date): Promise<LedgerRow[]> {
  return db
    .select()
    .from(ledger)
    .where(and(eq(ledger.modelId, modelId), sql`${ledger.heldFrom} <= ${at}`, sql`(${ledger.heldTo} is null or ${ledger.heldTo} > ${at})`));
}
