import { and, eq, inArray, sql } from "drizzle-orm";
import { definitions, definitionVersions, materials, onlineState } from "@/drizzle/schema/catalog";
import type { Db, Tx } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import type { DefinitionView, FeatureStatistics, Finding, MaterialView } from "../contract/catalog";
import type { AppliedDefinition, Definition, DefinitionKind } from "../contract/definition";

export type DefinitionRow = typeof definitions.$inferSelect;
export type NewDefinition = { definition: Definition; sqlText: string | null; contentSha256: string; appliedBy: string };

/** Creates or changes; the same content changes nothing. The row lock makes versions gapless. */
export async function upsertDefinition(tx: Tx, projectId: string, made: NewDefinition): Promise<AppliedDefinition> {
  const { definition, sqlText, contentSha256, appliedBy } = made;
  const { kind, name } = definition;
  const values = { projectId, kind, name, contentSha256, definition, sqlText, appliedBy };
  const [created] = await tx.insert(definitions).values({ id: newId(), version: 1, ...values }).onConflictDoNothing().returning();
  if (created) {
    await tx.insert(definitionVersions).values({ definitionId: created.id, version: 1, definition, sqlText, appliedBy });
    return { kind, name, version: 1, change: "created" };
  }
  const [current] = await tx
    .select()
    .from(definitions)
    .where(and(eq(definitions.projectId, projectId), eq(definitions.kind, kind), eq(definitions.name, name)))
    .for("update");
  if (!current) throw new Error(`the definition ${name} is gone`);
  if (current.contentSha256 === contentSha256) return { kind, name, version: current.version, change: "unchanged" };
  const version = current.version + 1;
  await tx.update(definitions).set({ ...values, version, updatedAt: sql`now()` }).where(eq(definitions.id, current.id));
  await tx.insert(definitionVersions).values({ definitionId: current.id, version, definition, sqlText, appliedBy });
  return { kind, name, version, change: "changed" };
}

export async function findDefinition(db: Db, projectId: string, kind: DefinitionKind, name: string): Promise<DefinitionRow | null> {
  const [row] = await db
    .select()
    .from(definitions)
    .where(and(eq(definitions.projectId, projectId), eq(definitions.kind, kind), eq(definitions.name, name)));
  return row ?? null;
}

export async function findDefinitions(db: Db, projectId: string, kind: DefinitionKind, names: readonly string[]): Promise<DefinitionRow[]> {
  if (names.length === 0) return [];
  return db
    .select()
    .from(definitions)
    .where(and(eq(definitions.projectId, projectId), eq(definitions.kind, kind), inArray(definitions.name, [...names])));
}

export type MaterialRow = typeof materials.$inferSelect;

export function materialView(row: MaterialRow): MaterialView {
  return {
    version: row.version, rows: row.rows, bytes: row.bytes, blobSha256: row.blobSha256, firstEventTime: row.firstEventTime, lastEventTime: row.lastEventTime,
    findings: row.findings as Finding[], statistics: row.statistics as FeatureStatistics[], tookMs: row.tookMs, madeAt: row.madeAt,
  };
}

/** Definitions with what they hold and how far online they are. */
export async function listDefinitionViews(db: Db, projectId: string, kind: DefinitionKind | null, name: string | null): Promise<DefinitionView[]> {
  const filters = [eq(definitions.projectId, projectId)];
  if (kind) filters.push(eq(definitions.kind, kind));
  if (name) filters.push(eq(definitions.name, name));
  const rows = await db
    .select({ definition: definitions, material: materials, online: onlineState })
    .from(definitions)
    .leftJoin(materials, eq(materials.definitionId, definitions.id))
    .leftJoin(onlineState, eq(onlineState.definitionId, definitions.id))
    .where(and(...filters))
    .orderBy(definitions.kind, definitions.name)
    .limit(2_000);
  return rows.map(({ definition: row, material, online }) => ({
    id: row.id, kind: row.kind as DefinitionKind, name: row.name, version: row.version, definition: row.definition as Definition, sqlText: row.sqlText,
    appliedBy: row.appliedBy, createdAt: row.createdAt, updatedAt: row.updatedAt, material: material ? materialView(material) : null,
    online: online ? { watermark: online.watermark, rowsWritten: online.rowsWritten, updatedAt: online.updatedAt } : null,
  }));
}

export async function findMaterial(db: Db, definitionId: string): Promise<MaterialRow | null> {
  const [row] = await db.select().from(materials).where(eq(materials.definitionId, definitionId));
  return row ?? null;
}

export async function putMaterial(tx: Db, row: typeof materials.$inferInsert): Promise<void> {
  const { definitionId: _, ...set } = row;
  await tx.insert(materials).values(row).onConflictDoUpdate({ target: materials.definitionId, set: { ...set, madeAt: sql`now()` } });
}
