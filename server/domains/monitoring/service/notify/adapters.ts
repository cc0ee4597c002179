/** How each kind of channel is sent to. */
import { type ChannelKind, WebhookConfig } from "../../contract/channel";
import { refusalOf, sendWebhook, type WebhookAnswer } from "./send-webhook";

export type ChannelAdapter = {
  send(message: { id: string; config: unknown; secret: string; payload: unknown }): Promise<WebhookAnswer>;
  /** Why nothing would be sent to a config as it stands; null when only sending will tell. */
  refusal(config: unknown): Promise<string | null>;
  /** What a page may show of where it goes. */
  target(config: unknown): string;
};

export const adapters: Record<ChannelKind, ChannelAdapter> = {
  webhook: {
    send: ({ config, ...message }) => sendWebhook({ ...message, url: WebhookConfig.parse(config).url }),
    refusal: (config) => refusalOf(WebhookConfig.parse(config).url),
    target: (config) => WebhookConfig.parse(config).url,
  },
};
