/** Values that no column takes are the client's doing: 400 that says so, in the words of the protocol. */
import { Readable } from "node:stream";
import { DrizzleQueryError } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { makeTokens } from "@/server/access/identities";
import { uploadArtifact } from "@/server/domains/experiments/service/artifacts";
import { sessionCookieName } from "@/server/platform/identity/cookie";
import { testProject } from "@/server/platform/testing/project";
import { createGateway } from "./app";
import { faultOf } from "./http/problem";

const app = createGateway(() => 4999);
let token = "";
let runId = "";

beforeAll(async () => {
  token = (await makeTokens(await testProject("owner"))).maintainer;
  const made = await ask("POST", "/api/2.0/mlflow/runs/create", { experiment_id: "0" });
  runId = (JSON.parse(made.text) as { run: { info: { run_id: string } } }).run.info.run_id;
  await ask("POST", "/api/2.0/mlflow/registered-models/create", { name: "held" });
});

async function ask(method: string, path: string, body?: object, headers: Record<string, string> = { authorization: `Bearer ${token}` }) {
  const init = { method, headers: { host: "localhost:4999", "content-type": "application/json", ...headers }, body: body && JSON.stringify(body) };
  const response = await app.request(`http://localhost:4999${path}`, init);
  return { status: response.status, type: response.headers.get("content-type") ?? "", text: await response.text() };
}

it("a member who would set the champion by MLflow's alias is denied in MLflow's words, a maintainer is not", async () => {
  const made = await testProject("owner");
  const tokens = await makeTokens(made);
  const put = (who: string, path: string, body: object) => ask("POST", `/api/2.0/mlflow/${path}`, body, { authorization: `Bearer ${who}` });
  const champion = { name: "open", alias: "champion", version: "1" };
  const run = await put(tokens.member, "runs/create", { experiment_id: "0" });
  const { info } = (JSON.parse(run.text) as { run: { info: { run_id: string; artifact_uri: string } } }).run;
  await uploadArtifact(made.ctx, `${info.artifact_uri.replace("mlflow-artifacts:/", "")}/model/weights.bin`, Readable.from([Buffer.from("w")]), {});
  await put(tokens.member, "registered-models/create", { name: "open" });
  expect(await put(tokens.member, "model-versions/create", { name: "open", source: `${info.artifact_uri}/model`, run_id: info.run_id })).toMatchObject({ status: 200 });
  const denied = await put(tokens.member, "registered-models/alias", champion);
  expect({ status: denied.status, ...JSON.parse(denied.text) }).toMatchObject({ status: 403, error_code: "PERMISSION_DENIED", message: expect.stringContaining("needs the role maintainer") });
  expect(await put(tokens.member, "registered-models/alias", { ...champion, alias: "candidate" })).toMatchObject({ status: 200 });
  expect(await put(tokens.maintainer, "registered-models/alias", champion)).toMatchObject({ status: 200 });
});

it.each(["/%E0%A4%A", "/flights/%", "/api/v1/jobs/%ff", "/v2/models/%c3%28/infer"])("an address that decodes to nothing is refused: %s", async (path) => {
  expect((await ask("GET", path)).status).toBe(400);
});

describe("a NUL in the address", () => {
  const api = ["search?text=%00", "audit?action=%00", "audit?subjectKind=%00", "audit?subjectId=%00", "jobs?name=%00", "models?after=%00", "models?nameLike=%00"];
  const paths = ["monitors/m/series?rule=%00", "monitors/a%00b", "blobs/%00", "jobs/%00/log", "models/a%00b"];
  it.each([...api, ...paths])("GET /api/v1/%s is refused", async (path) => {
    expect(await ask("GET", `/api/v1/${path}`)).toMatchObject({ status: 400, type: expect.stringContaining("application/problem+json") });
  });

  it.each(["mlflow/experiments/get-by-name?experiment_name=%00", "mlflow/registered-models/search?page_token=%00", "mlflow-artifacts/artifacts/a%00b", "mlflow-artifacts/artifacts?path=%00"])(
    "GET /api/2.0/%s is refused in MLflow's words",
    async (path) => {
      const { status, text } = await ask("GET", `/api/2.0/${path}`);
      expect({ status, ...JSON.parse(text) }).toMatchObject({ status: 400, error_code: "INVALID_PARAMETER_VALUE" });
    },
  );

  it("is refused in an endpoint's name", async () => {
    const { status, text } = await ask("POST", "/v2/models/a%00b/infer", {});
    expect({ status, ...JSON.parse(text) }).toEqual({ status: 400, error: expect.any(String) });
  });
});

