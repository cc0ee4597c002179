/** The gateway's routes: machine protocols, live streams, health and metrics; the rest is the portal's. */
import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { Forbidden } from "@/server/platform/errors";
import { blobRoutes } from "./api/blobs";
import { jobLogRoutes } from "./api/job-log";
import { openApiDocument } from "./api/openapi";
import { mountApi } from "./api/route";
import { apiRoutes } from "./api/routes";
import { guard, refuseAddress } from "./http/guard";
import { isServing, readHealth } from "./http/health";
import { requireIdentity, requireParticipant } from "./http/identify";
import { assertKnownQuery } from "./http/input/known-keys";
import { registry } from "./http/metrics";
import { unknownPath } from "./http/unknown-path";
import { proxyToWeb } from "./http/web-proxy";
import { liveRoutes } from "./live/stream";
import { mountProtocols, problemOf } from "./protocols";

export type GatewayApp = Hono<{ Bindings: HttpBindings }>;

export function createGateway(port: () => number): GatewayApp {
  const app: GatewayApp = new Hono<{ Bindings: HttpBindings }>();
  app.onError((error, c) => problemOf(c.req.path)(c, error));
  app.use("*", guard(port), refuseAddress);
  app.get("/health", async (c) => {
    const health = await readHealth();
    return c.json(health, isServing(health) ? 200 : 503);
  });
  app.get("/health/live", (c) => c.json({ status: "ok" }));
  app.get("/metrics", async (c) => {
    const { actor } = await requireIdentity(c);
    // They tell of all projects: a project's token knows only its own.
    if (!actor.isAdmin) throw new Forbidden("These figures are the whole installation's: send SLIPWAY_ADMIN_TOKEN, which connect.env in the data folder has, or sign in as an instance admin.");
    return c.text(await registry.metrics(), 200, { "content-type": registry.contentType });
  });
  app.get("/api/v1/openapi.json", async (c) => {
    await requireParticipant(c);
    assertKnownQuery(c, []);
    return c.json(openApiDocument(apiRoutes));
  });
  app.route("/api/v1", blobRoutes);
  app.route("/api/v1", jobLogRoutes);
  mountApi(app, apiRoutes, "/api/v1");
  app.all("/api/v1/*", unknownPath(app, requireParticipant));
  app.route("/", liveRoutes);
  mountProtocols(app);
  app.all("*", (c) => proxyToWeb(c));
  return app;
}
