/** Standard Webhooks signatures: `v1,` and base64 of HMAC-SHA256 over `id.timestamp.body`. */
import { createHmac, randomBytes } from "node:crypto";

export const newWebhookSecret = (): string => `whsec_${randomBytes(32).toString("base64")}`;

/** `timestamp` in seconds. The secret's base64 part is the key. */
export function signWebhook(secret: string, id: string, timestamp: number, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
}
