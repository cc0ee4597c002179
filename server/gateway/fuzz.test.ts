/**
 * Whatever is sent to a machine's route, no answer is the server's fault, and each error has its protocol's shape.
 * The seed stays the same, so that a change is to blame for a failure: SLIPWAY_FUZZ_SEED takes another, SLIPWAY_FUZZ_SECONDS
 * looks longer.
 */
import fc from "fast-check";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { makeTokens } from "@/server/access/identities";
import { startServing } from "@/server/domains/models/serving/lifecycle";
import { addVersion, makeChampion, makeModel } from "@/server/domains/models/serving/testing/serve-fixture";
import { startListening, stopListening } from "@/server/platform/live/listen";
import { logger } from "@/server/platform/log";
import { testProject } from "@/server/platform/testing/project";
import { inputSchemaOf, type JsonSchema, pathParameters } from "./api/route";
import { apiRoutes } from "./api/routes";
import { createGateway } from "./app";
import { mlflowRpcs } from "./mlflow/routes";

const seed = Number(process.env.SLIPWAY_FUZZ_SEED ?? 20_010_401);
const seconds = Number(process.env.SLIPWAY_FUZZ_SECONDS ?? 3);
const app = createGateway(() => 4999);
const known = { runId: "0".repeat(32), uuid: "00000000-0000-7000-8000-000000000000" };
let token = "";
let stopServing: () => Promise<void>;

beforeAll(async () => {
  const project = await testProject("owner");
  token = (await makeTokens(project)).maintainer;
  await startListening();
  stopServing = startServing();
  await makeChampion(project.ctx, "echo", await addVersion(project.ctx, await makeModel(project.ctx, "echo"), "echo"));
  await makeModel(project.ctx, "name");
  const made = await app.request("http://localhost:4999/api/2.0/mlflow/runs/create", { method: "POST", headers: headersOf("application/json"), body: "{}" });
  known.runId = ((await made.json()) as { run: { info: { run_id: string } } }).run.info.run_id;
  process.stdout.write(`fuzz: SLIPWAY_FUZZ_SEED=${seed}\n`);
});

/** A value that only the database refused means that a check is missing. */
const warned = vi.spyOn(logger, "warn");
const unchecked = () => warned.mock.calls.filter((call: unknown[]) => call[1] === "a value was refused by the database alone").map(([facts]) => facts);
afterAll(async () => {
  await stopServing();
  await stopListening();
});

const headersOf = (type: string) => ({ host: "localhost:4999", authorization: `Bearer ${token}`, "content-type": type });

// ---- Values ----------------------------------------------------------------------------------------------------------

const edges: unknown[] = [
  null, true, 0, -1, 1.5, 1e308, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, 2 ** 63, "", " ", "x".repeat(300), "x".repeat(20_000), "\0", "a\ud800", "é😀\u202e", "../../etc", "%00", "'; drop table runs;--",
  "NaN", "Infinity", "1e999", "9".repeat(19), "9".repeat(40), "2001-02-30T25:00:00Z", "+292278994-08-17T00:00:00Z", "default", "null", [], [null], ["x", "x"], {}, { __proto__: 1 }, [{}],
  "attributes.start_time > 99999999999999999999", "metrics.a > 1e400", "tags.a LIKE '\\'", "(((", "eyJvZmZzZXQiOi0xfQ==", "WyJ4IiwieSJd", "m-1",
];
const anything = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...edges) }, { weight: 1, arbitrary: fc.anything({ maxDepth: 2 }) }, { weight: 1, arbitrary: fc.constantFrom("run", "uuid").map((kind) => (kind === "run" ? known.runId : known.uuid)) });

