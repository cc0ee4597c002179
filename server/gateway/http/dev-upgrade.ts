/** `npm run dev` only: passes Next.js' reload channel, a WebSocket, through to it. */
import type { EventEmitter } from "node:events";
import type { IncomingMessage } from "node:http";
import { connect } from "node:net";
import type { Duplex } from "node:stream";
import { env } from "@/server/platform/env";
import { allowedHosts } from "./guard";

function isOwn({ url, headers }: IncomingMessage, hosts: ReadonlySet<string>): boolean {
  const origin = headers.origin;
  return (
    url?.startsWith("/_next/") === true &&
    hosts.has(headers.host ?? "") &&
    (origin === undefined || [...hosts].some((host) => origin.endsWith(`//${host}`)))
  );
}

function pass(request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const upstream = connect({ path: env().SLIPWAY_WEB_SOCKET ?? "" }, () => {
    const lines = [`${request.method} ${request.url} HTTP/1.1`];
    for (let i = 0; i < request.rawHeaders.length; i += 2)
      lines.push(`${request.rawHeaders[i]}: ${request.rawHeaders[i + 1]}`);
    upstream.write(`${lines.join("\r\n")}\r\n\r\n`);
    upstream.write(head);
    upstream.pipe(socket).pipe(upstream);
  });
  upstream.on("error", () => socket.destroy());
  socket.on("error", () => upstream.destroy());
}

export function passUpgrades(server: EventEmitter, port: number): void {
  const hosts = allowedHosts(port);
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (isOwn(request, hosts)) pass(request, socket, head);
    else socket.destroy();
  });
}
