/** The web process: Next.js on a Unix socket, behind the gateway. */
import { rmSync } from "node:fs";
import { createServer } from "node:http";
import next from "next";
import { closeDatabase } from "./platform/db";
import { env } from "./platform/env";
import { onShutdown, reportReady } from "./platform/process/lifecycle";

const { SLIPWAY_WEB_SOCKET, NODE_ENV, SLIPWAY_HOST, SLIPWAY_PORT } = env();
if (!SLIPWAY_WEB_SOCKET) throw new Error("SLIPWAY_WEB_SOCKET is not set: the supervisor starts this process.");

const app = next({ dev: NODE_ENV === "development", hostname: SLIPWAY_HOST, port: SLIPWAY_PORT });
await app.prepare();
const handle = app.getRequestHandler();
rmSync(SLIPWAY_WEB_SOCKET, { force: true });
const server = createServer((request, response) => void handle(request, response));
if (NODE_ENV === "development") server.on("upgrade", app.getUpgradeHandler());
server.listen(SLIPWAY_WEB_SOCKET, reportReady);

onShutdown("web", async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await app.close();
  await closeDatabase();
});
