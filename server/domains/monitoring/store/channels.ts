/** SQL of channels and what was sent through them. */
import { and, desc, eq, inArray, ne, sql } from "drizzle-orm";
import { channels, deliveries } from "@/drizzle/schema/monitoring";
import type { Db, Tx } from "@/server/platform/db";
import type { DeliverySummary } from "../contract/alert";
import { testEvent } from "../contract/channel";

export type ChannelRow = typeof channels.$inferSelect;
export type DeliveryRow = typeof deliveries.$inferSelect;

export async function findChannel(db: Db, projectId: string, id: string): Promise<ChannelRow | null> {
  const [row] = await db.select().from(channels).where(and(eq(channels.projectId, projectId), eq(channels.id, id)));
  return row ?? null;
}

export const listChannelRows = (db: Db, projectId: string) => db.select().from(channels).where(eq(channels.projectId, projectId)).orderBy(channels.name).limit(500);

export async function insertChannel(tx: Tx, row: typeof channels.$inferInsert): Promise<ChannelRow | null> {
  const [made] = await tx.insert(channels).values(row).onConflictDoNothing().returning();
  return made ?? null;
}

type ChannelChange = Partial<Pick<ChannelRow, "name" | "config" | "isEnabled" | "monitors" | "events" | "secret">>;

export async function changeChannel(tx: Tx, id: string, change: ChannelChange): Promise<ChannelRow | null> {
  const [row] = await tx.update(channels).set(change).where(eq(channels.id, id)).returning();
  return row ?? null;
}

export async function isChannelNameTaken(tx: Tx, projectId: string, name: string, besides: string): Promise<boolean> {
  const rows = await tx.select({ id: channels.id }).from(channels).where(and(eq(channels.projectId, projectId), eq(channels.name, name), ne(channels.id, besides)));
  return rows.length > 0;
}

export const removeChannel = (tx: Tx, id: string) => tx.delete(channels).where(eq(channels.id, id));

/** False when it was asked for already. */
export async function insertDelivery(tx: Tx, row: typeof deliveries.$inferInsert): Promise<boolean> {
  const made = await tx.insert(deliveries).values(row).onConflictDoNothing().returning({ id: deliveries.id });
  return made.length > 0;
}

export async function findDelivery(db: Db, id: string): Promise<{ delivery: DeliveryRow; channel: ChannelRow } | null> {
  const [row] = await db.select({ delivery: deliveries, channel: channels }).from(deliveries).innerJoin(channels, eq(channels.id, deliveries.channelId)).where(eq(deliveries.id, id));
  return row ?? null;
}

export type Outcome = { state: "pending" | "delivered" | "failed"; lastStatus: number | null; lastError: string | null; lastMs: number };

export async function noteAttempt(db: Db, id: string, outcome: Outcome): Promise<void> {
  const deliveredAt = outcome.state === "delivered" ? sql`now()` : null;
  await db.update(deliveries).set({ ...outcome, attempts: sql`attempts + 1`, lastAttemptAt: sql`now()`, deliveredAt }).where(eq(deliveries.id, id));
}

/** What waits for a channel that is off is not sent, also not when it is on again; tests are. */
export async function stopDeliveries(db: Db, channelId: string): Promise<void> {
  const waits = and(eq(deliveries.channelId, channelId), eq(deliveries.state, "pending"), ne(deliveries.event, testEvent));
  await db.update(deliveries).set({ state: "stopped", lastError: "the channel was turned off" }).where(waits);
}

/** Whether a channel has taken one of these events of an alert. */
export async function hasTaken(db: Db, channelId: string, alertId: string, events: readonly string[]): Promise<boolean> {
  const taken = and(eq(deliveries.channelId, channelId), eq(deliveries.alertId, alertId), inArray(deliveries.event, [...events]), eq(deliveries.state, "delivered"));
  const [row] = await db.select({ id: deliveries.id }).from(deliveries).where(taken).limit(1);
  return row !== undefined;
}

export async function noteOvertaken(db: Db, id: string): Promise<void> {
  await db.update(deliveries).set({ state: "overtaken", lastError: "a later event of this alert was taken before it" }).where(and(eq(deliveries.id, id), eq(deliveries.state, "pending")));
}

/** When the queue tries it again; null of one that is settled. */
const nextAttemptAt = sql<Date | null>`(select j.run_at from graphile_worker._private_jobs j where j.key = ${deliveries.id} and ${deliveries.state} = 'pending')`.mapWith((value: string | null) => (value === null ? null : new Date(value)));
const summary = { id: deliveries.id, alertId: deliveries.alertId, channel: channels.name, event: deliveries.event, state: deliveries.state, attempts: deliveries.attempts, lastStatus: deliveries.lastStatus, lastError: deliveries.lastError, lastMs: deliveries.lastMs, lastAttemptAt: deliveries.lastAttemptAt, nextAttemptAt, createdAt: deliveries.createdAt, deliveredAt: deliveries.deliveredAt };

export async function listDeliveriesOf(db: Db, filter: { channelId: string } | { alertId: string }, limit: number): Promise<DeliverySummary[]> {
  const where = "channelId" in filter ? eq(deliveries.channelId, filter.channelId) : eq(deliveries.alertId, filter.alertId);
  return db.select(summary).from(deliveries).innerJoin(channels, eq(channels.id, deliveries.channelId)).where(where).orderBy(desc(deliveries.createdAt)).limit(limit);
}

export async function purgeDeliveries(db: Db, days: number): Promise<void> {
  await db.execute(sql`delete from deliveries where created_at < now() - make_interval(days => ${days}) and state <> 'pending'`);
}