/** Mostly a value that the schema takes, so that it comes past the first check. */
function fitting(schema: JsonSchema | undefined, depth = 0): fc.Arbitrary<unknown> {
  if (!schema || depth > 6) return anything;
  const { anyOf, oneOf, enum: choices, const: only } = schema as JsonSchema & { oneOf?: JsonSchema[]; enum?: unknown[] };
  if (only !== undefined) return fc.constant(only);
  if (choices) return fc.constantFrom(...choices);
  const options = anyOf ?? oneOf;
  if (options) return fc.oneof(...options.map((option) => fitting(option, depth + 1)));
  const type = [schema.type].flat()[0];
  if (type === "object") {
    const properties = Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, inner]) => [name, mostly(fitting(inner, depth + 1))]));
    return fc.record(properties, { requiredKeys: (schema.required ?? []).filter((name) => name in properties) });
  }
  if (type === "array") return fc.array(mostly(fitting(schema.items as JsonSchema, depth + 1)), { maxLength: 3 });
  const { minimum = -5, maximum = 50 } = schema as { minimum?: number; maximum?: number };
  if (type === "integer") return fc.integer({ min: Math.max(minimum, -(2 ** 31)), max: Math.min(Math.max(maximum, minimum), 2 ** 31 - 1) });
  if (type === "number") return fc.double({ noNaN: true, noDefaultInfinity: true });
  if (type === "boolean") return fc.boolean();
  if (schema.format === "uuid") return fc.constant(known.uuid);
  if (schema.format === "date-time") return fc.constant("2001-05-01T00:00:00Z");
  const texts = fc.constantFrom("name", "name", "champion", "a".repeat(64), "2GiB", "1h", "select 1", "2001-05-01T00:00:00Z");
  return type === "string" ? fc.oneof({ weight: 4, arbitrary: texts }, { weight: 1, arbitrary: fc.string({ unit: "binary" }) }) : anything;
}

const mostly = (arbitrary: fc.Arbitrary<unknown>) => fc.oneof({ weight: 6, arbitrary }, { weight: 1, arbitrary: anything });

const rawBodies = fc.constantFrom("", "{", "[]", "null", '"x"', '{"a":"\\u0000"}', '{"name":"\\ud800"}', `{"a":${"[".repeat(100)}${"]".repeat(100)}}`, '{"name":1e999}', "\ufeff{}", '{"__proto__":{"a":1}}');

function encoded(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "undefined");
  return encodeURIComponent(text.toWellFormed().slice(0, 2_000));
}

// ---- Requests --------------------------------------------------------------------------------------------------------

type Sent = { method: string; path: string; body?: string; type: string };

const contentTypes = fc.oneof({ weight: 12, arbitrary: fc.constant("application/json") }, { weight: 1, arbitrary: fc.constantFrom("text/plain", "", "application/x-www-form-urlencoded") });
const bodyOf = (value: fc.Arbitrary<unknown>) => fc.oneof({ weight: 10, arbitrary: value.map((it) => JSON.stringify(it, (_, inner: unknown) => (typeof inner === "bigint" ? String(inner) : inner)) ?? "") }, { weight: 1, arbitrary: rawBodies });

/** A request from its path's pattern, its query's and its body's values. */
function requestOf(method: string, pattern: string, names: readonly string[], values: fc.Arbitrary<unknown>, of: (name: string) => fc.Arbitrary<unknown>): fc.Arbitrary<Sent> {
  const inPath = fc.tuple(...names.map((name) => mostly(of(name)).map((value) => encoded(value) || "x")));
  const path = inPath.map((parts) => names.reduce((at, name, index) => at.replace(new RegExp(`[{:]${name}\\}?`), () => parts[index] ?? "x"), pattern));
  if (method !== "GET") return fc.record({ method: fc.constant(method), path, body: bodyOf(values), type: contentTypes });
  const query = values.map((value) => (value !== null && typeof value === "object" ? Object.entries(value).map(([name, one]) => `${encodeURIComponent(name.toWellFormed())}=${encoded(one)}`).join("&") : encoded(value)));
  return fc.tuple(path, query).map(([at, rest]) => ({ method, path: `${at}?${rest}`, type: "" }));
}

const apiRequests = apiRoutes
  // Of instances, not of this project: a fuzzed one would stay behind for other tests.
  .filter((route) => !route.path.startsWith("/projects"))
  .map((route) => {
    const schema = inputSchemaOf(route);
    return requestOf(route.method.toUpperCase(), `/api/v1${route.path}`, pathParameters(route.path), fitting(schema), (name) => fitting(schema.properties?.[name]));
  });

