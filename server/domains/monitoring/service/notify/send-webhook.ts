/** Sends one signed webhook, to public addresses only unless the installation allows others; redirects are not followed. */
import { request as httpRequest, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { outboundGuard, RefusedAddress } from "@/server/platform/outbound/guard";
import { signWebhook } from "../../rules/webhook/webhook-signature";

export type WebhookMessage = { id: string; url: string; secret: string; payload: unknown };
/** `isFinal`: trying again would be refused again. */
export type WebhookAnswer = { status: number | null; error: string | null; isFinal?: boolean };

const timeoutMs = 10_000;
const maxErrorLength = 500;

const guard = outboundGuard("SLIPWAY_ALLOW_PRIVATE_WEBHOOKS");

export const { refusalOf } = guard;

function post(url: URL, body: string, headers: Record<string, string>): Promise<WebhookAnswer> {
  const options: RequestOptions = { method: "POST", headers, timeout: timeoutMs, agent: false, ...guard.lookup() };
  const send = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(url, options, (response) => {
      response.resume();
      const status = response.statusCode ?? 0;
      resolve({ status, error: status >= 200 && status < 300 ? null : `It answered ${status}.` });
    });
    const deadline = setTimeout(() => request.destroy(new Error(`no answer within ${timeoutMs / 1_000} s`)), timeoutMs);
    guard.watch(request, url.hostname);
    request.on("close", () => clearTimeout(deadline));
    request.on("error", reject);
    request.end(body);
  });
}

/** Never throws: what went wrong is part of the delivery's history. */
export async function sendWebhook({ id, url, secret, payload }: WebhookMessage): Promise<WebhookAnswer> {
  const body = JSON.stringify(payload);
  const timestamp = Math.floor(Date.now() / 1_000);
  const headers = {
    "content-type": "application/json", "content-length": String(Buffer.byteLength(body)), "user-agent": "slipway-webhook",
    "webhook-id": id, "webhook-timestamp": String(timestamp), "webhook-signature": signWebhook(secret, id, timestamp, body),
  };
  try {
    const target = new URL(url);
    guard.assertTarget(target);
    return await post(target, body, headers);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { status: null, error: message.slice(0, maxErrorLength), isFinal: error instanceof RefusedAddress };
  }
}
