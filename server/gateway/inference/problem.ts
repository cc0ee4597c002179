/** The Open Inference Protocol's errors: any status but 200, and `{"error": sentence}`. */
import type { Context } from "hono";
import { requestIdOf } from "../http/identify";
import { faultOf } from "../http/problem";

export function inferenceProblem(c: Context, error: unknown): Response {
  const { status, message, detail } = faultOf(error, requestIdOf(c));
  if (status === 401) c.header("WWW-Authenticate", 'Bearer realm="slipway"');
  if (typeof detail.retryAfterSeconds === "number") c.header("Retry-After", String(Math.ceil(detail.retryAfterSeconds)));
  return c.json({ error: message }, status);
}
