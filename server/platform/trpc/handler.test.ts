/** What the tRPC route says of a request that is none of its own. */
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { expect, it } from "vitest";
import { appRouter } from "@/server/root";

const ask = (init: RequestInit, path = "platform.cancelOperation") => {
  const req = new Request(`http://localhost/api/trpc/${path}`, { method: "POST", ...init });
  return fetchRequestHandler({ endpoint: "/api/trpc", req, router: appRouter, createContext: () => ({ actor: null, requestId: "r" }) });
};

it.each([
  ["text", { headers: { "content-type": "text/plain" }, body: "{}" }, 415, /application\/json/],
  ["no JSON", { headers: { "content-type": "application/json" }, body: "{" }, 400, /JSON/],
  ["another method", { method: "GET" }, 405, /POST|method/i],
])("says what is wanted of %s", async (_, init, status, words) => {
  const response = await ask(init);
  const text = await response.text();
  expect(response.status).toBe(status);
  expect(text).toMatch(words);
  expect(text).not.toMatch(/Something failed|logged/);
});
