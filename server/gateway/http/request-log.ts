/** One line a request, so that the request id of an answer leads to what was asked. Never an address: those hold names and links. */
import type { Context } from "hono";
import { logger } from "@/server/platform/log";
import type { Answered } from "./metrics";

/** Asked all the time by machines; of the inferences, statistics and the inference log tell. */
const frequent = new Set(["/health", "/health/live", "/metrics", "/v2/health/live", "/v2/health/ready", "/agent/heartbeat", "/agent/claim"]);
const isFrequent = (route: string): boolean => frequent.has(route) || (route.startsWith("/v2/") && route.endsWith("/infer"));

function levelOf(c: Context, { route, status }: Answered): "debug" | "info" | "warn" {
  if (status >= 500) return "warn";
  if (status >= 400) return "info";
  return isFrequent(route) || c.req.path.startsWith("/_next/") ? "debug" : "info";
}

export function logRequest(c: Context, requestId: string, answered: Answered, started: number): void {
  const level = levelOf(c, answered);
  if (!logger.isLevelEnabled(level)) return;
  const ms = Math.round((performance.now() - started) * 10) / 10;
  logger[level]({ requestId, ...answered, ms, projectId: c.get("projectId") }, "request");
}
