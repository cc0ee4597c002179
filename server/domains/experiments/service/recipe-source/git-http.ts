/** HTTP for git, of which nothing is trusted: where it leads, how much it sends, how long it takes. */
import { type IncomingMessage, request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { GitHttpRequest, GitHttpResponse, HttpClient } from "isomorphic-git";
import { Invalid, TooLarge, Unavailable } from "@/server/platform/errors";
import { outboundGuard, RefusedAddress } from "@/server/platform/outbound/guard";

export const gitGuard = outboundGuard("SLIPWAY_ALLOW_PRIVATE_GIT");

export type HttpLimits = { maxBytes: number; signal: AbortSignal };

const redirectsAtMost = 3;
const field = "url";

async function collected(body: GitHttpRequest["body"]): Promise<Buffer | undefined> {
  if (!body) return undefined;
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts);
}

type Hop = { url: URL; method: string; headers: Record<string, string>; body: Buffer | undefined };

function send({ url, method, headers, body }: Hop, signal: AbortSignal): Promise<IncomingMessage> {
  gitGuard.assertTarget(url);
  const send = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(url, { method, headers: { ...headers, "user-agent": "git/slipway" }, agent: false, signal, ...gitGuard.lookup() }, resolve);
    gitGuard.watch(request, url.hostname);
    request.on("error", reject);
    request.end(body);
  });
}

/** What to ask next; null where the answer stands. Credentials go to no other origin. */
function redirectOf(hop: Hop, { statusCode = 0, headers }: IncomingMessage): Hop | null {
  if (![301, 302, 307, 308].includes(statusCode) || !headers.location) return null;
  const url = new URL(headers.location, hop.url);
  assertScheme(url);
  if (hop.url.protocol === "https:" && url.protocol !== "https:") throw new Invalid("The repository's server leads from https to http: that is not followed.", { field });
  if (url.origin === hop.url.origin) return { ...hop, url };
  const { Authorization: _, authorization: __, ...rest } = hop.headers;
  return { ...hop, url, headers: rest };
}

/** Without TLS only inside a network that was opened for it. */
export function assertScheme(url: URL): void {
  if (url.protocol === "https:" || (url.protocol === "http:" && !gitGuard.isGuarding())) return;
  throw new Invalid("An https address is needed.", { field });
}

async function* counted(answer: IncomingMessage, budget: { left: number }): AsyncGenerator<Uint8Array> {
  for await (const part of answer) {
    budget.left -= (part as Buffer).length;
    if (budget.left < 0) throw new TooLarge("The repository is too large: its latest state is more than 64 MiB packed.", { field });
    yield part as Buffer;
  }
}

/** One client a fetch: the budget is of all its answers together. */
export function gitHttp({ maxBytes, signal }: HttpLimits): HttpClient {
  const budget = { left: maxBytes };
  const request = async (asked: GitHttpRequest): Promise<GitHttpResponse> => {
    let hop: Hop = { url: new URL(asked.url), method: asked.method ?? "GET", headers: { ...asked.headers }, body: await collected(asked.body) };
    for (let hops = 0; ; hops += 1) {
      const answer = await send(hop, signal);
      const next = redirectOf(hop, answer);
      if (!next) {
        const headers = Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)]));
        return { url: hop.url.href, method: hop.method, headers, statusCode: answer.statusCode ?? 0, statusMessage: answer.statusMessage ?? "", body: counted(answer, budget) };
      }
      answer.destroy();
      if (hops >= redirectsAtMost) throw new Invalid("The repository's server redirects without end.", { field });
      hop = next;
    }
  };
  return { request };
}

/** A failed connection as a sentence; null for what is none. */
export function connectionFault(error: unknown, host: string): Error | null {
  if (error instanceof RefusedAddress) return new Invalid(error.message, { field });
  if (!(error instanceof Error)) return null;
  if (error.name === "TimeoutError" || error.name === "AbortError") return new Unavailable(`${host} took too long: after two minutes the fetch was ended.`, { field });
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return new Invalid(`There is no host ${host}, or its name can't be looked up.`, { field });
  if (/^(E[A-Z]+|ERR_TLS_.*|CERT_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*|UNABLE_.*)$/.test(code)) return new Unavailable(`${host} can't be reached (${code}).`, { field });
  return null;
}
