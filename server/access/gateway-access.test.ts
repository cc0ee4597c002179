/** Every route that the gateway serves, called with each kind of token, against the access table. */
import { PassThrough, Readable } from "node:stream";
import { beforeAll, describe, expect, it } from "vitest";
import { apiRoutes } from "@/server/gateway/api/routes";
import { createGateway } from "@/server/gateway/app";
import { mlflowRpcs } from "@/server/gateway/mlflow/routes";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { type Access, apiAccess, mlflowWrites, type OtherAccess, otherRoutes } from "./access-table";
import { type Answer, answerFor, makeTokens, type TokenKind } from "./identities";

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
  const families = [/^\w+ \/(ajax-)?api\/[23]\.0\/mlflow\//, /^\w+ \/api\/v1\//, /^ALL /];

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
    "any identity": { ...unknown, viewer: "in", member: "in", maintainer: "in", admin: "in" },
    viewer: withTokens("viewer"),
    member: withTokens("member"),
    "admin or project": { ...wanted("in"), ...unknown },
    agent: wanted(401),
    // The secret of an enrolment is in the body beside the agent's own; without one that parses it gets no further.
    enrolment: { ...wanted("in"), nobody: 401 },
  };

  it("is in the table", () => {
    const served = [...new Set(app.routes.map((route) => `${route.method} ${route.path}`))];
    const plain = served.filter((route) => !families.some((family) => family.test(route)));
    const named = (route: string) => route.replace("/ajax-api/", "/api/") in otherRoutes;
    expect(plain.filter((route) => !named(route))).toEqual([]);
    expect(Object.keys(otherRoutes).filter((route) => !served.includes(route))).toEqual([]);
  });

  it.each(Object.entries(otherRoutes))("%s (%s)", async (route, access) => {
    const [method = "GET", path = ""] = route.split(" ");
    expect(await answersOf(method, filled(path), wantedOf[access])).toMatchObject(wantedOf[access]);
  });

  it("an unknown path of a protocol asks for an identity first", async () => {
    for (const path of ["/api/2.0/mlflow/nothing", "/ajax-api/3.0/x", "/v2/nothing"]) {
      expect(await call("POST", path, "nobody")).toBe(401);
      expect(await call("POST", path, "viewer")).toBe(404);
    }
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
