/** Where alerts are sent. Browser-safe. */
import { z } from "zod";
import type { DeliverySummary } from "./alert";
import { MonitorName, Text } from "./definition";

export const channelKinds = ["webhook"] as const;
export type ChannelKind = (typeof channelKinds)[number];

const HttpUrl = z
  .url({ protocol: /^https?$/, message: "an http or https URL" })
  .max(2_000)
  .refine((text) => URL.canParse(text) && new URL(text).username === "" && new URL(text).password === "", "a URL without a user or password");
export const WebhookConfig = z.object({ url: HttpUrl });

export const alertEvents = ["alert.firing", "alert.acknowledged", "alert.resolved"] as const;
export type AlertEvent = (typeof alertEvents)[number];

/** Names no monitor: hears of all, also of those made later. */
const Monitors = z.array(MonitorName).max(200);
const Events = z.array(z.enum(alertEvents)).min(1, "at least one event").max(alertEvents.length);

export const CreateChannelInput = z.object({
  name: Text(100).min(1), kind: z.enum(channelKinds).default("webhook"), config: WebhookConfig, monitors: Monitors.default([]), events: Events.default([...alertEvents]),
  /** A Standard Webhooks secret; made here when none is given. */
  secret: z.string().regex(/^whsec_[A-Za-z0-9+/]{32,128}={0,2}$/, "whsec_ and base64 of at least 24 bytes").nullable().default(null),
});
export const ChannelRef = z.object({ channelId: z.uuid() });
export const UpdateChannelInput = ChannelRef.extend({
  name: Text(100).min(1).optional(), config: WebhookConfig.optional(), isEnabled: z.boolean().optional(), monitors: Monitors.optional(), events: Events.optional(),
});
export const ListDeliveriesInput = ChannelRef.extend({ limit: z.number().int().min(1).max(200).default(50) });

/** What a test shot is told as: of no alert, and sent also while the channel is off. */
export const testEvent = "test";

/** So often a delivery is sent before it is given up, with growing pauses. */
export const deliveryTries = 8;

export type ChannelView = {
  id: string; name: string; kind: ChannelKind; url: string; isEnabled: boolean; monitors: string[]; events: AlertEvent[]; createdBy: string; createdAt: Date;
  lastDelivery: DeliverySummary | null;
};
