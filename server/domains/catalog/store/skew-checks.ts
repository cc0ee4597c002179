import { desc, eq } from "drizzle-orm";
import { skewChecks } from "@/drizzle/schema/catalog";
import type { Db } from "@/server/platform/db";

export type SkewCheckRow = typeof skewChecks.$inferSelect;

export async function insertSkewCheck(db: Db, row: Omit<SkewCheckRow, "createdAt">): Promise<void> {
  await db.insert(skewChecks).values(row);
}

export async function findLatestSkewCheck(db: Db, datasetId: string): Promise<SkewCheckRow | null> {
  const [row] = await db.select().from(skewChecks).where(eq(skewChecks.datasetId, datasetId)).orderBy(desc(skewChecks.createdAt)).limit(1);
  return row ?? null;
}
