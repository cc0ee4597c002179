/** Alerts: what is open, what a person says of it, and the incident room. */
import { loadService } from "@/server/domains/catalog/service/join-plan";
import { championAlias } from "@/server/domains/models/contract";
import { requireModel } from "@/server/domains/models/service/models";
import { listLedger } from "@/server/domains/models/service/promotions";
import type { ProjectContext } from "@/server/platform/context";
import type { Db } from "@/server/platform/db";
import { Conflict, NotFound } from "@/server/platform/errors";
import { mutation, query, type Write } from "@/server/platform/mutation";
import { AcknowledgeAlertInput, type AlertMove, AlertRef, type AlertView, type IncidentView, ListAlertsInput, type OwnerView, ResolveAlertInput } from "../contract/alert";
import { dayMs } from "../contract/definition";
import { alertChanged } from "../events";
import { moveAlertState } from "../rules/alert-state";
import { draftSteps } from "../rules/words";
import { findAlert, listAlertViews, moveAlert } from "../store/alerts";
import { listChangesUpstream } from "../store/changes";
import { listDeliveriesOf } from "../store/channels";
import type { MonitorRow } from "../store/monitors";
import { findUpstream } from "../store/upstream";
import { requireMonitor } from "./apply-monitor";
import { monitorTopics } from "./reference/compute-baseline";

async function requireAlert(db: Db, projectId: string, id: string): Promise<AlertView> {
  const alert = await findAlert(db, projectId, id);
  if (!alert) throw new NotFound(`There is no alert ${id}.`);
  return alert;
}

export const listAlerts = query("monitoring.listAlerts", "viewer", ListAlertsInput, async ({ db, ctx, input }) => {
  const rows = await listAlertViews(db, { projectId: ctx.project.id, monitor: input.monitor, isOpenOnly: input.state === "open", before: input.before, limit: input.limit + 1 });
  const alerts = rows.slice(0, input.limit);
  return { alerts, next: rows.length > input.limit ? (alerts.at(-1)?.id ?? null) : null };
});

const minuteMs = 60_000;

type AlertWrite = Write<ProjectContext, { alertId: string; note: string }>;

async function decide({ tx, ctx, input, subject, emit, publish }: AlertWrite, move: AlertMove): Promise<AlertView> {
  const alert = await requireAlert(tx, ctx.project.id, input.alertId);
  const to = moveAlertState(alert.state, move);
  if (!to) throw new Conflict(`This alert is ${alert.state} already.`);
  const change = move === "acknowledge" ? { acknowledgedBy: ctx.actor.name, acknowledgedNote: input.note } : { resolvedBy: ctx.actor.name, resolvedNote: input.note };
  if (!(await moveAlert(tx, alert.id, [alert.state], to, change))) throw new Conflict("This alert changed a moment ago: read it again.");
  await emit(alertChanged, { alertId: alert.id, event: move === "acknowledge" ? "alert.acknowledged" : "alert.resolved" });
  subject({ kind: "alert", id: alert.id, name: alert.title }, { monitor: alert.monitor, note: input.note });
  publish("alerts", `alert:${alert.id}`, ...monitorTopics(alert.monitor));
  return requireAlert(tx, ctx.project.id, alert.id);
}

export const acknowledgeAlert = mutation("monitoring.acknowledgeAlert", "member", AcknowledgeAlertInput, (write) => decide(write, "acknowledge"));
export const resolveAlert = mutation("monitoring.resolveAlert", "member", ResolveAlertInput, (write) => decide(write, "resolve"));

/** Whom the broken columns belong to: the owners of their views, then the monitor's own. */
async function ownersOf(db: Db, ctx: ProjectContext, monitor: MonitorRow, alert: AlertView): Promise<OwnerView[]> {
  const own = monitor.definition.owner ? [{ of: `monitor ${monitor.name}`, owner: monitor.definition.owner }] : [];
  const model = await requireModel(db, ctx.project.id, alert.model).catch(() => null);
  const loaded = model?.service ? await loadService(db, ctx.project.id, model.service).catch(() => null) : null;
  const broken = new Set(alert.broken.map((one) => one.column));
  const views = (loaded?.views ?? []).filter(({ definition }) => definition.owner && definition.features.some((feature) => broken.has(feature.name)));
  return [...own, ...views.map(({ definition }) => ({ of: `feature view ${definition.name}`, owner: definition.owner }))];
}

/** While the window's traffic came in, and as long before: on the server's clock, by which the audit is kept. */
function changesBetween({ evidence, firedAt }: AlertView): { changesFrom: Date; changesTo: Date } {
  const to = Date.parse(evidence.receivedTo ?? "") || firedAt.getTime();
  const from = Date.parse(evidence.receivedFrom ?? "") || to;
  return { changesFrom: new Date(from - Math.min(dayMs, Math.max(minuteMs, to - from))), changesTo: new Date(to) };
}

export const getAlert = query("monitoring.getAlert", "viewer", AlertRef, async ({ db, ctx, input }): Promise<IncidentView> => {
  const alert = await requireAlert(db, ctx.project.id, input.alertId);
  const monitor = await requireMonitor(db, ctx.project.id, alert.monitor);
  const { description, runbook, rules } = monitor.definition;
  const rule = rules.find((one) => one.name === alert.rule);
  const ledger = await listLedger(ctx, { name: alert.model, alias: championAlias, limit: 20 });
  const between = changesBetween(alert);
  return {
    alert, description, runbook, owners: await ownersOf(db, ctx, monitor, alert), ...between, changes: await listChangesUpstream(db, ctx.project.id, await findUpstream(db, ctx.project.id, monitor.modelId), between.changesFrom, between.changesTo, 50),
    champions: ledger.map(({ version, from, to, by }) => ({ version, from, to, by })),
    deliveries: await listDeliveriesOf(db, { alertId: alert.id }, 50), steps: rule ? draftSteps(rule.measure) : [],
  };
});
