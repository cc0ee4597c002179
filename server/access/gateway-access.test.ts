/** Every route that the gateway serves, called with each kind of token, against the access table. */
import { PassThrough, Readable } from "node:stream";
import { beforeAll, describe, expect, it } from "vitest";
import { apiRoutes } from "@/server/gateway/api/routes";
import { createGateway } from "@/server/gateway/app";
import { mlflowRpcs } from "@/server/gateway/mlflow/routes";
import { roles } from "@/server/platform/context";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { type Access, apiAccess, mlflowWrites, type OtherAccess, otherRoutes } from "./access-table";
import { type Answer, answerFor, cookieFor, makeTokens, type TokenKind } from "./identities";

type Who = "nobody" | TokenKind;

const app = createGateway(() => 4999);
let tokens: Record<TokenKind, string>;
let project: TestProject;

beforeAll(async () => {
  project = await testProject("owner");
  tokens = await makeTokens(project);
});

async function call(method: string, path: string, who: Who, body: object = {}): Promise<number> {
  const headers: Record<string, string> = { host: "localhost:4999", "content-type": "application/json" };
  if (who !== "nobody") headers.authorization = `Bearer ${tokens[who]}`;
  const text = ["GET", "HEAD"].includes(method) ? undefined : JSON.stringify(body);
  const env = { incoming: Readable.from([text ?? ""]), outgoing: Object.assign(new PassThrough(), { writeHead() {} }) };
  const response = await app.request(`http://localhost:4999${path}`, { method, headers, body: text }, env);
  return response.status;
}

/** 501 and 503 are answers to somebody who was let in: not offered, not ready. */
const judge = (status: number): Answer | number => (status === 401 || status === 403 || status === 500 ? status : "in");
const absent = "00000000-0000-7000-8000-000000000000";
const filled = (path: string) =>
  path.replace(/[{:](\w+)\}?/g, (_, name: string) => (/Id$|^id$/.test(name) ? absent : "1")).replace("*", "x/y");

const unknown = { nobody: 401, garbage: 401, expired: 401, revoked: 401 } as const;

/** `/api/v1/projects*` is the admin token's, and all that it may do. */
function withTokens(access: Access): Record<Who, Answer> {
  const isInstance = access === "admin" || access === "user";
  const may = (role: "viewer" | "member" | "maintainer") => (isInstance ? 403 : answerFor(role, access));
  return {
    ...unknown,
    viewer: may("viewer"),
    member: may("member"),
    maintainer: may("maintainer"),
    admin: isInstance ? "in" : 403,
  };
}

async function answersOf(method: string, path: string, wanted: Record<Who, Answer>, body?: object) {
  const answers: Record<string, Answer | number> = {};
  for (const who of Object.keys(wanted)) answers[who] = judge(await call(method, path, who as Who, body));
  return answers;
}

describe("every /api/v1 route", () => {
  const table = new Map(
    Object.entries(apiAccess).flatMap(([access, routes]) => routes.map((route) => [route, access as Access] as const)),
  );

  it("is in the table, and none besides", () => {
    const served = apiRoutes.map((route) => `${route.method.toUpperCase()} ${route.path}`);
    expect([...table.keys()].sort()).toEqual(served.sort());
  });

  it.each([...table])("%s (%s)", async (route, access) => {
    const [method = "", path = ""] = route.split(" ");
    const wanted = withTokens(access);
    expect(await answersOf(method, `/api/v1${filled(path)}`, wanted)).toEqual(wanted);
  });
});

