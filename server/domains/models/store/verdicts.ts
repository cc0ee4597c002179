/** SQL of the gate's verdicts. */
import { and, count, desc, eq, inArray, sql } from "drizzle-orm";
import { gateVerdicts } from "@/drizzle/schema/models";
import type { Db } from "@/server/platform/db";

export type VerdictRow = typeof gateVerdicts.$inferSelect;

export async function insertVerdict(db: Db, values: typeof gateVerdicts.$inferInsert): Promise<void> {
  await db.insert(gateVerdicts).values(values);
}

export async function findVerdict(db: Db, projectId: string, id: string): Promise<VerdictRow | null> {
  const [row] = await db.select().from(gateVerdicts).where(and(eq(gateVerdicts.projectId, projectId), eq(gateVerdicts.id, id)));
  return row ?? null;
}

/** Verdicts of a model, newest first. */
export async function listVerdictRows(db: Db, modelId: string, limit: number): Promise<VerdictRow[]> {
  return db.select().from(gateVerdicts).where(eq(gateVerdicts.modelId, modelId)).orderBy(desc(gateVerdicts.createdAt)).limit(limit);
}

/** The newest verdict on each of these versions. */
export async function latestVerdicts(db: Db, versionIds: string[]): Promise<VerdictRow[]> {
  if (versionIds.length === 0) return [];
  return db.selectDistinctOn([gateVerdicts.versionId]).from(gateVerdicts).where(inArray(gateVerdicts.versionId, versionIds)).orderBy(gateVerdicts.versionId, desc(gateVerdicts.createdAt));
}

/** How many versions this dataset's rows have already judged, by suite: chance grows with each. */
export async function countJudged(db: Db, projectId: string, suite: string): Promise<number> {
  const [row] = await db
    .select({ n: count(sql`distinct ${gateVerdicts.versionId}`) })
    .from(gateVerdicts)
    .where(and(eq(gateVerdicts.projectId, projectId), eq(gateVerdicts.suite, suite)));
  return row?.n ?? 0;
}

export async function isJudged(db: Db, versionId: string, suite: string): Promise<boolean> {
  const [row] = await db.select({ id: gateVerdicts.id }).from(gateVerdicts).where(and(eq(gateVerdicts.versionId, versionId), eq(gateVerdicts.suite, suite))).limit(1);
  return row !== undefined;
}
