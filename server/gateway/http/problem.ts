/** Errors as RFC 9457 problem documents, for our own HTTP API and whatever has no protocol of its own. */
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { asServiceError } from "@/server/platform/errors";
import { logger } from "@/server/platform/log";
import { requestIdOf } from "./identify";

export type Fault = { status: ContentfulStatusCode; code: string; message: string; detail: Record<string, unknown> };

/** What a client may know of an error. An unknown one is logged, and shows only its request id. */
export function faultOf(error: unknown, requestId: string): Fault {
  const known = asServiceError(error, (message) => logger.warn({ err: error, requestId }, message));
  if (known) return { status: known.status as ContentfulStatusCode, code: known.code, message: known.message, detail: known.detail };
  if (error instanceof HTTPException) {
    return { status: error.status as ContentfulStatusCode, code: error.status === 405 ? "MethodNotAllowed" : "Invalid", message: error.message, detail: {} };
  }
  logger.error({ err: error, requestId }, "a request failed");
  return { status: 500, code: "Internal", message: `Something failed on the server (request ${requestId}).`, detail: {} };
}

export function problem(c: Context, error: unknown): Response {
  const requestId = requestIdOf(c);
  const { status, code, message, detail } = faultOf(error, requestId);
  const { retryAfterSeconds } = detail;
  if (typeof retryAfterSeconds === "number") c.header("Retry-After", String(Math.ceil(retryAfterSeconds)));
  if (status === 401) c.header("WWW-Authenticate", 'Bearer realm="slipway"');
  return c.json({ type: "about:blank", title: code, status, detail: message, requestId, ...detail }, status, {
    "content-type": "application/problem+json",
  });
}
