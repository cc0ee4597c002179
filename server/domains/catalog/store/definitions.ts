import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { datasets, definitions, definitionVersions, materials, onlineState, skewChecks } from "@/drizzle/schema/catalog";
import type { Db, Tx } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import type { DefinitionView, FeatureStatistics, Finding, MaterialView, SkewCheckView, ViewSkew } from "../contract/catalog";
import type { AppliedDefinition, Definition, DefinitionKind } from "../contract/definition";
import { freshnessOf, type StreamClock } from "../rules/freshness";
import { onlineTable } from "../rules/online-table";

export type DefinitionRow = typeof definitions.$inferSelect;
export type NewDefinition = { definition: Definition; sqlText: string | null; contentSha256: string; appliedBy: string };

const onlineTableOf = (definition: Definition) => (definition.kind === "feature_view" ? onlineTable(definition) : null);

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
  // Its rows are written anew: until then none of them is online.
  if (onlineTableOf(current.definition as Definition) !== onlineTableOf(definition)) await tx.delete(onlineState).where(eq(onlineState.definitionId, current.id));
  return { kind, name, version, change: "changed" };
}

export async function findDefinition(db: Db, projectId: string, kind: DefinitionKind, name: string): Promise<DefinitionRow | null> {
  const [row] = await db
    .select()
    .from(definitions)
    .where(and(eq(definitions.projectId, projectId), eq(definitions.kind, kind), eq(definitions.name, name)));
  return row ?? null;
}

/** The newest first. */
export async function listDefinitionVersions(db: Db, definitionId: string) {
  return db
    .select({ version: definitionVersions.version, appliedBy: definitionVersions.appliedBy, createdAt: definitionVersions.createdAt })
    .from(definitionVersions)
    .where(eq(definitionVersions.definitionId, definitionId))
    .orderBy(desc(definitionVersions.version))
    .limit(50);
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

/** By source, how far its views have come. */
async function streamClocks(db: Db, projectId: string): Promise<Map<string, StreamClock>> {
  const rows = await db
    .select({ source: sql<string>`${definitions.definition}->>'source'`, online: sql<string | null>`max(${onlineState.watermark})`, offline: sql<string | null>`max(${materials.lastEventTime})` })
    .from(definitions)
    .leftJoin(materials, eq(materials.definitionId, definitions.id))
    .leftJoin(onlineState, eq(onlineState.definitionId, definitions.id))
    .where(and(eq(definitions.projectId, projectId), eq(definitions.kind, "feature_view")))
    .groupBy(sql`1`);
  const dateOf = (text: string | null) => (text === null ? null : new Date(text));
  return new Map(rows.map((row) => [row.source, { online: dateOf(row.online), offline: dateOf(row.offline) }]));
}

function freshness(definition: Definition, material: MaterialRow | null, online: { watermark: Date | null } | null, clocks: ReadonlyMap<string, StreamClock>) {
  const clock = definition.kind === "feature_view" ? clocks.get(definition.source) : undefined;
  if (definition.kind !== "feature_view" || !clock) return null;
  return freshnessOf({ online: online?.watermark ?? null, offline: material?.lastEventTime ?? null }, clock, definition.ttl);
}

type Replayed = { check: typeof skewChecks.$inferSelect; dataset: string; version: number };

const newestSkewChecks = (db: Db, projectId: string): Promise<Replayed[]> =>
  db
    .select({ check: skewChecks, dataset: datasets.name, version: datasets.version })
    .from(skewChecks)
    .innerJoin(datasets, eq(datasets.id, skewChecks.datasetId))
    .where(eq(skewChecks.projectId, projectId))
    .orderBy(desc(skewChecks.createdAt))
    .limit(20);

/** The newest shadow replay in which a feature of the view was read. */
function skewOf(definition: Definition, replayed: readonly Replayed[]): ViewSkew | null {
  if (definition.kind !== "feature_view") return null;
  const features = new Set(definition.features.map((feature) => feature.name));
  for (const { check, dataset, version } of replayed) {
    const own = (check.byFeature as SkewCheckView["byFeature"]).filter((one) => features.has(one.feature));
    if (own.length > 0) return { datasetId: check.datasetId, dataset: `${dataset} v${version}`, byFeature: own.map(({ feature, values, differing }) => ({ feature, values, differing })) };
  }
  return null;
}

export async function datasetNames(db: Db, projectId: string, ids: readonly string[]): Promise<{ id: string; name: string; version: number }[]> {
  if (ids.length === 0) return [];
  return db.select({ id: datasets.id, name: datasets.name, version: datasets.version }).from(datasets).where(and(eq(datasets.projectId, projectId), inArray(datasets.id, [...ids]))).limit(500);
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
  const clocks = await streamClocks(db, projectId);
  const replayed = rows.some((row) => row.definition.kind === "feature_view") ? await newestSkewChecks(db, projectId) : [];
  return rows.map(({ definition: row, material, online }) => ({
    id: row.id, kind: row.kind as DefinitionKind, name: row.name, version: row.version, definition: row.definition as Definition, sqlText: row.sqlText,
    appliedBy: row.appliedBy, createdAt: row.createdAt, updatedAt: row.updatedAt, material: material ? materialView(material) : null,
    online: online ? { watermark: online.watermark, rowsWritten: online.rowsWritten, updatedAt: online.updatedAt } : null,
    freshness: freshness(row.definition as Definition, material, online, clocks), skew: skewOf(row.definition as Definition, replayed),
  }));
}

export async function findMaterial(db: Db, definitionId: string): Promise<MaterialRow | null> {
  const [row] = await db.select().from(materials).where(eq(materials.definitionId, definitionId));
  return row ?? null;
}

/** Whether it is of these inputs already. It is this operation's then too: an older one that still runs does not take its place. */
export async function confirmMaterial(db: Db, { definitionId, inputSha256, operationId }: { definitionId: string; inputSha256: string; operationId: string }): Promise<boolean> {
  const confirmed = await db
    .update(materials)
    .set({ operationId: sql`greatest(${materials.operationId}, ${operationId}::uuid)` })
    .where(and(eq(materials.definitionId, definitionId), eq(materials.inputSha256, inputSha256)))
    .returning({ id: materials.definitionId });
  return confirmed.length > 0;
}

/** False where a later operation wrote first: what that one made stays. */
export async function putMaterial(db: Db, row: typeof materials.$inferInsert & { operationId: string }): Promise<boolean> {
  const { definitionId: _, ...set } = row;
  const written = await db
    .insert(materials)
    .values(row)
    .onConflictDoUpdate({
      target: materials.definitionId,
      set: { ...set, madeAt: sql`now()` },
      setWhere: sql`${materials.operationId} is null or ${materials.operationId} <= ${row.operationId}::uuid`,
    })
    .returning({ id: materials.definitionId });
  return written.length > 0;
}
