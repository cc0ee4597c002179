/** When the server received the inferences of a stretch of the stream: the bridge between the two clocks. */
import { and, eq, gt, gte, lt, sql } from "drizzle-orm";
import { inferences } from "@/drizzle/schema/models";
import type { Db } from "@/server/platform/db";

export async function receivedBetween(db: Db, monitor: { modelId: string; streamStart: number }, from: Date, to: Date): Promise<{ from: Date; to: Date } | null> {
  const [row] = await db
    .select({ from: sql<string | null>`min(received_at)`, to: sql<string | null>`max(received_at)` })
    .from(inferences)
    .where(and(eq(inferences.modelId, monitor.modelId), gt(inferences.sequence, monitor.streamStart), gte(inferences.eventTime, from), lt(inferences.eventTime, to)));
  return row?.from && row.to ? { from: new Date(row.from), to: new Date(row.to) } : null;
}
