/** From an alert's event to every channel: one delivery each, kept, sent by the queue until it is taken or given up. */
import { createHash } from "node:crypto";
import { z } from "zod";
import { database, type Tx } from "@/server/platform/db";
import { publicUrl } from "@/server/platform/env";
import { findProject } from "@/server/platform/identity/project-access";
import { publishLive } from "@/server/platform/live/publish";
import { defineTask, enqueue, NotTaken } from "@/server/platform/outbox";
import type { AlertView } from "../../contract/alert";
import { alertEvents, type ChannelKind, deliveryTries, testEvent } from "../../contract/channel";
import { findAlert } from "../../store/alerts";
import { type ChannelRow, type DeliveryRow, findDelivery, hasTaken, insertDelivery, listChannelRows, noteAttempt, noteOvertaken, stopDeliveries } from "../../store/channels";
import { adapters } from "./adapters";

const shownColumns = 5;

/** The same event to the same channel has the same id, however often it is told. */
export const deliveryId = (channelId: string, subject: string, event: string): string =>
  `msg_${createHash("sha256").update(`${channelId} ${subject} ${event}`).digest("hex").slice(0, 32)}`;

export function alertPayload(alert: AlertView, event: string, projectSlug: string): Record<string, unknown> {
  const { id, monitor, model, rule, state, dedupKey, title, startsAt, endsAt, lastEndsAt, resolvedEndsAt, evidence, broken } = alert;
  return {
    type: event,
    timestamp: new Date().toISOString(),
    data: {
      alertId: id, dedupKey: `${projectSlug}/${dedupKey}`, project: projectSlug, monitor, model, rule, state, title, window: { startsAt, endsAt }, lastBrokenEndsAt: lastEndsAt, resolvedEndsAt,
      columns: evidence.columns.slice(0, shownColumns), worst: broken.slice(0, shownColumns), rows: evidence.rows, modelVersion: evidence.modelVersion, url: `${publicUrl()}/${projectSlug}/monitoring/alerts/${id}`,
    },
  };
}

const DeliveryRef = z.object({ deliveryId: z.string().max(100) });

/** A channel that is off is sent nothing but the tests that someone asks for by hand. */
const isSilenced = (delivery: DeliveryRow, channel: ChannelRow): boolean => !channel.isEnabled && delivery.event !== testEvent;

/** An alert only goes on: told after a later event, an earlier one would say of it what is no longer so. */
async function isOvertaken({ channelId, alertId, event }: DeliveryRow): Promise<boolean> {
  const later = alertEvents.slice(alertEvents.findIndex((one) => one === event) + 1);
  return alertId !== null && later.length > 0 && hasTaken(database(), channelId, alertId, later);
}

/** Whether a delivery is not to be sent any more, and noted so. */
async function isLeftUnsent(delivery: DeliveryRow, channel: ChannelRow): Promise<boolean> {
  if (isSilenced(delivery, channel)) await stopDeliveries(database(), channel.id);
  else if (await isOvertaken(delivery)) await noteOvertaken(database(), delivery.id);
  else return false;
  publishLive(delivery.projectId, ["channels", `channel:${channel.id}`]);
  return true;
}

/** Sends a delivery that is still open; throws when it was not taken, so that the queue tries again later, unless that can't help. */
export const deliverNotification = defineTask("deliver-notification", DeliveryRef, async (payload, { attempt }) => {
  const found = await findDelivery(database(), payload.deliveryId);
  if (found?.delivery.state !== "pending") return;
  const { delivery, channel } = found;
  if (await isLeftUnsent(delivery, channel)) return;
  const started = performance.now();
  const answer = await adapters[channel.kind as ChannelKind].send({ id: delivery.id, config: channel.config, secret: channel.secret, payload: delivery.payload });
  const isLast = attempt >= deliveryTries || answer.isFinal;
  const state = answer.error === null ? "delivered" : isLast ? "failed" : "pending";
  await noteAttempt(database(), delivery.id, { state, lastStatus: answer.status, lastError: answer.error, lastMs: Math.round(performance.now() - started) });
  publishLive(delivery.projectId, ["channels", `channel:${channel.id}`]);
  if (answer.error !== null && !answer.isFinal) throw new NotTaken(`${channel.name} did not take ${delivery.id}: ${answer.error}`);
});

export async function queueDelivery(tx: Tx, row: { projectId: string; channelId: string; alertId: string | null; event: string; subject: string; payload: unknown }): Promise<string> {
  const { subject, ...rest } = row;
  const id = deliveryId(row.channelId, subject, row.event);
  if (await insertDelivery(tx, { id, ...rest, state: "pending" })) await enqueue(tx, deliverNotification, { deliveryId: id }, { maxAttempts: deliveryTries, key: id });
  return id;
}

const hears = (channel: { isEnabled: boolean; monitors: string[]; events: string[] }, monitor: string, event: string): boolean =>
  channel.isEnabled && channel.events.includes(event) && (channel.monitors.length === 0 || channel.monitors.includes(monitor));

/** An alert's event, to those channels of its project that want to hear of it. */
export async function notifyChannels(projectId: string, { alertId, event }: { alertId: string; event: string }): Promise<void> {
  const alert = await findAlert(database(), projectId, alertId);
  const project = await findProject(database(), projectId);
  if (!alert || !project) return;
  await database().transaction(async (tx) => {
    const channels = await listChannelRows(tx, projectId);
    for (const channel of channels.filter((one) => hears(one, alert.monitor, event))) {
      await queueDelivery(tx, { projectId, channelId: channel.id, alertId, event, subject: alertId, payload: alertPayload(alert, event, project.slug) });
    }
  });
}
