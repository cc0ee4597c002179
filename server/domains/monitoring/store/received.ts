/** When the server received the inferences of a stretch of the stream: the bridge between the two clocks. */
import { and, eq, gte, lt, sql } from "drizzle-orm";
import { inferences } from "@/drizzle/schema/models";
import type { Db } from "@/server/platform/db";

export async function receivedBetween(db: Db, modelId: string, from: Date, to: Date): Promise<{ from: Date; to: Date } | null> {
  const [row] = await db
    .select({ from: sql<string | null>`min(received_at)`, to: sql<string | null>`max(received_at)` })
    .from(inferences)
    .where(and(eq(inferences.modelId, modelId), gte(inferences.eventTime, from), lt(inferences.eventTime, to)));
  return row?.from && row.to ? { from: new Date(row.from), to: new Date(row.to) } : null;
}
