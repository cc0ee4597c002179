/** Which wire protocol answers where, and whose tokens it knows. */
import { resolveAttempt } from "./agent/attempt-identity";
import { agentRoutes } from "./agent/routes";
import type { GatewayApp } from "./app";
import { addTokenResolver } from "./http/identify";
import { inferenceRoutes } from "./inference/routes";
import { mlflowRoutes } from "./mlflow/routes";

export function mountProtocols(app: GatewayApp): void {
  addTokenResolver(resolveAttempt);
  app.route("/agent", agentRoutes);
  app.route("/", mlflowRoutes);
  app.route("/", inferenceRoutes);
}
