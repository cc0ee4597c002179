/** The server: owns the port, answers machine protocols and live streams, and passes the rest to the web process. */
import { createAdaptorServer } from "@hono/node-server";
import { startServing } from "./domains/models/serving/lifecycle";
import { startLeaseKeeper } from "./gateway/agent/lease-keeper";
import { createGateway } from "./gateway/app";
import { passUpgrades } from "./gateway/http/dev-upgrade";
import { startFanOut } from "./gateway/live/stream";
import { closeDatabase, untilDatabaseAnswers } from "./platform/db";
import { env } from "./platform/env";
import { startListening, stopListening } from "./platform/live/listen";
import { logger } from "./platform/log";
import { startHeartbeat } from "./platform/process/heartbeat";
import { onShutdown, reportReady } from "./platform/process/lifecycle";

const { SLIPWAY_HOST, SLIPWAY_PORT } = env();

const app = createGateway(() => SLIPWAY_PORT);
const server = createAdaptorServer({ fetch: app.fetch });
if (env().NODE_ENV === "development") passUpgrades(server, SLIPWAY_PORT);
// Health is told while the database is awaited: what else is asked gets a 503 until then.
await new Promise<void>((resolve) => server.listen(SLIPWAY_PORT, SLIPWAY_HOST, resolve));
await untilDatabaseAnswers();
const stopFanOut = startFanOut();
const stopHeartbeat = startHeartbeat("server");
await startListening();
const stopLeaseKeeper = startLeaseKeeper();
const stopServing = startServing();
logger.info({ host: SLIPWAY_HOST, port: SLIPWAY_PORT }, "serving");
reportReady();

onShutdown("server", async () => {
  stopHeartbeat();
  stopFanOut();
  await stopLeaseKeeper();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    if ("closeIdleConnections" in server) server.closeIdleConnections();
    setTimeout(() => "closeAllConnections" in server && server.closeAllConnections(), 3_000).unref();
  });
  await stopServing();
  await stopListening();
  await closeDatabase();
});