const mlflowFields: Record<string, fc.Arbitrary<unknown>> = {
  run_id: fc.constant("run").map(() => known.runId), experiment_id: fc.constantFrom("0", "7", 0), experiment_ids: fc.constant(["0"]), key: fc.constantFrom("k", "a/b"), value: fc.constantFrom("v", 1.5, "NaN"), timestamp: fc.constantFrom(1, "2"),
  step: fc.constantFrom(0, "9"), name: fc.constantFrom("name", "other"), version: fc.constantFrom("1", 2), alias: fc.constantFrom("a", "champion"), filter: fc.constantFrom("", "metrics.a > 1", "params.x = 'a' and tags.b LIKE '%c'", "name = 'x'"),
  order_by: fc.constantFrom([], ["metrics.a DESC"], ["attributes.start_time"]), page_token: fc.constantFrom("", "WzEsMSwiMSJd", "WyJhIiwiYiJd"), max_results: fc.constantFrom(1, 5, "3"), tags: fc.constant([{ key: "k", value: "v" }]),
  params: fc.constant([{ key: "p", value: "v" }]), metrics: fc.constant([{ key: "m", value: 1, timestamp: 1, step: 0 }]), status: fc.constantFrom("RUNNING", "FINISHED", 2), source: fc.constantFrom("models:/m-0", "runs:/x"), model_json: fc.constant("{}"),
  model_id: fc.constantFrom("m-1", ""), models: fc.constant([{ model_id: "m-1", step: 1 }]), metric_key: fc.constant("m"), run_ids: fc.constant("run").map(() => [known.runId]), new_name: fc.constant("new"), start_time: fc.constantFrom(1, 2 ** 53 - 1),
  end_time: fc.constantFrom(5, 2 ** 53 - 1), path: fc.constantFrom("", "a/b"), experiment_name: fc.constant("Default"), start_step: fc.constant(0), end_step: fc.constant(9), run_name: fc.constant("r"), description: fc.constant("d"),
  datasets: fc.constant([{ tags: [], dataset: { name: "d", digest: "d", source_type: "s", source: "s" } }]), tag_key: fc.constant("k"), stage: fc.constant("None"), artifact_directory_path: fc.constant(""),
};
const mlflowBody = fc.record(Object.fromEntries(Object.entries(mlflowFields).map(([name, field]) => [name, mostly(field)])), { requiredKeys: ["run_id", "experiment_id", "key"] });
const mlflowRequests = mlflowRpcs.map((rpc) => {
  const names = [...rpc.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? "");
  return requestOf(rpc.method, `/api/${rpc.major}.0/mlflow${rpc.path}`, names, mlflowBody, (name) => mlflowFields[name] ?? anything);
});

const tensor = fc.record({ name: mostly(fc.constant("x")), shape: mostly(fc.constantFrom([1], [2, 3], [0], [-1], [2 ** 31])), datatype: mostly(fc.constantFrom("FP32", "BYTES", "INT64", "BOOL", "FP16")), data: mostly(fc.constantFrom([1], ["a"], [[1, 2]])), parameters: mostly(fc.constant({ binary_data_size: 4 })) }, { requiredKeys: ["name"] });
const inferBody = fc.record({ id: mostly(fc.constant("1")), inputs: mostly(fc.array(tensor, { maxLength: 3 })), outputs: mostly(fc.constantFrom([], [{ name: "y" }])), parameters: mostly(fc.constant({})) }, { requiredKeys: ["inputs"] });
const versions = fc.constantFrom("1", "0", "x", "99999999999");
const inferRequests = ["/v2/models/:name/infer", "/v2/models/:name/versions/:version/infer"].map((pattern) =>
  requestOf("POST", pattern, [...pattern.matchAll(/:(\w+)/g)].map((match) => match[1] ?? ""), inferBody, (name) => (name === "version" ? versions : fc.constantFrom("echo", "absent"))),
);

/** Values at which a missing check shows: one at a time in each field of each route, the rest as it should be. */
const sharp = ["\0", 2 ** 31, 2 ** 63, "", "9".repeat(20), "x".repeat(20_000), "a\\", [""], [{ model_id: "" }]];