describe("every /api/v1 route, to a person", () => {
  /** As trpc-access.test.ts does it; the project is named in a header here. */
  const sent = ["nobody", "forged", "revoked", "stranger", ...roles, "admin"] as const;

  function wantedOf(person: (typeof sent)[number], access: Access): Answer {
    if (person === "nobody" || person === "forged" || person === "revoked") return 401;
    if (person === "admin") return "in";
    const isInstance = access === "admin" || access === "user";
    if (person === "stranger") return isInstance ? answerFor("owner", access) : 404;
    return answerFor(person, access);
  }

  async function answerOf(method: string, path: string, person: (typeof sent)[number]): Promise<Answer | number> {
    const own = await testProject("owner");
    const cookie = await cookieFor(person, own);
    const headers = { host: "localhost:4999", "content-type": "application/json", "x-slipway-project": own.project.slug, ...(cookie ? { cookie } : {}) };
    const response = await app.request(`http://localhost:4999/api/v1${filled(path)}`, { method, headers, body: method === "GET" ? undefined : "{}" });
    const isAbsent = response.status === 404 && (await response.text()).includes(own.project.slug);
    return isAbsent ? 404 : judge(response.status);
  }

  const routes = Object.entries(apiAccess).flatMap(([access, listed]) => listed.map((route) => [route, access as Access] as const));
  it.each(routes)("%s (%s)", async (route, access) => {
    const [method = "", path = ""] = route.split(" ");
    const answers = await Promise.all(sent.map(async (person) => [person, await answerOf(method, path, person)]));
    expect(Object.fromEntries(answers)).toEqual(Object.fromEntries(sent.map((person) => [person, wantedOf(person, access)])));
  });
});

describe("every MLflow RPC", () => {
  const named = mlflowRpcs.map((rpc) => [`${rpc.method} ${rpc.path}`, rpc] as const);

  it("that writes is in the table, and none besides", () => {
    const served = new Set<string>(named.map(([name]) => name));
    expect(Object.keys(mlflowWrites).filter((name) => !served.has(name))).toEqual([]);
  });

  it.each(named)("%s", async (name, rpc) => {
    const { access, body } = mlflowWrites[name] ?? { access: "viewer" as const, body: {} };
    const text = JSON.stringify(body).replaceAll("RUN", absent.replaceAll("-", ""));
    const wanted = withTokens(access);
    for (const prefix of ["/api", "/ajax-api"]) {
      const path = `${prefix}/${rpc.major}.0/mlflow${filled(rpc.path)}`;
      expect(await answersOf(rpc.method, path, wanted, JSON.parse(text))).toEqual(wanted);
    }
  });
});

describe("every other route", () => {
  const asPattern = (path: string) => path.replace(/\{(\w+)\}/g, ":$1");
  /** Made from the tables of verbs and RPCs, which have tests of their own; the catch-alls answer to no verb. */
  const made = new Set([
    ...apiRoutes.map((route) => `${route.method.toUpperCase()} /api/v1${asPattern(route.path)}`),
    ...mlflowRpcs.flatMap((rpc) => ["/api", "/ajax-api"].map((prefix) => `${rpc.method} ${prefix}/${rpc.major}.0/mlflow${rpc.path}`)),
    ...["/*", "/api/v1/*", "/agent/*", "/v2/*", "/api/2.0/*", "/api/3.0/*", "/ajax-api/2.0/*", "/ajax-api/3.0/*"].map((path) => `ALL ${path}`),
  ]);
  const unlisted = (served: readonly { method: string; path: string }[]) =>
    [...new Set(served.map((route) => `${route.method} ${route.path}`))].filter((route) => !made.has(route) && !(route.replace("/ajax-api/", "/api/") in otherRoutes));

  const wanted = (answer: Answer): Record<Who, Answer> => ({
    nobody: answer,
    garbage: answer,
    expired: answer,
    revoked: answer,
    viewer: answer,
    member: answer,
    maintainer: answer,
    admin: answer,
  });

  /** What an agent's or an attempt's own routes answer to a project's token: its secret is of another kind. */
  const wantedOf: Record<OtherAccess, Record<Who, Answer>> = {
    public: {
      nobody: "in",
      garbage: "in",
      expired: "in",
      revoked: "in",
      viewer: "in",
      member: "in",
      maintainer: "in",
      admin: "in",
    },
    "any but admin": { ...unknown, viewer: "in", member: "in", maintainer: "in", admin: 403 },
    viewer: withTokens("viewer"),
    member: withTokens("member"),
    admin: withTokens("admin"),
    agent: wanted(401),
    // The secret of an enrolment is in the body beside the agent's own; without one that parses it gets no further.
    enrolment: { ...wanted("in"), nobody: 401 },
  };

  it("is in the table", () => {
    const served = app.routes.map((route) => `${route.method} ${route.path}`);
    expect(unlisted(app.routes)).toEqual([]);
    expect(Object.keys(otherRoutes).filter((route) => !served.includes(route))).toEqual([]);
  });

  it.each(["/api/v1/x", "/agent/x", "/v2/x", "/api/2.0/mlflow/x", "/x"])("a route that is added by hand at %s is missed in the table", (path) => {
    const other = createGateway(() => 4999);
    other.get(path, (c) => c.text("open"));
    expect(unlisted(other.routes)).toEqual([`GET ${path}`]);
    const any = createGateway(() => 4999);
    any.all(path, (c) => c.text("open"));
    expect(unlisted(any.routes)).toEqual([`ALL ${path}`]);
  });

  it.each(Object.entries(otherRoutes))("%s (%s)", async (route, access) => {
    const [method = "GET", path = ""] = route.split(" ");
    expect(await answersOf(method, filled(path), wantedOf[access])).toMatchObject(wantedOf[access]);
  });

  it.each(["/api/2.0/mlflow/nothing", "/ajax-api/3.0/x", "/v2/nothing", "/api/v1/nothing", "/api/v1"])("the unknown path %s asks for an identity first", async (path) => {
    for (const method of ["GET", "POST", "DELETE"]) {
      expect(await call(method, path, "nobody")).toBe(401);
      expect(await call(method, path, "admin")).toBe(403);
      expect(await call(method, path, "viewer")).toBe(404);
    }
  });

  it("an unknown path of the agent's protocol is an agent's alone", async () => {
    for (const who of ["nobody", "viewer", "admin"] as const) expect(await call("POST", "/agent/nothing", who)).toBe(401);
  });

  it.each([
    ["PUT", "/api/v1/models", "GET, HEAD, POST"],
    ["GET", "/api/v1/labels", "POST"],
    ["POST", "/api/v1/jobs/x/log", "GET, HEAD"],
    ["POST", "/api/v1/openapi.json", "GET, HEAD"],
    ["GET", "/v2/models/m/infer", "POST"],
  ])("%s %s is 405 with what is allowed", async (method, path, allow) => {
    const headers = { host: "localhost:4999", authorization: `Bearer ${tokens.viewer}` };
    const response = await app.request(`http://localhost:4999${path}`, { method, headers });
    expect({ status: response.status, allow: response.headers.get("allow") }).toEqual({ status: 405, allow });
    expect(response.headers.get("content-type")).toMatch(path.startsWith("/v2") ? "application/json" : "application/problem+json");
    expect((await app.request(`http://localhost:4999${path}`, { method, headers: { host: "localhost:4999" } })).status).toBe(401);
  });
});

