/** Errors as RFC 9457 problem documents, for our own HTTP API and whatever has no protocol of its own. */
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { ServiceError } from "@/server/platform/errors";
import { logger } from "@/server/platform/log";
import { requestIdOf } from "./identify";

export type Fault = { status: ContentfulStatusCode; code: string; message: string; detail: Record<string, unknown> };

/** What a client may know of an error. An unknown one is logged, and shows only its request id. */
export function faultOf(error: unknown, requestId: string): Fault {
  if (error instanceof ServiceError) {
    return { status: error.status as ContentfulStatusCode, code: error.code, message: error.message, detail: error.detail };
  }
  if (error instanceof HTTPException) {
    return { status: error.status as ContentfulStatusCode, code: "Invalid", message: error.message, detail: {} };
  }
  if (error instanceof SyntaxError) return { status: 400, code: "Invalid", message: `The body is not JSON: ${error.message}`, detail: {} };
  if (isDatabaseGone(error)) {
    return { status: 503, code: "Unavailable", message: "The database does not answer; it is being restarted. Try again in a moment.", detail: {} };
  }
  logger.error({ err: error, requestId }, "a request failed");
  return { status: 500, code: "Internal", message: `Something failed on the server (request ${requestId}).`, detail: {} };
}

const goneCodes = new Set(["ECONNREFUSED", "ECONNRESET", "ENOENT", "57P01", "57P02", "57P03", "08006", "08001", "EPIPE"]);

function isDatabaseGone(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const code = "code" in at ? at.code : undefined;
    if (typeof code === "string" && goneCodes.has(code) && "syscall" in at) return true;
    if (typeof code === "string" && /^(57P|08)/.test(code)) return true;
    if (/Connection terminated|timeout exceeded when trying to connect/.test(at.message)) return true;
  }
  return false;
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
