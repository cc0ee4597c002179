/** Streams whatever no protocol answers to Next.js on its Unix socket, with a fresh CSP nonce for its scripts. */
import { request as httpRequest } from "node:http";
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context } from "hono";
import { env, isSecure } from "@/server/platform/env";
import { addressOf, contentSecurityPolicy, newNonce } from "./guard";
import { requestIdOf } from "./identify";

/** Headers a client may not set on its own behalf. */
const stripped = ["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-nonce", "content-security-policy", "x-middleware-subrequest", "connection"];

export function proxyToWeb(c: Context<{ Bindings: HttpBindings }>): Response {
  const { incoming, outgoing } = c.env;
  const nonce = newNonce();
  const csp = contentSecurityPolicy(nonce);
  const requestId = requestIdOf(c);
  const headers = { ...incoming.headers };
  for (const name of stripped) delete headers[name];
  headers["x-nonce"] = nonce;
  // Next.js takes the nonce for its own scripts from the request's policy.
  headers["content-security-policy"] = csp;
  headers["x-request-id"] = requestId;
  headers["x-forwarded-for"] = addressOf(c.req.header("x-forwarded-for"), incoming.socket.remoteAddress);
  headers["x-forwarded-proto"] = isSecure() ? "https" : "http";
  headers["x-forwarded-host"] = headers.host;
  const upstream = httpRequest(
    { socketPath: env().SLIPWAY_WEB_SOCKET, method: incoming.method, path: incoming.url, headers },
    (response) => {
      const isPage = String(response.headers["content-type"] ?? "").startsWith("text/html");
      outgoing.writeHead(response.statusCode ?? 502, {
        ...response.headers,
        ...(isPage ? { "content-security-policy": csp } : {}),
        "x-request-id": requestId,
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "x-frame-options": "DENY",
        "cross-origin-opener-policy": "same-origin",
        ...(isSecure() ? { "strict-transport-security": "max-age=31536000; includeSubDomains" } : {}),
      });
      response.pipe(outgoing);
    },
  );
  upstream.on("error", () => {
    if (outgoing.headersSent) return void outgoing.destroy();
    outgoing.writeHead(503, { "content-type": "text/html; charset=utf-8", "retry-after": "2", "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'" });
    outgoing.end(startingPage);
  });
  outgoing.on("close", () => upstream.destroy());
  incoming.pipe(upstream);
  return RESPONSE_ALREADY_SENT;
}

const startingPage = `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="2"><title>Slipway is starting</title>
<body style="font:14px system-ui;margin:20vh auto;max-width:32rem;padding:0 1rem;color-scheme:light dark"><h1 style="font-size:20px">The portal is starting</h1>
<p>Its web process is not up yet, or is being restarted. This page tries again by itself every two seconds. Running jobs, endpoints and clients are not affected.</p></body></html>`;
