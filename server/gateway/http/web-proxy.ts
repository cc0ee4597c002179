/** Streams whatever no protocol answers to Next.js on its Unix socket, with a fresh CSP nonce for its scripts. */
import { type IncomingMessage, type OutgoingHttpHeaders, request as httpRequest } from "node:http";
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context } from "hono";
import { env, isSecure } from "@/server/platform/env";
import { addressOf, contentSecurityPolicy, newNonce } from "./guard";
import { requestIdOf } from "./identify";

/** Headers a client may not set on its own behalf. */
const stripped = ["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-nonce", "x-page-path", "content-security-policy", "x-middleware-subrequest", "connection"];

function requestHeaders(c: Context, nonce: string, csp: string): OutgoingHttpHeaders {
  const { incoming }: HttpBindings = c.env;
  const headers: OutgoingHttpHeaders = { ...incoming.headers };
  for (const name of stripped) delete headers[name];
  headers["x-nonce"] = nonce;
  // A server component does not know its own address, which a sign-in must come back to.
  headers["x-page-path"] = incoming.url;
  // Next.js takes the nonce for its own scripts from the request's policy.
  headers["content-security-policy"] = csp;
  headers["x-request-id"] = requestIdOf(c);
  headers["x-forwarded-for"] = addressOf(c.req.header("x-forwarded-for"), incoming.socket.remoteAddress);
  headers["x-forwarded-proto"] = isSecure() ? "https" : "http";
  headers["x-forwarded-host"] = headers.host;
  return headers;
}

function responseHeaders(response: IncomingMessage, csp: string, requestId: string): OutgoingHttpHeaders {
  const isPage = String(response.headers["content-type"] ?? "").startsWith("text/html");
  return {
    ...response.headers,
    ...(isPage ? { "content-security-policy": csp } : {}),
    "x-request-id": requestId,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    ...(isSecure() ? { "strict-transport-security": "max-age=31536000; includeSubDomains" } : {}),
  };
}

/** An answer to HEAD goes through Hono, which takes one written past it for a GET's. */
function headOnly(response: IncomingMessage, headers: OutgoingHttpHeaders): Response {
  response.resume();
  const answer = new Headers();
  for (const [name, value] of Object.entries(headers)) for (const one of [value ?? []].flat()) answer.append(name, String(one));
  for (const name of ["connection", "keep-alive", "transfer-encoding"]) answer.delete(name);
  return new Response(null, { status: response.statusCode ?? 502, headers: answer });
}

const unavailable = { "content-type": "text/html; charset=utf-8", "retry-after": "2", "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'" };

/** Settles once the answer's head is there, so that its status is known. */
export function proxyToWeb(c: Context): Promise<Response> {
  const { incoming, outgoing }: HttpBindings = c.env;
  c.set("isFromWeb", true);
  const nonce = newNonce();
  const csp = contentSecurityPolicy(nonce);
  const isHead = incoming.method === "HEAD";
  return new Promise((resolve) => {
    const options = { socketPath: env().SLIPWAY_WEB_SOCKET, method: incoming.method, path: incoming.url, headers: requestHeaders(c, nonce, csp) };
    const upstream = httpRequest(options, (response) => {
      const headers = responseHeaders(response, csp, requestIdOf(c));
      if (isHead) return resolve(headOnly(response, headers));
      outgoing.writeHead(response.statusCode ?? 502, headers);
      response.pipe(outgoing);
      resolve(RESPONSE_ALREADY_SENT);
    });
    upstream.on("error", () => {
      if (outgoing.headersSent) return void outgoing.destroy();
      resolve(new Response(isHead ? null : startingPage, { status: 503, headers: { ...unavailable, "x-request-id": requestIdOf(c) } }));
    });
    outgoing.on("close", () => {
      upstream.destroy();
      resolve(RESPONSE_ALREADY_SENT);
    });
    incoming.pipe(upstream);
  });
}

const startingPage = `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="2"><title>Slipway is starting</title>
<body style="font:14px system-ui;margin:20vh auto;max-width:32rem;padding:0 1rem;color-scheme:light dark"><h1 style="font-size:20px">The portal is starting</h1>
<p>Its web process is not up yet, or is being restarted. This page tries again by itself every two seconds. Running jobs, endpoints and clients are not affected.</p></body></html>`;