describe("a refusal names the field", () => {
  const id = "00000000-0000-7000-8000-000000000000";
  it.each([
    ["/jobs", { command: ["a\0b"] }, "command.0", "NUL"],
    ["/jobs", { command: ["true"], env: { A: "\ud800" } }, "env.A", "surrogate"],
    ["/jobs", { command: ["true"], env: { "A\0": "x" } }, "env", "NUL"],
    ["/runs/tag", { tags: [{ key: "a", value: "b" }] }, "chosen", "runIds"],
    ["/runs/tag", { chosen: { runIds: [] }, tags: [{ key: "a", value: "b" }] }, "chosen.runIds", "1 item"],
    ["/runs/tag", { chosen: {}, tags: [{ key: "a", value: "b" }] }, "chosen", "search"],
    ["/labels", { model: "m", labels: [{ predictionId: "a", label: 1, knownAt: "2026-01-01T00:00:00Z" }, { predictionId: "b", label: 2, knownAt: "2026-01-01T00:00:00Z" }] }, "labels.1.label", "0 or 1"],
    ["/runs/search", { experimentNos: [0], orderBy: ["drop table"] }, "orderBy", "Invalid order"],
    ["/runs/search", { experimentNos: [0], filter: "drop table" }, "filter", "Invalid filter"],
    ["/runs/delete", { chosen: { runIds: [id], search: 1 } }, "chosen", "not known"],
  ])("POST /api/v1%s %j", async (path, body, field, words) => {
    const { status, text } = await ask("POST", `/api/v1${path}`, body);
    expect({ status, ...JSON.parse(text) }).toMatchObject({ status: 400, field: expect.stringContaining(field), detail: expect.stringContaining(words) });
  });
  it("in MLflow's words too", async () => {
    const batch = await ask("POST", "/api/2.0/mlflow/runs/log-batch", { run_id: runId, params: [{ key: "a", value: "b\0" }] });
    expect({ status: batch.status, ...JSON.parse(batch.text) }).toMatchObject({ status: 400, message: expect.stringContaining("params.0.value") });
    const order = await ask("POST", "/api/2.0/mlflow/runs/search", { experiment_ids: ["0"], order_by: ["drop table"] });
    expect({ status: order.status, ...JSON.parse(order.text) }).toMatchObject({ status: 400, message: expect.stringContaining("order_by") });
  });
});

describe("a number past its column", () => {
  const past = 2_147_483_648;
  it.each(["recipes/a?version=", "suites/a?version=", "evaluations?suiteVersion=", "models/held/versions?before=", "models/held/versions/"])("GET /api/v1/%s", async (path) => {
    expect((await ask("GET", `/api/v1/${path}${past}`)).status).toBe(400);
  });
  it("POST /api/v1/models/held/promotions", async () => {
    expect((await ask("POST", "/api/v1/models/held/promotions", { alias: "champion", version: past })).status).toBe(400);
  });
  it.each(["runs/create", "experiments/delete", "experiments/restore", "logged-models"])("an experiment's id in %s", async (path) => {
    for (const experiment_id of [past, String(past), -1, 1.5]) expect((await ask("POST", `/api/2.0/mlflow/${path}`, { experiment_id })).status).toBe(400);
  });
  it("a version in MLflow", async () => {
    expect((await ask("POST", "/api/2.0/mlflow/model-versions/set-tag", { name: "held", version: past, key: "k", value: "v" })).status).toBe(400);
  });
});

