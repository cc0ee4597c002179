/** NaN and the infinities come back over /api/v1 wherever a metric is read. */
import { beforeAll, expect, it } from "vitest";
import { makeTokens } from "@/server/access/identities";
import { logBatch } from "@/server/domains/experiments/service/log";
import { createRun } from "@/server/domains/experiments/service/runs";
import { testProject } from "@/server/platform/testing/project";
import { createGateway } from "../app";

const app = createGateway(() => 4999);
let token = "";
let runId = "";

async function call(method: "GET" | "POST", path: string, body?: unknown): Promise<unknown> {
  const headers = { host: "localhost:4999", authorization: `Bearer ${token}`, "content-type": "application/json" };
  const response = await app.request(`http://localhost:4999/api/v1${path}`, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/json"]);
  return response.json();
}

beforeAll(async () => {
  const made = await testProject("owner");
  token = (await makeTokens(made)).viewer;
  const run = await createRun(made.ctx, { experimentNo: 0, name: "broken" });
  runId = run.id;
  const series: Record<string, number[]> = { loss: [Number.NEGATIVE_INFINITY, 2, Number.POSITIVE_INFINITY, Number.NaN], vast: [1.7e308, 1.7e308] };
  for (const [key, values] of Object.entries(series)) await logBatch(made.ctx, { runId, metrics: values.map((value, step) => ({ key, value, step, timestamp: step })) });
});

const summaries = [
  expect.objectContaining({ key: "loss", lastValue: "NaN", minValue: "-Infinity", maxValue: "Infinity", valueSum: 2 }),
  expect.objectContaining({ key: "vast", lastValue: 1.7e308, valueSum: "Infinity" }),
];

it("in a run, a search and a curve", async () => {
  expect(await call("GET", `/runs/${runId}`)).toMatchObject({ metrics: summaries });
  expect(await call("POST", "/runs/search", { experimentNos: [0] })).toMatchObject({ runs: [{ metrics: summaries }] });
  const [curve] = (await call("POST", "/runs/curves", { runIds: [runId], key: "loss" })) as { values: unknown[] }[];
  expect(curve?.values).toEqual(["-Infinity", 2, "Infinity", "NaN"]);
});

it("as its description says", async () => {
  expect(await call("GET", "/openapi.json")).toMatchObject({ components: { schemas: { Double: { oneOf: [{ type: "number" }, { enum: ["NaN", "Infinity", "-Infinity"] }] } } } });
});
