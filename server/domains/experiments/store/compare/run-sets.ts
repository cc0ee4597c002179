import { and, eq, inArray } from "drizzle-orm";
import { runSets } from "@/drizzle/schema/comparisons";
import { runs } from "@/drizzle/schema/experiments";
import type { Db, Tx } from "@/server/platform/db";

export async function insertRunSet(tx: Tx, projectId: string, id: string, runIds: string[]): Promise<void> {
  await tx.insert(runSets).values({ projectId, id, runIds }).onConflictDoNothing();
}

export async function findRunSet(db: Db, projectId: string, id: string): Promise<string[] | null> {
  const [row] = await db.select({ runIds: runSets.runIds }).from(runSets).where(and(eq(runSets.projectId, projectId), eq(runSets.id, id)));
  return row?.runIds ?? null;
}

/** Those of the ids that are runs of the project, in the order given. */
export async function ownRunIds(db: Db, projectId: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db.select({ id: runs.id }).from(runs).where(and(eq(runs.projectId, projectId), inArray(runs.id, [...ids])));
  const own = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => own.has(id));
}
