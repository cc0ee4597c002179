import { Hono } from "hono";
import { afterEach, expect, it, vi } from "vitest";
import { z } from "zod";
import { logger } from "@/server/platform/log";
import { type ApiRoute, mountApi } from "./route";

const route = (pieces: () => AsyncIterable<string>): ApiRoute => ({
  method: "get", path: "/rows.csv", summary: "Rows", tag: "test", action: "test.rows", access: "viewer", kind: "query", input: z.object({}), status: 200,
  file: { type: "text/csv", name: "rows.csv" }, call: async () => pieces(),
});

async function take(pieces: () => AsyncIterable<string>): Promise<Response> {
  const app = new Hono();
  mountApi(app, [route(pieces)], "/api");
  return app.request("http://localhost/api/rows.csv");
}

const logged = vi.spyOn(logger, "error").mockImplementation(() => {});
afterEach(() => logged.mockClear());

it("says in the log what broke a file off midway", async () => {
  const broke = new Error("the connection is gone");
  const response = await take(async function* () {
    yield "a\r\n";
    throw broke;
  });
  await expect(response.text()).rejects.toThrow();
  expect(logged).toHaveBeenCalledWith({ err: broke, action: "test.rows" }, "a file broke off while it was sent");
});

it("says nothing of a client that leaves, nor of a file that ends", async () => {
  let isLeft = false;
  const endless = async function* () {
    try {
      for (;;) yield "a".repeat(100_000);
    } finally {
      isLeft = true;
    }
  };
  const reader = (await take(endless)).body?.getReader();
  await reader?.read();
  await reader?.cancel();
  await expect.poll(() => isLeft).toBe(true);
  const whole = await take(async function* () {
    yield "a";
  });
  expect(await whole.text()).toBe("a");
  expect(logged).not.toHaveBeenCalled();
});
