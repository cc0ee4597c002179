/** What every request passes first: a request id, Host and Origin checks, security headers, a metric, a line in the log. */
import { randomBytes } from "node:crypto";
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context, MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import { env, isSecure, publicUrl } from "@/server/platform/env";
import { Invalid } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { observeRequest } from "./metrics";
import { logRequest } from "./request-log";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/** Host names this server answers to: its public one, the one it is bound to, and loopback, so that a rebound name is refused. */
export function allowedHosts(port: number): Set<string> {
  const url = new URL(publicUrl());
  const bound = env().SLIPWAY_HOST;
  const names = ["localhost", "127.0.0.1", "[::1]", bound.includes(":") ? `[${bound}]` : bound];
  const hosts = names.flatMap((name) => [`${name}:${port}`, ...(port === 80 ? [name] : [])]);
  return new Set([url.host, ...hosts]);
}

export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    // React's development build evaluates strings to rebuild a stack; the one that runs for people does not.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${env().NODE_ENV === "development" ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

export function guard(port: () => number): MiddlewareHandler {
  return async (c, next) => {
    const started = performance.now();
    const requestId = newId();
    c.set("requestId", requestId);
    const refusal = refuse(c.req.raw, port());
    if (refusal) {
      c.res = c.json({ error_code: "PERMISSION_DENIED", message: refusal, title: "Forbidden", status: 403, detail: refusal, requestId }, 403);
    } else {
      await next();
    }
    if (!c.res) return;
    const isSent = c.res === RESPONSE_ALREADY_SENT;
    const route = routeOf(c);
    if (!isSent && route !== webRoute) setHeaders(c.res.headers, requestId);
    // Hono answers HEAD as GET without its body: what would have been streamed is let go.
    if (c.req.method === "HEAD") await c.res.body?.cancel();
    const answered = { route, method: c.req.method, status: isSent ? statusSent(c) : c.res.status };
    observeRequest(answered, started);
    logRequest(c, requestId, answered, started);
  };
}

/** What the web process answered: its own headers stand. */
const webRoute = "web";

/** The pattern of the route that answered, never the raw path: label values stay few. */
function routeOf(c: Context): string {
  const path = routePath(c);
  if (path !== "/*") return path;
  return c.get("isFromWeb") === true ? webRoute : "refused";
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** PostgreSQL keeps no NUL in text, and no name has one; half a surrogate can't be percent-encoded. */
export const refuseAddress: MiddlewareHandler = async (c, next) => {
  if (c.req.url.includes("%00")) throw new Invalid("The address has a NUL character (%00).");
  if (!isDecodable(new URL(c.req.url).pathname)) throw new Invalid("The address is not valid percent-encoding.");
  await next();
};

/** Of an answer written past Hono; 499 when the client left before there was one. */
function statusSent(c: Context<{ Bindings: Partial<HttpBindings> }>): number {
  const { outgoing } = c.env;
  return outgoing?.headersSent ? outgoing.statusCode : 499;
}

/** Why a request is refused before anything reads it; null when it may pass. */
export function refuse(request: Request, port: number): string | null {
  const host = request.headers.get("host") ?? "";
  const hosts = allowedHosts(port);
  if (!hosts.has(host)) return `This server does not answer to the host ${JSON.stringify(host)}. Set SLIPWAY_URL to the address it is reached by.`;
  if (safeMethods.has(request.method)) return null;
  const origin = request.headers.get("origin");
  if (origin && !isOwnOrigin(origin, hosts)) return "Requests from another origin are refused.";
  const site = request.headers.get("sec-fetch-site");
  if (site && site !== "same-origin" && site !== "none") return "Cross-site requests are refused.";
  return null;
}

function isOwnOrigin(origin: string, hosts: Set<string>): boolean {
  try {
    return hosts.has(new URL(origin).host);
  } catch {
    return false;
  }
}

function setHeaders(headers: Headers, requestId: string): void {
  headers.set("x-request-id", requestId);
  headers.set("x-content-type-options", "nosniff");
  headers.set("referrer-policy", "same-origin");
  headers.set("cross-origin-opener-policy", "same-origin");
  headers.set("cross-origin-resource-policy", "same-origin");
  if (!headers.has("content-security-policy")) headers.set("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
  if (isSecure()) headers.set("strict-transport-security", "max-age=31536000; includeSubDomains");
}

export function newNonce(): string {
  return randomBytes(16).toString("base64");
}

/** The client's address; a forwarded one only when a proxy is trusted. */
export function addressOf(forwarded: string | undefined, socketAddress: string | undefined): string {
  if (env().SLIPWAY_TRUST_PROXY === "true" && forwarded) return forwarded.split(",").at(-1)?.trim() ?? "";
  return socketAddress ?? "";
}
