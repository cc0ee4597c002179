/**
 * Sends one signed webhook. The address is judged where the connection is made, so that neither a name that resolves
 * to an inner address nor one that changes its mind gets through; redirects are not followed.
 */
import { lookup as resolveName, type LookupAddress } from "node:dns";
import { request as httpRequest, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { env } from "@/server/platform/env";
import { isPublicAddress } from "../../rules/webhook/address";
import { signWebhook } from "../../rules/webhook/webhook-signature";
import { resolveAddresses } from "./resolve-addresses";

export type WebhookMessage = { id: string; url: string; secret: string; payload: unknown };
/** `isFinal`: trying again would be refused again. */
export type WebhookAnswer = { status: number | null; error: string | null; isFinal?: boolean };

const timeoutMs = 10_000;
const maxErrorLength = 500;

class RefusedAddress extends Error {}

/** Which address it is stays unsaid: it would tell of a network that whoever asks may not see. */
const refusal = (host: string) => new RefusedAddress(`${host} leads to what is not a public address. SLIPWAY_ALLOW_PRIVATE_WEBHOOKS=true allows it.`);

/** Every address a name resolves to must be public, for any of them may be connected to. */
const guardedLookup: LookupFunction = (host, options, callback) => {
  resolveName(host, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const inner = addresses?.find(({ address }) => !isPublicAddress(address));
    const [first] = addresses ?? [];
    if (error || !first) return callback(error ?? new Error(`${host} has no address`), "", 4);
    if (inner) return callback(refusal(host), "", 4);
    if (options.all) return callback(null, addresses);
    callback(null, first.address, first.family);
  });
};

/** A name is judged when it is looked up; an address is written out already. */
function assertTarget(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw refusal(host);
}

const isGuarding = (): boolean => env().SLIPWAY_ALLOW_PRIVATE_WEBHOOKS !== "true";

/** Names without a dot are a local network's, whatever its search domains make of them. */
const isLocalName = (host: string): boolean => !host.replace(/\.$/, "").includes(".") || /\.localhost\.?$/.test(host);

/** Why nothing would be sent to this URL as it stands; null when only sending will tell. Sending looks again, for a name may change its mind. */
export async function refusalOf(url: string): Promise<string | null> {
  if (!isGuarding()) return null;
  const host = new URL(url).hostname.replace(/^\[|\]$/g, "");
  const addresses = isIP(host) !== 0 ? [host] : isLocalName(host) ? ["127.0.0.1"] : await resolveAddresses(host);
  return addresses.every(isPublicAddress) ? null : refusal(host).message;
}

function post(url: URL, body: string, headers: Record<string, string>, isGuarded: boolean): Promise<WebhookAnswer> {
  const options: RequestOptions = { method: "POST", headers, timeout: timeoutMs, agent: false, ...(isGuarded ? { lookup: guardedLookup } : {}) };
  const send = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(url, options, (response) => {
      response.resume();
      const status = response.statusCode ?? 0;
      resolve({ status, error: status >= 200 && status < 300 ? null : `It answered ${status}.` });
    });
    const deadline = setTimeout(() => request.destroy(new Error(`no answer within ${timeoutMs / 1_000} s`)), timeoutMs);
    request.on("socket", (socket) => {
      socket.on("connect", () => {
        const address = socket.remoteAddress ?? "";
        if (isGuarded && !isPublicAddress(address)) request.destroy(refusal(url.hostname));
      });
    });
    request.on("close", () => clearTimeout(deadline));
    request.on("error", reject);
    request.end(body);
  });
}

/** Never throws: what went wrong is part of the delivery's history. */
export async function sendWebhook({ id, url, secret, payload }: WebhookMessage): Promise<WebhookAnswer> {
  const body = JSON.stringify(payload);
  const timestamp = Math.floor(Date.now() / 1_000);
  const isGuarded = isGuarding();
  const headers = {
    "content-type": "application/json", "content-length": String(Buffer.byteLength(body)), "user-agent": "slipway-webhook",
    "webhook-id": id, "webhook-timestamp": String(timestamp), "webhook-signature": signWebhook(secret, id, timestamp, body),
  };
  try {
    const target = new URL(url);
    if (isGuarded) assertTarget(target);
    return await post(target, body, headers, isGuarded);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { status: null, error: message.slice(0, maxErrorLength), isFinal: error instanceof RefusedAddress };
  }
}
