/** The Open Inference Protocol on the real gateway, database, online store and ONNX Runtime. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { createAdaptorServer } from "@hono/node-server";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { deflateSync, gzipSync } from "node:zlib";
import { modelVersions } from "@/drizzle/schema/models";
import { applyDefinitions } from "@/server/domains/catalog/service/apply-definitions";
import { pushRows } from "@/server/domains/catalog/service/materialize-online";
import { startServing } from "@/server/domains/models/serving/lifecycle";
import { flushInferenceLog } from "@/server/domains/models/serving/log/inference-log";
import { flushTraffic } from "@/server/domains/models/serving/log/traffic";
import { readTraffic } from "@/server/domains/models/serving/endpoints";
import { readExample } from "@/server/domains/models/serving/example";
import { addVersion, expectedScore, fixturePath, makeChampion, makeModel, readLogged } from "@/server/domains/models/serving/testing/serve-fixture";
import { makeTokens } from "@/server/access/identities";
import { storeBlob } from "@/server/platform/blob-store/blobs";
import { database } from "@/server/platform/db";
import { createToken, revokeToken } from "@/server/platform/identity/service/tokens";
import { startListening, stopListening } from "@/server/platform/live/listen";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { createGateway } from "../app";

let port = 0;
const server = createAdaptorServer({ fetch: createGateway(() => port).fetch });

let a: TestProject;
let token = "";
let admin = "";
let modelId = "";
let stopServing: () => Promise<void>;

const t0 = Date.UTC(2001, 4, 1, 12);
const minutes = (n: number) => t0 + n * 60_000;

async function call(path: string, body?: unknown, headers: Record<string, string> = {}) {
  const init = body === undefined ? {} : { method: "POST", body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body) };
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { ...init, headers: { authorization: `Bearer ${token}`, ...headers } });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: (text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : null) as Record<string, unknown> };
}

type Output = { name: string; datatype: string; shape: number[]; data: (number | string)[] };
const outputOf = (json: Record<string, unknown>, name: string) => (json.outputs as Output[]).find((output) => output.name === name);
const column = (name: string, datatype: string, data: unknown[], shape = [data.length]) => ({ name, datatype, shape, data });
const infer = (inputs: unknown[], rest: object = {}, path = "/v2/models/delay/infer") => call(path, { inputs, ...rest });

beforeAll(async () => {
  await startListening();
  stopServing = startServing();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
  a = await testProject();
  token = (await createToken(a.ctx, { name: "t", scopes: ["read"], expiresInDays: 1 })).token;
  admin = (await makeTokens(a)).admin;
  await applyDefinitions(a.ctx, {
    definitions: [
      { definition: { kind: "entity", name: "airport", key: "airport" } },
      { definition: { kind: "source", name: "outcomes", file: "o.parquet" } },
      {
        definition: {
          kind: "feature_view", name: "delays", entity: "airport", source: "outcomes", sql: "d.sql", ttl: "2h",
          features: [{ name: "delay_mean", dtype: "float64" }, { name: "delay_count", dtype: "float64" }],
        },
        sqlText: "select 1",
      },
      { definition: { kind: "feature_service", name: "delay", views: [{ view: "delays", join: { airport: "origin" } }], request: [{ name: "hour", dtype: "float64" }] } },
    ],
  });
  await pushRows(a.ctx, { view: "delays", columns: { airport: ["JFK", "JFK", "LAX"], event_time: [minutes(0), minutes(60), minutes(0)], delay_mean: [10, 30, null], delay_count: [5, 7, 9] } });
  modelId = await makeModel(a.ctx, "delay", "delay");
  await makeChampion(a.ctx, "delay", await addVersion(a.ctx, modelId, "first"));
  await addVersion(a.ctx, modelId, "second");
  await makeChampion(a.ctx, "echo", await addVersion(a.ctx, await makeModel(a.ctx, "echo"), "echo"));
  await makeModel(a.ctx, "empty");
});

afterAll(async () => {
  await stopServing();
  await new Promise((resolve) => {
    server.close(resolve);
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
  await stopListening();
});

describe("tensors as the graph has them", () => {
  it("answers the champion, or the version that is named", async () => {
    const inputs = [column("features", "FP32", [10, 20, 8, 1, 2, 3], [2, 3])];
    const { status, json } = await infer(inputs, { id: "r1" });
    expect(status).toBe(200);
    expect(json).toMatchObject({ model_name: "delay", model_version: "1", id: "r1" });
    expect(outputOf(json, "probabilities")?.shape).toEqual([2, 2]);
    expect(outputOf(json, "probabilities")?.data[1]).toBeCloseTo(expectedScore("first", [10, 20, 8]), 6);
    const second = await infer(inputs, { outputs: [{ name: "score" }] }, "/v2/models/delay/versions/2/infer");
    expect(second.json.model_version).toBe("2");
    expect(outputOf(second.json, "score")?.data[1]).toBeCloseTo(expectedScore("second", [1, 2, 3]), 6);
  });

  it("takes a body without a Content-Type, compressed or not", async () => {
    const body = Buffer.from(JSON.stringify({ inputs: [column("features", "FP32", [1, 2, 3], [1, 3])] }));
    for (const [encoding, bytes] of [["", body], ["gzip", gzipSync(body)], ["deflate", deflateSync(body)]] as const) {
      expect((await call("/v2/models/delay/infer", bytes, encoding ? { "content-encoding": encoding } : {})).status).toBe(200);
    }
    expect(await call("/v2/models/delay/infer", body, { "content-encoding": "gzip" })).toMatchObject({ status: 400, json: { error: "The body is not gzip." } });
    expect((await call("/v2/models/delay/infer", body, { "content-encoding": "br" })).status).toBe(400);
    expect((await call("/v2/models/delay/infer", gzipSync(Buffer.alloc(80 * 1024 * 1024)), { "content-encoding": "gzip" })).status).toBe(413);
  });
});

describe("keys that the platform completes", () => {
  const keys = (rows: { origin: string; hour: number; at?: number }[]) => [
    column("origin", "BYTES", rows.map((row) => row.origin)), column("hour", "FP64", rows.map((row) => row.hour), [rows.length, 1]),
    ...(rows.every((row) => row.at !== undefined) ? [column("event_time", "INT64", rows.map((row) => row.at))] : []),
  ];

  it("reads features as of each row's event time, within their TTL, absent ones as NaN", async () => {
    const rows = [
      { origin: "JFK", hour: 8, at: minutes(59) }, { origin: "JFK", hour: 8, at: minutes(60) }, { origin: "JFK", hour: 8, at: minutes(181) },
      { origin: "LAX", hour: 8, at: minutes(1) }, { origin: "???", hour: 8, at: minutes(1) },
    ];
    const { json } = await infer([...keys(rows), column("prediction_id", "BYTES", ["p1", "p2", "p3", "p4", "p5"])]);
    const nan = Number.NaN;
    const features = [[10, 5, 8], [30, 7, 8], [nan, nan, 8], [nan, 9, 8], [nan, nan, 8]];
    for (const [at, row] of features.entries()) expect(outputOf(json, "score")?.data[at]).toBeCloseTo(expectedScore("first", row), 6);
    expect(outputOf(json, "score")).toMatchObject({ datatype: "FP64", shape: [5] });
    expect(outputOf(json, "prediction_id")?.data).toEqual(["p1", "p2", "p3", "p4", "p5"]);
    await flushInferenceLog();
    const logged = await readLogged(modelId);
    const mine = logged.filter((row) => /^p\d$/.test(row.predictionId));
    expect(mine.map((row) => row.features)).toEqual(features);
    expect(mine[0]).toMatchObject({ version: 1, eventTime: new Date(minutes(59)), keys: { origin: "JFK" }, weight: 1 });
    expect(mine[1]?.score).toBeCloseTo(expectedScore("first", [30, 7, 8]), 6);
  });

  it("gives what it completed to whoever asks, and keeps a try out of the log", async () => {
    const asked = { parameters: { log: false }, outputs: [{ name: "score" }, { name: "completed_features" }] };
    const tried = [column("event_time", "INT64", [minutes(1)]), column("origin", "BYTES", ["LAX"]), column("hour", "FP64", [8])];
    await flushInferenceLog();
    const before = (await readLogged(modelId)).length;
    const { json } = await infer(tried, asked);
    expect(outputOf(json, "completed_features")).toMatchObject({ datatype: "FP64", shape: [1, 3], data: [null, 9, 8] });
    await flushInferenceLog();
    expect(await readLogged(modelId)).toHaveLength(before);
    const refused = await infer([column("features", "FP32", [1, 2, 3], [1, 3])], asked);
    expect(refused).toMatchObject({ status: 400, json: { error: expect.stringMatching(/There is no output "completed_features"/) } });
  });

  it("fills a form from the newest inference, by name", async () => {
    const { example } = await readExample(a.ctx, { name: "delay" });
    expect(example).toMatchObject({ from: "inference", keys: { origin: expect.any(String) }, features: { hour: 8 } });
    expect(Object.keys(example?.features ?? {})).toEqual(["delay_mean", "delay_count", "hour"]);
    expect(await readExample(a.ctx, { name: "echo" })).toEqual({ example: null });
  });

  it("takes ISO times, makes ids, and gives the graph's outputs when they are named", async () => {
    const { json } = await infer([column("origin", "BYTES", ["JFK"]), column("hour", "INT32", [8]), column("event_time", "BYTES", ["2001-05-01 12:30:00"])], { outputs: [{ name: "probabilities" }, { name: "prediction_id" }] });
    expect(outputOf(json, "probabilities")?.data[1]).toBeCloseTo(expectedScore("first", [10, 5, 8]), 6);
    expect(outputOf(json, "prediction_id")?.data[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(outputOf(json, "score")).toBeUndefined();
  });

  it.each<[string, unknown[], RegExp]>([
    ["a missing key", [column("hour", "FP64", [1])], /input origin is missing: the key of delays/],
    ["a missing request feature", [column("origin", "BYTES", ["JFK"])], /input hour is missing: a feature that the request brings/],
    ["an unknown input", [column("origin", "BYTES", ["JFK"]), column("hours", "FP64", [1])], /There is no input "hours" here; there are origin, hour, event_time, prediction_id/],
    ["columns of two lengths", [column("origin", "BYTES", ["JFK", "LAX"]), column("hour", "FP64", [1])], /hour has 1 rows, the others have 2/],
    ["a matrix as a column", [column("origin", "BYTES", ["JFK", "LAX"], [1, 2]), column("hour", "FP64", [1])], /a column is \[n\] or \[n, 1\]/],
    ["text for a number", [column("origin", "BYTES", ["JFK"]), column("hour", "BYTES", ["8"])], /hour is a number/],
    ["a float as a key", [column("origin", "FP32", [1]), column("hour", "FP64", [1])], /origin is a key/],
    ["no time", [column("origin", "BYTES", ["JFK"]), column("hour", "FP64", [8]), column("event_time", "BYTES", ["yesterday"])], /event_time\[0\]: "yesterday" is not a time/],
    ["a time beyond calendars", [column("origin", "BYTES", ["JFK"]), column("hour", "FP64", [8]), column("event_time", "INT64", [9e15])], /is not a time/],
    ["an id twice", [column("origin", "BYTES", ["JFK", "LAX"]), column("hour", "FP64", [8, 8]), column("prediction_id", "BYTES", ["x", "x"])], /an id comes twice/],
    ["an input twice", [column("origin", "BYTES", ["JFK"]), column("origin", "BYTES", ["LAX"]), column("hour", "FP64", [8])], /origin comes twice/],
  ])("refuses %s", async (_, inputs, message) => {
    const { status, json } = await infer(inputs);
    expect(status).toBe(400);
    expect(json.error).toMatch(message);
  });
});

describe("refusals", () => {
  it.each<[string, unknown[], RegExp]>([
    ["another type", [column("features", "FP64", [1, 2, 3], [1, 3])], /features is FP32, not FP64/],
    ["another width", [column("features", "FP32", [1, 2], [1, 2])], /has the shape \[-1, 3\], not \[1, 2\]/],
    ["another rank", [column("features", "FP32", [1, 2, 3], [3])], /not \[3\]/],
    ["an extra input", [column("features", "FP32", [1, 2, 3], [1, 3]), column("more", "FP32", [1])], /no input "more"/],
  ])("%s is 400 with a sentence", async (_, inputs, message) => {
    const { status, json } = await infer(inputs);
    expect(status).toBe(400);
    expect(json.error).toMatch(message);
  });

  it.each<[string, number, RegExp]>([
    ["/v2/models/nobody/infer", 404, /no model nobody/],
    ["/v2/models/empty/infer", 404, /has no champion/],
    ["/v2/models/delay/versions/9/infer", 404, /no version 9/],
    ["/v2/models/delay/versions/0/infer", 400, /not a number/],
    ["/v2/models/delay/versions/99999999999/infer", 400, /not a number/],
    ["/v2/models/delay%00/infer", 400, /./],
    ["/v2/models/delay/frobnicate", 404, /There is no POST/],
  ])("%s is %i", async (path, status, message) => {
    const answer = await infer([column("features", "FP32", [1, 2, 3], [1, 3])], {}, path);
    expect(answer.status).toBe(status);
    expect(answer.json.error).toMatch(message);
  });

  it("wants a token of the project", async () => {
    expect((await call("/v2/models/delay/infer", {}, { authorization: "" })).status).toBe(401);
    const other = await testProject();
    const { token: theirs } = await createToken(other.ctx, { name: "t", scopes: ["read"], expiresInDays: 1 });
    expect((await call("/v2/models/delay", undefined, { authorization: `Bearer ${theirs}` })).status).toBe(404);
    expect((await call("/v2/health/live", undefined, { authorization: "" })).json).toEqual({ live: true });
    expect((await call("/v2/health/ready", undefined, { authorization: "" })).json).toEqual({ ready: true });
  });

  it("refuses a revoked token: at once, or soon where it was busy", async () => {
    const body = { inputs: [column("features", "FP32", [1, 2, 3], [1, 3])] };
    for (const [asked, timeout] of [[1, 0], [100, 2_000]] as const) {
      const made = await createToken(a.ctx, { name: "short", scopes: ["read"], expiresInDays: 1 });
      const ask = async () => (await call("/v2/models/delay/infer", body, { authorization: `Bearer ${made.token}` })).status;
      for (let i = 0; i < asked; i += 1) expect(await ask()).toBe(200);
      await revokeToken(a.ctx, { tokenId: made.tokenId });
      if (timeout === 0) expect(await ask()).toBe(401);
      else await vi.waitFor(async () => expect(await ask()).toBe(401), { timeout, interval: 10 });
    }
  });

  it("never answers 5xx to a body that is broken", async () => {
    const good = JSON.stringify({ inputs: [column("features", "FP32", [1, 2, 3], [1, 3])], outputs: [{ name: "score" }] });
    for (let at = 0; at < good.length; at += 3) {
      for (const bad of [good.slice(0, at), `${good.slice(0, at)}\\${good.slice(at + 1)}`, `${good.slice(0, at)}9${good.slice(at)}`]) {
        const { status } = await call("/v2/models/delay/infer", Buffer.from(bad));
        expect(status, bad).toBeLessThan(500);
      }
    }
  });
});

describe("what the server says of itself", () => {
  it("metadata, configuration, readiness, statistics, the index", async () => {
    expect((await call("/v2")).json).toMatchObject({ name: "slipway", extensions: expect.arrayContaining(["binary_tensor_data"]) });
    expect((await call("/v2/models/delay")).json).toMatchObject({
      name: "delay", versions: ["1", "2"], platform: "onnxruntime_onnx", inputs: [{ name: "features", datatype: "FP32", shape: [-1, 3] }],
      parameters: { keys: ["origin"], request_features: ["hour"] },
    });
    expect((await call("/v2/models/delay/config")).json).toMatchObject({ max_batch_size: 0, input: [{ name: "features", data_type: "TYPE_FP32", dims: [-1, 3] }] });
    expect(await call("/v2/models/delay/versions/2/ready")).toMatchObject({ status: 200, json: { name: "delay", ready: true } });
    expect((await call("/v2/models/empty/ready")).status).toBe(404);
    await infer([column("features", "FP32", [1, 2, 3], [1, 3])]);
    const stats = (await call("/v2/models/delay/versions/1/stats")).json.model_stats as { inference_stats: { success: { count: number } } }[];
    expect(stats[0]?.inference_stats.success.count).toBeGreaterThan(0);
    expect((await call("/v2/repository/index", {})).json).toContainEqual({ name: "delay", version: "2", state: "READY", reason: "" });
    expect((await call("/v2/repository/models/delay/load", {})).status).toBe(200);
    expect((await call("/v2/repository/models/delay/unload", {})).status).toBe(400);
  });

  it("counts a caller's mistake as a refused request, never as a failure of the endpoint", async () => {
    const told = async () => {
      await flushTraffic();
      const { total } = await readTraffic(a.ctx, { name: "delay", minutes: 60 });
      const stats = (await call("/v2/models/delay/stats")).json.model_stats as { inference_stats: { fail: { count: number } } }[];
      const refusedOf = (text: string) => [...text.matchAll(/^slipway_inference_request_refused\{.*model="delay".*\} (\d+)$/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
      return { total, fails: stats.reduce((sum, row) => sum + row.inference_stats.fail.count, 0), scraped: refusedOf((await call("/metrics", undefined, { authorization: `Bearer ${admin}` })).text) };
    };
    const before = await told();
    const wrongShape = await infer([column("features", "FP32", [1, 2], [1, 2])]);
    const noJson = await call("/v2/models/delay/infer", Buffer.from("{"));
    expect([wrongShape.status, noJson.status]).toEqual([400, 400]);
    const after = await told();
    expect(after.total.clientErrors - before.total.clientErrors).toBe(2);
    expect(after.scraped - before.scraped).toBe(2);
    expect(after.fails).toBe(0);
    expect(after.total.serverErrors).toBe(0);
  });

  it("counts a request to a model that can't be loaded as the endpoint's failure, with the version that was meant", async () => {
    const broken = await addVersion(a.ctx, await makeModel(a.ctx, "broken"), "first");
    const { sha256 } = await storeBlob(a.ctx, Readable.from([readFileSync(fixturePath("first")).subarray(0, 300)]), {});
    await database().update(modelVersions).set({ onnxSha256: sha256 }).where(eq(modelVersions.id, broken.id));
    await makeChampion(a.ctx, "broken", broken);
    expect((await infer([column("features", "FP32", [1, 2, 3], [1, 3])], {}, "/v2/models/broken/infer")).status).toBe(503);
    await flushTraffic();
    expect((await readTraffic(a.ctx, { name: "broken", minutes: 60 })).minutes).toMatchObject([{ version: 1, requests: 1, serverErrors: 1, clientErrors: 0 }]);
    expect((await call("/v2/models/broken/stats")).json.model_stats).toMatchObject([{ version: "1", inference_stats: { fail: { count: 1 } } }]);
  });

  it("counts requests by minute, version and outcome", async () => {
    await flushTraffic();
    const { total, minutes: rows } = await readTraffic(a.ctx, { name: "delay", minutes: 60 });
    expect(total.requests).toBeGreaterThan(total.clientErrors);
    expect(total.clientErrors).toBeGreaterThan(0);
    expect(total.serverErrors).toBe(0);
    expect(total.p99Ms ?? 0).toBeGreaterThanOrEqual(total.p50Ms ?? 1);
    expect(new Set(rows.map((row) => row.version))).toEqual(new Set([1, 2]));
  });
});

/** A Python with `tritonclient[http]`; the client is too large to be installed for every run. */
const tritonPython = process.env.SLIPWAY_TRITON_PYTHON;
if (tritonPython) {
  describe("tritonclient, unmodified", () => {
    it("asks by tensors and by keys, raw and as JSON, compressed or not", async () => {
      const script = join(import.meta.dirname, "testing", "triton_client.py");
      const { stdout } = await promisify(execFile)(tritonPython, [script, `127.0.0.1:${port}`, token, "delay"]);
      expect(stdout).toBe("OK\n");
    });
  });
}

