/** Samples of what an attempt uses. */
import { and, asc, eq } from "drizzle-orm";
import { computeUsage } from "@/drizzle/schema/compute";
import type { Db, Tx } from "@/server/platform/db";
import type { UsageSample } from "../contract/job";

export async function insertUsage(tx: Tx, row: typeof computeUsage.$inferInsert): Promise<void> {
  await tx.insert(computeUsage).values(row).onConflictDoNothing();
}

/** In order of time; at most `limit`, the rest thinned evenly by the caller's choice of retention. */
export async function selectUsage(db: Db, projectId: string, attemptId: string, limit: number): Promise<UsageSample[]> {
  return db
    .select({
      at: computeUsage.at,
      cpus: computeUsage.cpus,
      memoryBytes: computeUsage.memoryBytes,
      gpus: computeUsage.gpus,
    })
    .from(computeUsage)
    .where(and(eq(computeUsage.projectId, projectId), eq(computeUsage.attemptId, attemptId)))
    .orderBy(asc(computeUsage.second))
    .limit(limit);
}
