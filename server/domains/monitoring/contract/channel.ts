/** Where alerts are sent. Browser-safe. */
import { z } from "zod";
import { Text } from "./definition";

export const channelKinds = ["webhook"] as const;
export type ChannelKind = (typeof channelKinds)[number];

const HttpUrl = z
  .url({ protocol: /^https?$/, message: "an http or https URL" })
  .max(2_000)
  .refine((text) => URL.canParse(text) && new URL(text).username === "" && new URL(text).password === "", "a URL without a user or password");
export const WebhookConfig = z.object({ url: HttpUrl });

export const CreateChannelInput = z.object({
  name: Text(100).min(1), kind: z.enum(channelKinds).default("webhook"), config: WebhookConfig,
  /** A Standard Webhooks secret; made here when none is given. */
  secret: z.string().regex(/^whsec_[A-Za-z0-9+/]{32,128}={0,2}$/, "whsec_ and base64 of at least 24 bytes").nullable().default(null),
});
export const ChannelRef = z.object({ channelId: z.uuid() });
export const ListDeliveriesInput = ChannelRef.extend({ limit: z.number().int().min(1).max(200).default(50) });

export const deliveryStates = ["pending", "delivered", "failed"] as const;
export type DeliveryState = (typeof deliveryStates)[number];

export type ChannelView = {
  id: string; name: string; kind: ChannelKind; url: string; isEnabled: boolean; createdBy: string; createdAt: Date;
  lastDelivery: { state: DeliveryState; at: Date; error: string | null } | null;
};
