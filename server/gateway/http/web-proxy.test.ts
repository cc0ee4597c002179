/** What a client sees of a page that the web process answers, and what is counted of it. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeTokens } from "@/server/access/identities";
import { testProject } from "@/server/platform/testing/project";
import { type ServedGateway, serveGateway } from "../testing/serve";

let gateway: ServedGateway;
let admin = "";
let token = "";

beforeAll(async () => {
  const tokens = await makeTokens(await testProject());
  token = tokens.viewer;
  admin = tokens.admin;
  gateway = await serveGateway((request, response) => {
    const isHead = request.method === "HEAD";
    if (request.url === "/moved") response.writeHead(307, { location: "/sign-in", "set-cookie": ["a=1", "b=2"] }).end();
    else if (request.url?.startsWith("/told")) response.writeHead(200, { "content-type": "text/plain" }).end(request.headers["x-page-path"]);
    else if (request.url === "/page") response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(isHead ? undefined : "<!doctype html>");
    else response.writeHead(404, { "content-type": "text/html; charset=utf-8" }).end(isHead ? undefined : "<!doctype html>none");
  });
});
afterAll(() => gateway.stop());

const ask = (path: string, method = "GET", headers: Record<string, string> = {}) => fetch(`${gateway.url}${path}`, { method, redirect: "manual", headers });

async function samples(): Promise<string[]> {
  const text = await (await ask("/metrics", "GET", { authorization: `Bearer ${admin}` })).text();
  return text.split("\n").filter((line) => line.startsWith("slipway_http_requests_total"));
}

async function countOf(labels: Record<string, string | number>): Promise<number> {
  const wanted = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  const found = (await samples()).filter((line) => wanted.every((label) => line.includes(label)));
  return found.reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
}

describe("a page", () => {
  it.each(["/moved", "/page", "/absent"])("%s answers HEAD with the status and headers of GET", async (path) => {
    const [get, head] = [await ask(path), await ask(path, "HEAD")];
    const comparable = (response: Response) => {
      const headers = Object.fromEntries(response.headers);
      for (const name of ["date", "x-request-id", "connection", "keep-alive", "transfer-encoding", "content-length"]) delete headers[name];
      headers["content-security-policy"] = headers["content-security-policy"]?.replace(/nonce-[^']+/, "nonce") ?? "";
      return { status: response.status, headers };
    };
    expect(comparable(head)).toEqual(comparable(get));
    expect(head.headers.has("x-hono-already-sent")).toBe(false);
    expect(await head.text()).toBe("");
  });

  it("knows its own address, which nobody else may tell it", async () => {
    expect(await (await ask("/told?version=3", "GET", { "x-page-path": "/elsewhere" })).text()).toBe("/told?version=3");
  });

  it("is counted with the status that was sent, under the route web", async () => {
    const before = await countOf({ route: "web", status: 404 });
    const moved = await countOf({ route: "web", status: 307 });
    await ask("/absent/a-name-of-its-own");
    await ask("/absent/another");
    await ask("/moved", "HEAD");
    expect(await countOf({ route: "web", status: 404 })).toBe(before + 2);
    expect(await countOf({ route: "web", status: 307 })).toBe(moved + 1);
    expect((await samples()).join("\n")).not.toContain("a-name-of-its-own");
  });
});

it("a live stream names its request, and answers HEAD without opening one", async () => {
  const project = { authorization: `Bearer ${token}` };
  const stream = await ask("/live", "GET", project);
  expect(stream.headers.get("x-request-id")).toMatch(/\w/);
  await stream.body?.cancel();
  const head = await ask("/live", "HEAD", project);
  expect([head.status, head.headers.get("content-type"), head.headers.has("x-hono-already-sent")]).toEqual([200, "text/event-stream", false]);
});

describe("a protocol's request", () => {
  it("is counted by its route pattern and status", async () => {
    const project = { authorization: `Bearer ${token}` };
    await ask("/api/v1/models/one", "GET", project);
    await ask("/api/v1/models/two", "GET", project);
    await ask("/api/v1/models");
    await ask("/v2/models/one", "GET", project);
    await ask("/api/2.0/mlflow/runs/get?run_id=x", "GET", project);
    expect(await countOf({ route: "/api/v1/models/:name", method: "GET", status: 404 })).toBe(2);
    expect(await countOf({ route: "/api/v1/models", status: 401 })).toBe(1);
    expect(await countOf({ route: "/v2/models/:name", status: 404 })).toBe(1);
    expect(await countOf({ route: "/api/2.0/mlflow/runs/get", status: 400 })).toBe(1);
    expect(await countOf({ route: "/*" })).toBe(0);
  });

  it("that is refused at the door is counted as refused", async () => {
    await ask("/x", "POST", { origin: "https://evil.example" });
    expect(await countOf({ route: "refused", status: 403 })).toBe(1);
  });

  it("with a method of its own adds one label, not many", async () => {
    await ask("/x", "PROPFIND");
    await ask("/x", "LINK");
    expect(await countOf({ method: "other" })).toBeGreaterThanOrEqual(2);
    expect(await countOf({ method: "PROPFIND" })).toBe(0);
  });
});
