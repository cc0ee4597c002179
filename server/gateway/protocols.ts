/** Which wire protocol answers where. */
import type { GatewayApp } from "./app";
import { mlflowRoutes } from "./mlflow/routes";

export function mountProtocols(app: GatewayApp): void {
  app.route("/", mlflowRoutes);
}
