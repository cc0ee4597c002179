/** The gateway on a port of its own, in front of a web process that a test writes. */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAdaptorServer } from "@hono/node-server";
import { overrideEnv } from "@/server/platform/env";
import { createGateway } from "../app";

export type ServedGateway = { url: string; stop(): Promise<void> };

const listen = (server: Server, at: string | number) => new Promise<void>((resolve) => server.listen(typeof at === "string" ? { path: at } : { port: at, host: "127.0.0.1" }, resolve));
const close = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

export async function serveGateway(web: RequestListener): Promise<ServedGateway> {
  let port = 0;
  const folder = mkdtempSync(join(tmpdir(), "slipway-web-"));
  const socket = join(folder, "web.sock");
  const behind = createServer(web);
  const front = createAdaptorServer({ fetch: createGateway(() => port).fetch }) as Server;
  await listen(behind, socket);
  await listen(front, 0);
  port = (front.address() as AddressInfo).port;
  overrideEnv({ SLIPWAY_WEB_SOCKET: socket });
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      await close(front);
      await close(behind);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