describe("a promotion", () => {
  it("switches with no failed request, and soon", async () => {
    const id = await makeModel(a.ctx, "moving");
    const versions = [await addVersion(a.ctx, id, "first"), await addVersion(a.ctx, id, "second")];
    const [first, second] = versions;
    if (!first || !second) throw new Error("no versions");
    await makeChampion(a.ctx, "moving", first);
    const seen: { version: string; at: number; status: number }[] = [];
    let isOver = false;
    const ask = async () => {
      while (!isOver) {
        const { status, json } = await infer([column("features", "FP32", [1, 2, 3], [1, 3])], {}, "/v2/models/moving/infer");
        seen.push({ version: String(json.model_version), at: performance.now(), status });
      }
    };
    const asking = Promise.all([ask(), ask(), ask(), ask()]);
    let movedAt = 0;
    for (const version of [second, first, second]) {
      const before = seen.length;
      await vi.waitFor(() => expect(seen.length).toBeGreaterThan(before + 20), { timeout: 3_000, interval: 10 });
      await makeChampion(a.ctx, "moving", version);
      movedAt = performance.now();
    }
    await vi.waitFor(() => expect(seen.at(-1)?.version).toBe("2"), { timeout: 3_000, interval: 20 });
    const switchedMs = performance.now() - movedAt;
    isOver = true;
    await asking;
    expect(seen.filter((one) => one.status !== 200)).toEqual([]);
    expect(new Set(seen.map((one) => one.version))).toEqual(new Set(["1", "2"]));
    expect(switchedMs).toBeLessThan(1_500);
  });
});