describe("another project's token", () => {
  it("finds nothing of this one by id", async () => {
    const theirs = await makeTokens(await testProject("owner"));
    const ask = (path: string, token: string, body?: object) =>
      app.request(`http://localhost:4999${path}`, {
        method: body ? "POST" : "GET",
        headers: { host: "localhost:4999", authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: body && JSON.stringify(body),
      });
    const made = await ask("/api/2.0/mlflow/runs/create", tokens.member, { experiment_id: "0" });
    const { run } = (await made.json()) as { run: { info: { run_id: string } } };
    const path = `/api/2.0/mlflow/runs/get?run_id=${run.info.run_id}`;
    expect((await ask(path, tokens.viewer)).status).toBe(200);
    expect((await ask(path, theirs.maintainer)).status).toBe(404);
    const log = { run_id: run.info.run_id, key: "k", value: 1, timestamp: 1, step: 0 };
    expect((await ask("/api/2.0/mlflow/runs/log-metric", theirs.maintainer, log)).status).toBe(404);
    expect((await ask("/api/2.0/mlflow/runs/delete", theirs.maintainer, { run_id: run.info.run_id })).status).toBe(404);
  });
});

describe("what comes from elsewhere", () => {
  const ask = (headers: Record<string, string>, method = "POST") =>
    app.request("http://localhost:4999/api/v1/projects", {
      method,
      headers: { authorization: `Bearer ${tokens.admin}`, ...headers },
      body: method === "POST" ? "{}" : undefined,
    });

  it("refuses a foreign Host, Origin or Sec-Fetch-Site, and takes its own", async () => {
    expect((await ask({ host: "evil.example" }, "GET")).status).toBe(403);
    expect((await ask({ host: "localhost:4999", origin: "https://evil.example" })).status).toBe(403);
    expect((await ask({ host: "localhost:4999", "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await ask({ host: "localhost:4999", origin: "http://localhost:4999" })).status).toBe(400);
  });
});
