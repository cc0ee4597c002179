/** SQL of alerts. */
import { and, desc, eq, inArray, lt, ne, sql } from "drizzle-orm";
import { models } from "@/drizzle/schema/models";
import { alerts, monitors } from "@/drizzle/schema/monitoring";
import type { Db, Tx } from "@/server/platform/db";
import type { AlertEvidence, AlertState, AlertView, BrokenOver } from "../contract/alert";

export type AlertRow = typeof alerts.$inferSelect;

export async function openAlertsOf(db: Db, monitorId: string): Promise<AlertRow[]> {
  return db.select().from(alerts).where(and(eq(alerts.monitorId, monitorId), ne(alerts.state, "resolved")));
}

/** False when the rule has an open alert already. */
export async function insertAlert(tx: Tx, row: typeof alerts.$inferInsert): Promise<boolean> {
  const made = await tx.insert(alerts).values(row).onConflictDoNothing().returning({ id: alerts.id });
  return made.length > 0;
}

/** Alerts from before the column was kept know the window that opened them, and not which columns broke the later ones. */
export function brokenOf({ broken, evidence, startsAt, endsAt }: AlertRow): BrokenOver[] {
  if (broken) return broken as BrokenOver[];
  return (evidence as AlertEvidence).columns.map((column) => ({ ...column, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), windows: null }));
}

export async function extendAlert(tx: Tx, id: string, change: { lastEndsAt: Date; title: string; broken: BrokenOver[] }): Promise<void> {
  await tx.update(alerts).set({ ...change, windows: sql`windows + 1` }).where(and(eq(alerts.id, id), ne(alerts.state, "resolved")));
}

type Change = Partial<Pick<AlertRow, "resolvedEndsAt" | "resolvedBy" | "acknowledgedBy" | "acknowledgedNote" | "resolvedNote">>;

/** Moves an alert on from the states named; false when it is elsewhere by now. */
export async function moveAlert(tx: Tx, id: string, from: readonly AlertState[], to: AlertState, change: Change): Promise<boolean> {
  const at = to === "resolved" ? { resolvedAt: sql`now()` } : { acknowledgedAt: sql`now()` };
  const moved = await tx.update(alerts).set({ state: to, ...at, ...change }).where(and(eq(alerts.id, id), inArray(alerts.state, [...from]))).returning({ id: alerts.id });
  return moved.length > 0;
}

type Listed = { alert: AlertRow; monitor: string; model: string };

const listed = (db: Db) =>
  db.select({ alert: alerts, monitor: monitors.name, model: models.name }).from(alerts).innerJoin(monitors, eq(monitors.id, alerts.monitorId)).innerJoin(models, eq(models.id, monitors.modelId));

export const alertView = ({ alert, monitor, model }: Listed): AlertView => ({
  id: alert.id, monitor, model, rule: alert.rule, state: alert.state as AlertState, dedupKey: alert.dedupKey, title: alert.title, startsAt: alert.startsAt, endsAt: alert.endsAt,
  lastEndsAt: alert.lastEndsAt, resolvedEndsAt: alert.resolvedEndsAt, windows: alert.windows, evidence: alert.evidence as AlertEvidence, broken: brokenOf(alert), firedAt: alert.firedAt,
  acknowledgedAt: alert.acknowledgedAt, acknowledgedBy: alert.acknowledgedBy, acknowledgedNote: alert.acknowledgedNote, resolvedAt: alert.resolvedAt, resolvedBy: alert.resolvedBy, resolvedNote: alert.resolvedNote,
});

export async function findAlert(db: Db, projectId: string, id: string): Promise<AlertView | null> {
  const [row] = await listed(db).where(and(eq(alerts.projectId, projectId), eq(alerts.id, id)));
  return row ? alertView(row) : null;
}

export type AlertFilter = { projectId: string; monitor: string | null; isOpenOnly: boolean; before: string | null; limit: number };

/** Newest first. */
export async function listAlertViews(db: Db, filter: AlertFilter): Promise<AlertView[]> {
  const filters = [eq(alerts.projectId, filter.projectId)];
  if (filter.monitor !== null) filters.push(eq(monitors.name, filter.monitor));
  if (filter.isOpenOnly) filters.push(ne(alerts.state, "resolved"));
  if (filter.before !== null) filters.push(lt(alerts.id, filter.before));
  return (await listed(db).where(and(...filters)).orderBy(desc(alerts.id)).limit(filter.limit)).map(alertView);
}

/**
 * How many alerts are open and since when: the end of the first broken window, when it was known; else when the last window held again, or the
 * last broken one ended that opened no alert. An earlier round's alerts may lie beyond where the stream is now.
 */
export async function alertFacts(db: Db, monitorIds: readonly string[]): Promise<Map<string, { open: number; openSince: Date | null; calmSince: Date | null }>> {
  if (monitorIds.length === 0) return new Map();
  const result = await db.execute<{ id: string; open: number; open_since: Date | null; calm_since: Date | null }>(sql`
    select m.id, count(a.id) filter (where a.state <> 'resolved') as open, min(a.ends_at) filter (where a.state <> 'resolved') as open_since,
      greatest(
        max(coalesce(a.resolved_ends_at, a.last_ends_at)) filter (where a.state = 'resolved' and coalesce(a.resolved_ends_at, a.last_ends_at) <= m.watermark),
        (select max(w.ends_at) from monitor_windows w where w.monitor_id = m.id and w.verdict = 'breach' and w.ends_at <= m.watermark)
      ) as calm_since
    from monitors m left join alerts a on a.monitor_id = m.id where m.id = any(${sql.param([...monitorIds])}::uuid[]) group by m.id`);
  return new Map(result.rows.map((row) => [row.id, {
    open: row.open, openSince: row.open_since === null ? null : new Date(row.open_since), calmSince: row.calm_since === null ? null : new Date(row.calm_since),
  }]));
}
