/** Searches of the registry over the wire: filters, orders and pages as MLflow's clients send them. */
import { Readable } from "node:stream";
import { beforeAll, describe, expect, it } from "vitest";
import { makeTokens } from "@/server/access/identities";
import { uploadArtifact } from "@/server/domains/experiments/service/artifacts";
import { testProject } from "@/server/platform/testing/project";
import { createGateway } from "../app";
import { isLike } from "./registry-search";

type Answer = {
  error_code?: string; message?: string; next_page_token?: string; run?: { info: { run_id: string; artifact_uri: string } };
  model_versions?: { name: string; version: string }[]; registered_models?: { name: string }[];
};

const app = createGateway(() => 4999);
const runs: string[] = [];
let token = "";

async function ask(method: string, path: string, body?: object): Promise<{ status: number; json: Answer }> {
  const init = { method, headers: { host: "localhost:4999", authorization: `Bearer ${token}`, "content-type": "application/json" }, body: body && JSON.stringify(body) };
  const response = await app.request(`http://localhost:4999/api/2.0/mlflow/${path}`, init);
  return { status: response.status, json: (await response.json()) as Answer };
}

async function make(path: string, body: object): Promise<Answer> {
  const { status, json } = await ask("POST", path, body);
  expect(json.message).toBeUndefined();
  expect(status).toBe(200);
  return json;
}

/** Each query's values, an array as the same name several times. */
function search(what: string, query: Record<string, string | string[]>) {
  const pairs = Object.entries(query).flatMap(([name, values]) => [values].flat().map((value): [string, string] => [name, value]));
  return ask("GET", `${what}/search?${new URLSearchParams(pairs)}`);
}

const namesOf = ({ model_versions = [] }: Answer) => model_versions.map(({ name, version }) => `${name}${version}`);
const byName = ["name ASC", "version_number ASC"];

beforeAll(async () => {
  const made = await testProject("owner");
  token = (await makeTokens(made)).maintainer;
  const sources: string[] = [];
  for (let n = 0; n < 2; n += 1) {
    const { run } = await make("runs/create", { experiment_id: "0" });
    const source = `${run?.info.artifact_uri}/model`;
    await uploadArtifact(made.ctx, `${source.replace("mlflow-artifacts:/", "")}/weights.bin`, Readable.from([Buffer.from("w")]), {});
    runs.push(run?.info.run_id ?? "");
    sources.push(source);
  }
  const register = (name: string, run: 0 | 1, tags: { key: string; value: string }[]) => make("model-versions/create", { name, source: sources[run], run_id: runs[run], tags });
  await make("registered-models/create", { name: "a", tags: [{ key: "team", value: "x" }] });
  await make("registered-models/create", { name: "b" });
  await register("a", 0, []);
  await register("a", 1, []);
  await register("a", 0, [{ key: "quality", value: "good" }]);
  await register("b", 1, [{ key: "quality", value: "bad" }]);
});

describe("a search of model versions", () => {
  it.each([
    ["", ["a1", "a2", "a3", "b1"]],
    ["name = 'a'", ["a1", "a2", "a3"]],
    ["name='A'", []],
    ["name = 'absent'", []],
    ["name ILIKE 'A%'", ["a1", "a2", "a3"]],
    ["name IN ('b', 'c')", ["b1"]],
    ["run_id = 'RUN0'", ["a1", "a3"]],
    ["run_id NOT IN ('RUN0')", ["a2", "b1"]],
    ["name = 'a' and run_id = 'RUN1'", ["a2"]],
    ["name = 'a' AND version_number >= 2", ["a2", "a3"]],
    ["version_number = '1'", ["a1", "b1"]],
    ["source_path LIKE '%RUN1%/model'", ["a2", "b1"]],
    ["tags.quality = 'good'", ["a3"]],
    ["tags.quality != 'good'", ["b1"]],
    ["tag.`mlflow.prompt.is_prompt` != 'true' and name = 'b'", ["b1"]],
  ])("finds by %s what fits, and no more", async (filter, expected) => {
    const { status, json } = await search("model-versions", { filter: filter.replace(/RUN(\d)/g, (_, n: string) => runs[Number(n)] ?? ""), order_by: byName });
    expect({ status, found: namesOf(json) }).toEqual({ status: 200, found: expected });
  });

  it.each<[Record<string, string | string[]>, string]>([
    [{ filter: "status = 'READY'" }, "status"],
    [{ filter: "name = 'a' and current_stage = 'None'" }, "current_stage"],
    [{ filter: "metrics.a > 1" }, "metric"],
    [{ filter: "version_number = 'x'" }, "version_number"],
    [{ filter: "name > 'a'" }, "name: >"],
    [{ filter: "name = 5" }, "name"],
    [{ filter: "tags.quality IN ('good')" }, "quality: IN"],
    [{ order_by: "run_id" }, "run_id"],
    [{ order_by: ["name", "name DESC"] }, "duplicate"],
    [{ max_results: "0" }, "max_results"],
    [{ page_token: "2" }, "page token"],
  ])("refuses %j by its name", async (query, named) => {
    expect(await search("model-versions", query)).toMatchObject({ status: 400, json: { error_code: "INVALID_PARAMETER_VALUE", message: expect.stringContaining(named) } });
  });

  it("comes by the page in the order that was asked for, and a token is of its own order", async () => {
    const order_by = "version_number DESC";
    const first = await search("model-versions", { order_by, max_results: "2" });
    expect(namesOf(first.json)).toEqual(["a3", "a2"]);
    const page_token = first.json.next_page_token ?? "";
    const second = await search("model-versions", { order_by, max_results: "2", page_token });
    expect(namesOf(second.json)).toEqual(["a1", "b1"]);
    expect(second.json.next_page_token).toBeUndefined();
    expect(await search("model-versions", { order_by: "version_number ASC", page_token })).toMatchObject({ status: 400 });
  });
});

describe("a search of registered models", () => {
  it.each([
    ["", ["a", "b"]],
    ["tag.`mlflow.prompt.is_prompt` != 'true'", ["a", "b"]],
    ["name LIKE 'b%' AND tag.`mlflow.prompt.is_prompt` != 'true'", ["b"]],
    ["tags.team = 'x'", ["a"]],
    ["name = 'B'", []],
  ])("finds by %s what fits", async (filter, expected) => {
    const { json } = await search("registered-models", { filter });
    expect((json.registered_models ?? []).map(({ name }) => name)).toEqual(expected);
  });

  it("comes by the page in the order that was asked for", async () => {
    const first = await search("registered-models", { order_by: "name DESC", max_results: "1" });
    const second = await search("registered-models", { order_by: "name DESC", max_results: "1", page_token: first.json.next_page_token ?? "" });
    expect([first, second].map(({ json }) => json.registered_models?.[0]?.name)).toEqual(["b", "a"]);
    expect(second.json.next_page_token).toBeUndefined();
  });
});

it.each([
  ["abc", "a%c", true], ["abc", "a_c", true], ["abc", "%", true], ["", "%", true], ["abc", "abc%%", true], ["a%c", "a%c", true],
  ["abc", "a_", false], ["abc", "b%", false], ["", "_", false], ["a".repeat(5_000), `${"%a".repeat(40)}b`, false],
])("likeness of %j to %j", (text, pattern, isAlike) => {
  expect(isLike(text, pattern)).toBe(isAlike);
});
