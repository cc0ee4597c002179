/** Alerts and the incident room. Browser-safe. */
import { z } from "zod";
import { MonitorName, Text } from "./definition";

export const alertStates = ["firing", "acknowledged", "resolved"] as const;
export type AlertState = (typeof alertStates)[number];
export const alertMoves = ["acknowledge", "resolve"] as const;
export type AlertMove = (typeof alertMoves)[number];

export const AlertRef = z.object({ alertId: z.uuid() });
export const ListAlertsInput = z.object({
  monitor: MonitorName.nullable().default(null), state: z.enum(["open", "all"]).default("all"), before: z.uuid().nullable().default(null), limit: z.number().int().min(1).max(200).default(50),
});
export const AcknowledgeAlertInput = AlertRef.extend({ note: Text(2_000).default("") });
export const ResolveAlertInput = AlertRef.extend({ note: Text(2_000).default("") });

export type BrokenColumn = { column: string; value: number; low: number | null; high: number | null; ratio: number };
/** A column over an alert's life: its worst window, and how many of its windows broke the limit; null of alerts from before they were counted. */
export type BrokenOver = BrokenColumn & { startsAt: string; endsAt: string; windows: number | null };
/** The window that opened it: which columns, on how many rows, answered by which version, received when (server's clock). */
export type AlertEvidence = { columns: BrokenColumn[]; rows: number; modelVersion: number; receivedFrom: string | null; receivedTo: string | null; watermark: string };

export type AlertView = {
  id: string; monitor: string; model: string; rule: string; state: AlertState; dedupKey: string; title: string; startsAt: Date; endsAt: Date; lastEndsAt: Date; resolvedEndsAt: Date | null;
  windows: number; evidence: AlertEvidence;
  /** What broke its limit so far, worst first; grows while the alert is open. */
  broken: BrokenOver[]; firedAt: Date; acknowledgedAt: Date | null; acknowledgedBy: string | null; acknowledgedNote: string; resolvedAt: Date | null; resolvedBy: string | null; resolvedNote: string;
};

/** `path` leads to what was changed, within its project; null of what is gone. */
export type ChangeView = { at: Date; what: string; who: string; whoKind: string; kind: string; subject: string; id: string | null; details: unknown; path: string | null };
export type OwnerView = { of: string; owner: string };
export type DeliverySummary = { id: string; alertId: string | null; channel: string; event: string; state: string; attempts: number; lastStatus: number | null; lastError: string | null; lastMs: number | null; lastAttemptAt: Date | null; nextAttemptAt: Date | null; createdAt: Date; deliveredAt: Date | null };
export type IncidentView = {
  alert: AlertView; description: string; runbook: string; owners: OwnerView[];
  /** What the project changed between these two moments of the server's clock: while the window's traffic was received, and as long before. */
  changes: ChangeView[]; changesFrom: Date; changesTo: Date; champions: { version: number; from: Date; to: Date | null; by: string }[]; deliveries: DeliverySummary[]; steps: string[];
};
