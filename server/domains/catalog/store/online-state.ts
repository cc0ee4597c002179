import { sql } from "drizzle-orm";
import { onlineState } from "@/drizzle/schema/catalog";
import type { Db } from "@/server/platform/db";

/** More rows of a view are online; its watermark never goes back, and null leaves it. */
export async function addOnlineRows(db: Db, projectId: string, definitionId: string, rows: number, watermark: Date | null): Promise<void> {
  await db
    .insert(onlineState)
    .values({ definitionId, projectId, watermark, rowsWritten: rows })
    .onConflictDoUpdate({
      target: onlineState.definitionId,
      set: { watermark: sql`greatest(online_state.watermark, excluded.watermark)`, rowsWritten: sql`online_state.rows_written + excluded.rows_written`, updatedAt: sql`now()` },
    });
}
