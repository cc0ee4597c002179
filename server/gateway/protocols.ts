/** Which wire protocol answers where, and whose tokens it knows. */
import type { Context } from "hono";
import { resolveAttempt } from "./agent/attempt-identity";
import { agentRoutes } from "./agent/routes";
import type { GatewayApp } from "./app";
import { requireAgent } from "./agent/require-agent";
import { addTokenResolver, requireParticipant } from "./http/identify";
import { unknownPath } from "./http/unknown-path";
import { problem } from "./http/problem";
import { inferenceProblem } from "./inference/problem";
import { inferenceRoutes } from "./inference/routes";
import { mlflowProblem } from "./mlflow/problem";
import { mlflowRoutes } from "./mlflow/routes";

/** Errors from before a protocol's own routes are worded as it words its own. */
export function problemOf(path: string): (c: Context, error: unknown) => Response {
  if (/^\/v2(\/|$)/.test(path)) return inferenceProblem;
  return /^\/((ajax-)?api\/[23]\.0|version|get-artifact)(\/|$)/.test(path) ? mlflowProblem : problem;
}

export function mountProtocols(app: GatewayApp): void {
  addTokenResolver(resolveAttempt);
  app.route("/agent", agentRoutes);
  app.all("/agent/*", unknownPath(app, requireAgent));
  app.route("/", mlflowRoutes);
  app.route("/", inferenceRoutes);
  app.all("/v2/*", unknownPath(app, requireParticipant));
}
