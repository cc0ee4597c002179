/** SQL of replays. */
import { and, asc, eq, sql } from "drizzle-orm";
import { replays } from "@/drizzle/schema/monitoring";
import type { Db, Tx } from "@/server/platform/db";

export type ReplayRow = typeof replays.$inferSelect;
export type ReplayChange = Partial<Omit<ReplayRow, "projectId" | "name" | "createdAt" | "updatedAt">>;

const one = (projectId: string, name: string) => and(eq(replays.projectId, projectId), eq(replays.name, name));

export async function findReplay(db: Db, projectId: string, name: string): Promise<ReplayRow | null> {
  const [row] = await db.select().from(replays).where(one(projectId, name));
  return row ?? null;
}

export const listReplayRows = (db: Db, projectId: string) => db.select().from(replays).where(eq(replays.projectId, projectId)).orderBy(asc(replays.name)).limit(200);

export async function saveReplay(tx: Tx, row: typeof replays.$inferInsert, change: ReplayChange): Promise<ReplayRow> {
  const [saved] = await tx.insert(replays).values(row).onConflictDoUpdate({ target: [replays.projectId, replays.name], set: { ...change, updatedAt: sql`now()` } }).returning();
  if (!saved) throw new Error("the replay was not saved");
  return saved;
}

export async function changeReplay(tx: Tx, projectId: string, name: string, change: ReplayChange): Promise<ReplayRow | null> {
  const [row] = await tx.update(replays).set({ ...change, updatedAt: sql`now()` }).where(one(projectId, name)).returning();
  return row ?? null;
}