type Route = { method: string; pattern: string; fields: Record<string, fc.Arbitrary<unknown>> };

function* sharpRequests({ method, pattern, fields }: Route): Generator<Sent> {
  const inPath = [...pattern.matchAll(/[{:](\w+)/g)].map((match) => match[1] ?? "");
  for (const field of Object.keys(fields)) {
    for (const value of sharp) {
      const [base] = fc.sample(fc.record(fields), { seed, numRuns: 1 });
      const input: Record<string, unknown> = { ...base, [field]: value };
      const path = inPath.reduce((at, name) => at.replace(new RegExp(`[{:]${name}\\}?`), () => encoded(input[name]) || "x"), pattern);
      if (method !== "GET") yield { method, path, body: JSON.stringify(input, (_, inner: unknown) => (typeof inner === "bigint" ? String(inner) : inner)), type: "application/json" };
      // Of optional parameters in a query, one alone: two that clash would hide the third.
      else yield { method, path: inPath.includes(field) ? path : `${path}?${field}=${encoded(value)}`, type: "" };
    }
  }
}

const routes: Record<string, Route[]> = {
  "/api/v1": apiRoutes
    .filter((route) => !route.path.startsWith("/projects"))
    .map((route) => ({ method: route.method.toUpperCase(), pattern: `/api/v1${route.path}`, fields: Object.fromEntries(Object.entries(inputSchemaOf(route).properties ?? {}).map(([name, schema]) => [name, fitting(schema)])) })),
  MLflow: mlflowRpcs.map((rpc) => ({ method: rpc.method, pattern: `/api/${rpc.major}.0/mlflow${rpc.path}`, fields: mlflowFields })),
};

// ---- What must hold --------------------------------------------------------------------------------------------------

const shapes: [RegExp, (body: Record<string, unknown>) => boolean, string][] = [
  [/^\/api\/v1/, (body) => typeof body.detail === "string" && typeof body.requestId === "string", "application/problem+json"],
  [/^\/v2/, (body) => typeof body.error === "string", "application/json"],
  [/^\/api\/[23]\.0/, (body) => typeof body.error_code === "string" && typeof body.message === "string", "application/json"],
];
const ofTheInside = /\n\s+at |node_modules|Failed query|\bselect\b[^"]* from \w|insert into/i;

async function answersWell({ method, path, body, type }: Sent): Promise<void> {
  const response = await app.request(`http://localhost:4999${path}`, { method, headers: headersOf(type), body });
  const text = await response.text();
  if (response.status < 400) return;
  const at = `${response.status} ${text.slice(0, 300)}`;
  expect(response.status, at).toBeLessThan(500);
  expect(text.replaceAll("select 1", ""), at).not.toMatch(ofTheInside);
  const [, isShaped, wanted] = shapes.find(([prefix]) => prefix.test(path)) ?? [];
  expect(response.headers.get("content-type"), at).toContain(wanted);
  expect(isShaped?.(JSON.parse(text) as Record<string, unknown>), at).toBe(true);
}

it.each(Object.keys(routes))("%s takes no value in one field that only the database refuses", async (name) => {
  const all = (routes[name] ?? []).flatMap((route) => [...sharpRequests(route)]);
  const [order = []] = fc.sample(fc.shuffledSubarray(all, { minLength: all.length }), { seed, numRuns: 1 });
  const until = performance.now() + seconds * 1_500;
  for (const sent of order) {
    if (performance.now() > until) break;
    await answersWell(sent);
    expect(unchecked(), JSON.stringify(sent).slice(0, 300)).toEqual([]);
  }
});

it.each([
  ["/api/v1", apiRequests],
  ["MLflow", mlflowRequests],
  ["/v2 infer", inferRequests],
])("%s answers what no client should send", async (_, requests) => {
  const property = fc.asyncProperty(fc.oneof(...requests), answersWell);
  await fc.assert(property, { seed, numRuns: 100_000, interruptAfterTimeLimit: seconds * 700, markInterruptAsFailure: false });
  expect(unchecked()).toEqual([]);
});