describe("a run search", () => {
  const search = (body: object) => ask("POST", "/api/2.0/mlflow/runs/search", { experiment_ids: ["0"], ...body });
  it("compares times with numbers past a bigint, and between two", async () => {
    expect(JSON.parse((await search({ filter: "attributes.start_time < 99999999999999999999" })).text)).toMatchObject({ runs: [{ info: { run_id: runId } }] });
    expect(JSON.parse((await search({ filter: "attributes.start_time > 99999999999999999999" })).text)).toEqual({});
    expect((await search({ filter: "attributes.duration > 1.5" })).status).toBe(200);
  });
  it.each(["attributes.start_time LIKE 5", "tags.a LIKE 'x\\\\'", "attributes.run_name LIKE '\\\\'"])("refuses %s", async (filter) => {
    expect((await search({ filter })).status).toBe(400);
  });
  it("refuses a page token with values of another kind", async () => {
    for (const key of [["x", "y"], ["1", "\0"], [1.5, "a"]]) {
      const { status } = await search({ page_token: Buffer.from(JSON.stringify(key)).toString("base64url") });
      expect(status).toBe(400);
    }
  });
});

it.each(["-1", "0"])("a metric's history with max_results=%s is refused as MLflow does, a large one is a page", async (max) => {
  const history = (text: string) => ask("GET", `/api/2.0/mlflow/metrics/get-history?run_id=${runId}&metric_key=a&max_results=${text}`);
  const refused = await history(max);
  expect({ status: refused.status, ...JSON.parse(refused.text) }).toMatchObject({ status: 400, error_code: "INVALID_PARAMETER_VALUE", message: expect.stringContaining("It must be a positive integer") });
  expect((await history("99999999")).status).toBe(200);
});

it("an output without a logged model's id is not found", async () => {
  expect((await ask("POST", "/api/2.0/mlflow/runs/outputs", { run_id: runId, models: [{ model_id: "" }] })).status).toBe(404);
});

it("a session cookie that is no percent-encoding is no session", async () => {
  const cookie = `${sessionCookieName()}=%`;
  expect((await ask("GET", "/api/v1/models", undefined, { cookie })).status).toBe(401);
});

describe("an error of the database", () => {
  const failed = (code: string) => new DrizzleQueryError("select secret", [], Object.assign(new Error("relation x"), { code, severity: "ERROR" }));
  it.each([
    ["22P05", 400], ["22021", 400], ["22003", 400], ["22P02", 400], ["53100", 503], ["53200", 503], ["57P03", 503], ["08006", 503], ["42P01", 500], ["23503", 500],
  ])("%s is %i, without the statement", (code, status) => {
    const fault = faultOf(failed(code), "r");
    expect(fault.status).toBe(status);
    expect(fault.message).not.toMatch(/secret|relation/);
  });
});

it.each(["ENOSPC", "EDQUOT"])("a file that found no room (%s) is 503, not a fault of ours", (code) => {
  const fault = faultOf(Object.assign(new Error("write /var/x"), { code, syscall: "write" }), "r");
  expect(fault).toMatchObject({ status: 503, message: expect.stringMatching(/disk is full/) });
});

it("a body that is not JSON is the client's doing, a SyntaxError from anywhere else is ours", async () => {
  const init = { method: "POST", headers: { host: "localhost:4999", authorization: `Bearer ${token}` }, body: "{" };
  const response = await app.request("http://localhost:4999/api/v1/recipes", init);
  expect({ status: response.status, text: await response.text() }).toMatchObject({ status: 400, text: expect.stringContaining("The body is not JSON") });
  expect(faultOf(new SyntaxError("Invalid regular expression"), "r")).toMatchObject({ status: 500, message: expect.not.stringContaining("JSON") });
});
