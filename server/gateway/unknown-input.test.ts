/** What /api/v1 does not know is refused by its name: a misspelt key must not be a default in silence. */
import { beforeAll, describe, expect, it } from "vitest";
import { makeTokens } from "@/server/access/identities";
import { testProject } from "@/server/platform/testing/project";
import { openApiDocument } from "./api/openapi";
import type { JsonSchema } from "./api/route";
import { apiRoutes } from "./api/routes";
import { createGateway } from "./app";

type Operation = { requestBody?: { content: { "application/json": { schema: JsonSchema } } } };

const app = createGateway(() => 4999);
let tokens: Awaited<ReturnType<typeof makeTokens>>;
let slug: string;

beforeAll(async () => {
  const mine = await testProject("owner");
  slug = mine.project.slug;
  tokens = await makeTokens(mine);
});

async function ask(method: string, path: string, body?: object | string, token = tokens.maintainer, headers = {}) {
  const init = {
    method, headers: { host: "localhost:4999", authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
    body: typeof body === "object" ? JSON.stringify(body) : body,
  };
  const response = await app.request(`http://localhost:4999/api/v1${path}`, init);
  const text = await response.text();
  return { status: response.status, ...(text.startsWith("{") ? (JSON.parse(text) as { field?: string; detail?: string }) : {}) };
}

describe("a key of a body that is not known", () => {
  it.each([
    ["POST", "/tokens", { name: "typo", scopes: ["read"], expiresInDay: 1 }, "expiresInDay", "expiresInDays"],
    ["POST", "/tokens", { name: "typo", scopes: ["read"], role: "member" }, "role", "scopes"],
    ["POST", "/catalog/online/read", { view: "none", entities: { a: ["1"] } }, "view", "features"],
    ["POST", "/runs/tag", { runIds: [], tags: [{ key: "a", value: "b" }] }, "runIds", "chosen, tags"],
    ["POST", "/runs/tag", { chosen: { runIds: ["00000000-0000-7000-8000-000000000000"], atMost: 3 }, tags: [{ key: "a", value: "b" }] }, "chosen.atMost", "runIds"],
    ["POST", "/runs/tag", { chosen: { runIds: ["00000000-0000-7000-8000-000000000000"] }, tags: [{ key: "a", value: "b" }, { key: "a", value: "b", x: 1 }] }, "tags.1.x", "key, value"],
    ["POST", "/runs/groups", { experimentNos: [0], by: { scope: "param", key: "a" }, sort: { by: "metric", key: "a", descending: true, way: 1 } }, "sort.way", "by, key, descending"],
    ["POST", "/jobs", { command: ["true"], resources: { cpuz: 3 } }, "resources.cpuz", "cpus"],
    ["POST", "/labels", { model: "m", labels: [{ predictionId: "a", label: 1, at: 3 }] }, "labels.0.at", "label"],
  ])("%s %s %j", async (method, path, body, field, known) => {
    expect(await ask(method, path, body)).toMatchObject({ status: 400, field, detail: expect.stringContaining(known) });
  });

  it("is refused after the token and the role were looked at", async () => {
    const typo = { name: "a", scopes: ["read"], expiresInDay: 1 };
    expect(await ask("POST", "/tokens", typo, tokens.viewer)).toMatchObject({ status: 403 });
    expect(await ask("POST", "/tokens", typo, tokens.garbage)).toMatchObject({ status: 401 });
    expect(await ask("POST", "/projects/default/tokens", typo, tokens.admin)).toMatchObject({ status: 400, field: "expiresInDay" });
  });

  it("has its own name where the schema takes any", async () => {
    expect(await ask("POST", "/recipes", { definition: { name: "r", nonsense: 1 } })).toMatchObject({ status: 400, field: expect.stringContaining("definition") });
    expect(await ask("POST", "/catalog/online/read", { entities: { anything: ["1"] }, features: ["v:f"] })).not.toMatchObject({ field: expect.stringContaining("anything") });
  });

  it("that is in the address too must say the same", async () => {
    expect(await ask("POST", "/monitors/a/reset", { name: "b" })).toMatchObject({ status: 400, field: "name", detail: expect.stringContaining("address") });
    expect(await ask("POST", "/monitors/a/reset", { name: "a" })).toMatchObject({ status: 404 });
  });

  it("and is told so only to who may use the verb", async () => {
    expect(await ask("POST", "/monitors/a/reset", { name: "b" }, tokens.garbage)).toMatchObject({ status: 401 });
    expect(await ask("POST", "/monitors/a/reset", { name: "b" }, tokens.viewer)).toMatchObject({ status: 403 });
  });

  it("and JSON that does not parse only to who may use the verb", async () => {
    expect(await ask("POST", "/tokens", "{bad", tokens.garbage)).toMatchObject({ status: 401 });
    expect(await ask("POST", "/tokens", "{bad", tokens.viewer)).toMatchObject({ status: 403 });
    expect(await ask("POST", "/tokens", "{bad")).toMatchObject({ status: 400, detail: expect.stringContaining("JSON") });
  });

  it.each(['{"__proto__":{"name":"x","scopes":["read"]}}', '{"name":"x","scopes":["read"],"__proto__":{"a":1}}'])("is no way round the others: %s", async (body) => {
    expect(await ask("POST", "/tokens", body)).toMatchObject({ status: 400, field: "__proto__" });
  });

  it("is refused in the OpenAPI document too, as deep as the schema goes, but not where it takes any", async () => {
    const { paths } = openApiDocument(apiRoutes) as { paths: Record<string, Record<string, Operation>> };
    const bodyOf = (path: string) => paths[path]?.post?.requestBody?.content["application/json"].schema;
    expect(bodyOf("/tokens")).toMatchObject({ additionalProperties: false });
    expect(bodyOf("/jobs")).toMatchObject({ additionalProperties: false, properties: { resources: { additionalProperties: false } } });
    expect(bodyOf("/runs/tag")).toMatchObject({ properties: { tags: { items: { additionalProperties: false } } } });
    expect(bodyOf("/catalog/online/read")).toMatchObject({ additionalProperties: false, properties: { entities: { additionalProperties: expect.objectContaining({ type: "array" }) } } });
  });
});

describe("a query parameter", () => {
  it.each(["/jobs?bogus=1", "/runs.csv?experimentNo=0&colums=a", "/runs.parquet?experimentNo=0&bogus=", "/audit.csv?bogus=1", "/jobs/00000000-0000-7000-8000-000000000000/log?bogus=1", "/openapi.json?bogus=1", "/blobs/x?bogus=1"])(
    "that is not known is refused: %s",
    async (path) => {
      expect(await ask("GET", path)).toMatchObject({ status: 400, field: expect.stringMatching(/bogus|colums/) });
    },
  );
  it("that is in the path already is not known, which is told only to who may ask", async () => {
    expect(await ask("GET", "/models/a?name=b")).toMatchObject({ status: 400, field: "name", detail: expect.stringMatching(/query/) });
    expect(await ask("GET", "/models/a?name=b", undefined, tokens.garbage)).toMatchObject({ status: 401 });
  });
  it("that is not known is refused where the input is a body", async () => {
    expect(await ask("POST", "/tokens?dry=1", { name: "a", scopes: ["read"] })).toMatchObject({ status: 400, field: "dry" });
  });
  it("that is given twice is refused, a list is not", async () => {
    expect(await ask("GET", "/jobs?limit=1&limit=2")).toMatchObject({ status: 400, field: "limit", detail: expect.stringContaining("twice") });
    expect(await ask("GET", "/jobs/00000000-0000-7000-8000-000000000000/log?attempt=1&attempt=2")).toMatchObject({ status: 400, field: "attempt" });
    expect(await ask("GET", "/runs.csv?experimentNo=0&columns=name&columns=started")).toMatchObject({ status: 200 });
  });
  it("may name the token's project, and no other", async () => {
    expect(await ask("GET", `/jobs?project=${slug}&limit=1`)).toMatchObject({ status: 200 });
    expect(await ask("POST", `/runs/count?project=${slug}`, { experimentNos: [0] })).toMatchObject({ status: 200 });
    expect(await ask("POST", "/models?project=another", { name: "elsewhere" })).toMatchObject({ status: 403, detail: expect.stringContaining(slug) });
    expect(await ask("GET", "/jobs", undefined, tokens.maintainer, { "x-slipway-project": "another" })).toMatchObject({ status: 403 });
  });
});
