/** When the server received the inferences of a stretch of the stream: the bridge between the two clocks. */
import { and, asc, desc, eq, gt, gte, lt, sql } from "drizzle-orm";
import { inferences } from "@/drizzle/schema/models";
import { labelDays } from "@/drizzle/schema/monitoring";
import type { Db } from "@/server/platform/db";
import type { Timed } from "../rules/clock/windows";

export type Received = { from: Date; to: Date };

export async function receivedBetween(db: Db, monitor: { modelId: string; streamStart: number }, from: Date, to: Date): Promise<Received | null> {
  const [row] = await db
    .select({ from: sql<string | null>`min(received_at)`, to: sql<string | null>`max(received_at)` })
    .from(inferences)
    .where(and(eq(inferences.modelId, monitor.modelId), gt(inferences.sequence, monitor.streamStart), gte(inferences.eventTime, from), lt(inferences.eventTime, to)));
  return row?.from && row.to ? { from: new Date(row.from), to: new Date(row.to) } : null;
}

const endRows = 1_000;

/** The end of a model's log: its last sequence, and the times of its last rows, of those after `streamStart`. */
export async function logEnd(db: Db, modelId: string, streamStart: number): Promise<{ sequence: number; rows: Timed[] }> {
  const { sequence, eventTime, receivedAt } = inferences;
  const rows = await db.select({ sequence, eventTime, receivedAt }).from(inferences).where(and(eq(inferences.modelId, modelId), gt(sequence, streamStart))).orderBy(desc(sequence)).limit(endRows);
  return { sequence: rows[0]?.sequence ?? streamStart, rows };
}

/** Whether rows of a stretch of the stream came after the log's `sequence`. */
export async function hasRowsSince(db: Db, modelId: string, sequence: number, from: Date, to: Date): Promise<boolean> {
  const since = and(eq(inferences.modelId, modelId), gt(inferences.sequence, sequence), gte(inferences.eventTime, from), lt(inferences.eventTime, to));
  const [row] = await db.select({ sequence: inferences.sequence }).from(inferences).where(since).limit(1);
  return row !== undefined;
}

/** The first of a log's rows tell when a model's traffic begins, by its own time; to ask all of them would take long. */
const firstRows = 1_000;

export async function liveFrom(db: Db, modelId: string): Promise<Date | null> {
  const first = db.select({ at: inferences.eventTime }).from(inferences).where(eq(inferences.modelId, modelId)).orderBy(asc(inferences.sequence)).limit(firstRows).as("first");
  const [kept] = await db.select({ at: sql<string | null>`min(${first.at})` }).from(first);
  // The log's old rows are purged; what their labels came to is kept by the day.
  const [labelled] = await db.select({ at: sql<string | null>`min(${labelDays.day})` }).from(labelDays).where(eq(labelDays.modelId, modelId));
  const known = [kept, labelled].flatMap((row) => (row?.at ? [Date.parse(row.at)] : []));
  return known.length > 0 ? new Date(Math.min(...known)) : null;
}
