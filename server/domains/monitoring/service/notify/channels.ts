/** Channels: where a project's alerts go, with a test shot and the history of what was sent. */
import { z } from "zod";
import type { ProjectContext } from "@/server/platform/context";
import type { Db } from "@/server/platform/db";
import { Conflict, Invalid, NotFound, unlessTaken } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { mutation, preparedMutation, query, type Read } from "@/server/platform/mutation";
import { type AlertEvent, type ChannelKind, ChannelRef, type ChannelView, CreateChannelInput, ListDeliveriesInput, testEvent, UpdateChannelInput } from "../../contract/channel";
import { newWebhookSecret } from "../../rules/webhook/webhook-signature";
import { changeChannel, type ChannelRow, findChannel, insertChannel, isChannelNameTaken, listChannelRows, listDeliveriesOf, removeChannel, stopDeliveries } from "../../store/channels";
import { adapters } from "./adapters";
import { queueDelivery } from "./deliver";

async function channelView(db: Db, row: ChannelRow): Promise<ChannelView> {
  const kind = row.kind as ChannelKind;
  const [last] = await listDeliveriesOf(db, { channelId: row.id }, 1);
  return {
    id: row.id, name: row.name, kind, url: adapters[kind].target(row.config), isEnabled: row.isEnabled, monitors: row.monitors, events: row.events as AlertEvent[], createdBy: row.createdBy, createdAt: row.createdAt,
    lastDelivery: last ?? null,
  };
}

async function requireChannel(db: Db, projectId: string, id: string): Promise<ChannelRow> {
  const channel = await findChannel(db, projectId, id);
  if (!channel) throw new NotFound(`There is no channel ${id}.`);
  return channel;
}

/** An address or a name that is never sent to is refused now, not in a week when the first alert fires. Asked before the transaction: names take their time. */
async function assertSendable(kind: ChannelKind, config: unknown): Promise<void> {
  const refusal = await adapters[kind].refusal(config);
  if (refusal) throw new Invalid(refusal, { field: "config.url" });
}

const nameTaken = (name: string) => new Conflict(`There is a channel ${name} already.`, { field: "name" });

/** The secret is given once, here. */
export const createChannel = preparedMutation("monitoring.createChannel", "maintainer", CreateChannelInput, ({ input }) => assertSendable(input.kind, input.config), async ({ tx, ctx, input, subject, publish }) => {
  const secret = input.secret ?? newWebhookSecret();
  const { name, kind, config, monitors, events } = input;
  const row = await insertChannel(tx, { id: newId(), projectId: ctx.project.id, name, kind, config, monitors, events, secret, createdBy: ctx.actor.name });
  if (!row) throw nameTaken(name);
  subject({ kind: "channel", id: row.id, name }, { kind, target: adapters[kind].target(config) });
  publish("channels");
  return { ...(await channelView(tx, row)), secret };
});

export const listChannels = query("monitoring.listChannels", "viewer", z.object({}), async ({ db, ctx }): Promise<ChannelView[]> => {
  const rows = await listChannelRows(db, ctx.project.id);
  return Promise.all(rows.map((row) => channelView(db, row)));
});

async function assertChangeSendable({ db, ctx, input: { channelId, config } }: Read<ProjectContext, z.output<typeof UpdateChannelInput>>): Promise<void> {
  if (config) await assertSendable((await requireChannel(db, ctx.project.id, channelId)).kind as ChannelKind, config);
}

/** Where it goes, what it hears of, or whether it is on; what is not given stays. */
export const updateChannel = preparedMutation("monitoring.updateChannel", "maintainer", UpdateChannelInput, assertChangeSendable, async ({ tx, ctx, input, subject, publish }) => {
  const { channelId, ...change } = input;
  const channel = await requireChannel(tx, ctx.project.id, channelId);
  if (change.name !== undefined && (await isChannelNameTaken(tx, ctx.project.id, change.name, channel.id))) throw nameTaken(change.name);
  const row = await unlessTaken(changeChannel(tx, channel.id, change), () => nameTaken(change.name ?? channel.name));
  if (!row) throw new NotFound(`There is no channel ${channelId}.`);
  if (!row.isEnabled) await stopDeliveries(tx, row.id);
  subject({ kind: "channel", id: row.id, name: row.name }, change);
  publish("channels", `channel:${row.id}`);
  return channelView(tx, row);
});

/** A new secret, given once, here; what is sent from now on is signed with it. */
export const rotateChannelSecret = mutation("monitoring.rotateChannelSecret", "maintainer", ChannelRef, async ({ tx, ctx, input, subject, publish }) => {
  const channel = await requireChannel(tx, ctx.project.id, input.channelId);
  const secret = newWebhookSecret();
  await changeChannel(tx, channel.id, { secret });
  subject({ kind: "channel", id: channel.id, name: channel.name });
  publish("channels");
  return { secret };
});

export const deleteChannel = mutation("monitoring.deleteChannel", "maintainer", ChannelRef, async ({ tx, ctx, input, subject, publish }) => {
  const channel = await requireChannel(tx, ctx.project.id, input.channelId);
  await removeChannel(tx, channel.id);
  subject({ kind: "channel", id: channel.id, name: channel.name });
  publish("channels");
  return {};
});

const testPayload = (ctx: ProjectContext, channel: ChannelRow) => ({
  type: testEvent, timestamp: new Date().toISOString(), data: { project: ctx.project.slug, channel: channel.name, by: ctx.actor.name, message: "This is what an alert of this project will come as. Nothing is wrong." },
});

/** Sends a test through the same queue, signature and retries as an alert. */
export const testChannel = mutation("monitoring.testChannel", "member", ChannelRef, async ({ tx, ctx, input, subject, publish }) => {
  const channel = await requireChannel(tx, ctx.project.id, input.channelId);
  subject({ kind: "channel", id: channel.id, name: channel.name });
  publish("channels");
  const deliveryId = await queueDelivery(tx, { projectId: ctx.project.id, channelId: channel.id, alertId: null, event: testEvent, subject: newId(), payload: testPayload(ctx, channel) });
  return { deliveryId };
});

export const listDeliveries = query("monitoring.listDeliveries", "viewer", ListDeliveriesInput, async ({ db, ctx, input }) => {
  const channel = await requireChannel(db, ctx.project.id, input.channelId);
  return listDeliveriesOf(db, { channelId: channel.id }, input.limit);
});
