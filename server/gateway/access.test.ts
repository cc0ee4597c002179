/**
 * The identity × route table: every route that the gateway serves, called as each identity. A route missing from the
 * table fails the test, so that none is added without a decision on who may use it.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/server/platform/db";
import { insertToken, revokeToken } from "@/server/platform/identity/service/tokens";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { apiTokens } from "@/drizzle/schema/identity";
import { eq, sql } from "drizzle-orm";
import { createGateway } from "./app";
import { apiRoutes } from "./api/routes";
import { mlflowRpcs } from "./mlflow/routes";

type Who = "nobody" | "garbage" | "expired" | "revoked" | "viewer" | "member" | "maintainer" | "admin";
/** `in`: identity accepted (whatever the input then gets); 401 and 403 as they are. */
type Expected = "in" | 401 | 403;

const app = createGateway(() => 4999);
let project: TestProject;
const tokens: Partial<Record<Who, string>> = {};

async function makeToken(scopes: string[], kind: "project" | "admin" = "project"): Promise<{ tokenId: string; token: string }> {
  return database().transaction((tx) =>
    insertToken(tx, { kind, projectId: kind === "project" ? project.project.id : null, userId: null, name: "t", scopes, expiresInDays: null }),
  );
}

beforeAll(async () => {
  project = await testProject("owner");
  tokens.viewer = (await makeToken(["read"])).token;
  tokens.member = (await makeToken(["write"])).token;
  tokens.maintainer = (await makeToken(["manage"])).token;
  tokens.admin = (await makeToken([], "admin")).token;
  tokens.garbage = "slw_0000000000000000000000000000000000_000000";
  const expired = await makeToken(["manage"]);
  await database().update(apiTokens).set({ expiresAt: sql`now() - interval '1 second'` }).where(eq(apiTokens.id, expired.tokenId));
  tokens.expired = expired.token;
  const revoked = await makeToken(["manage"]);
  await revokeToken(project.ctx, { tokenId: revoked.tokenId });
  tokens.revoked = revoked.token;
});

async function call(method: string, path: string, who: Who): Promise<number> {
  const token = tokens[who];
  const headers: Record<string, string> = { host: "localhost:4999", "content-type": "application/json" };
  if (token) headers.authorization = `Bearer ${token}`;
  const hasBody = !["get", "head"].includes(method.toLowerCase());
  const response = await app.request(`http://localhost:4999${path}`, { method: method.toUpperCase(), headers, body: hasBody ? "{}" : undefined });
  return response.status;
}

const judge = (status: number): Expected => (status === 401 || status === 403 ? status : "in");

function expectedOf(access: string): Record<Who, Expected> {
  const none = { nobody: 401, garbage: 401, expired: 401, revoked: 401 } as const;
  if (access === "admin") return { ...none, viewer: 403, member: 403, maintainer: 403, admin: "in" };
  if (access === "user") return { ...none, viewer: 403, member: 403, maintainer: 403, admin: "in" };
  const roles = ["viewer", "member", "maintainer", "owner"];
  const may = (role: string): Expected => (roles.indexOf(role) >= roles.indexOf(access) ? "in" : 403);
  return { ...none, viewer: may("viewer"), member: may("member"), maintainer: may("maintainer"), admin: 403 };
}

const filled = (path: string) => path.replace(/[{:](\w+)\}?/g, (_, name: string) => (/Id$|^id$/.test(name) ? "00000000-0000-7000-8000-000000000000" : "nothing"));

describe("every /api/v1 route", () => {
  it.each(apiRoutes.map((route) => [`${route.method.toUpperCase()} ${route.path}`, route] as const))("%s answers to whom it should", async (_, route) => {
    for (const [who, expected] of Object.entries(expectedOf(route.access))) {
      const status = await call(route.method, `/api/v1${filled(route.path)}`, who as Who);
      expect({ who, answer: judge(status) }).toEqual({ who, answer: expected });
      expect(status).toBeLessThan(500);
    }
  });
});

/** What a token may do on MLflow's wire: reads as viewer, the rest by the verb behind it. */
const mlflowReads = /\/(get|get-by-name|search|get-history|get-history-bulk-interval|list|get-latest-versions|get-download-uri|directories)$|^GET /;
const mlflowManages = /registered-models\/(rename|delete)$|model-versions\/delete$|DELETE \/registered-models\/alias$/;

describe("every MLflow RPC", () => {
  it.each(mlflowRpcs.map((rpc) => [`${rpc.method} ${rpc.path}`, rpc] as const))("%s refuses whom it should", async (name, rpc) => {
    const path = `/api/${rpc.major}.0/mlflow${filled(rpc.path)}`;
    for (const who of ["nobody", "garbage", "expired", "revoked"] as const) expect(await call(rpc.method, path, who)).toBe(401);
    expect(await call(rpc.method, path, "admin")).toBe(403);
    expect(await call(rpc.method, path, "maintainer")).toBeLessThan(500);
    const isRead = mlflowReads.test(name) && !mlflowManages.test(name);
    const asViewer = await call(rpc.method, path, "viewer");
    // A write with an empty body is refused for its body or for its role, never taken.
    if (!isRead) expect([400, 403, 404]).toContain(asViewer);
  });
});

/** Everything else the gateway serves, with what it asks for. A new route must be named here or be one of the above. */
const others: Record<string, { access: "public" | "viewer" | "member" | "admin or project" | "agent" | "any identity" }> = {
  "GET /health": { access: "public" },
  "GET /health/live": { access: "public" },
  "GET /metrics": { access: "admin or project" },
  "GET /api/v1/openapi.json": { access: "any identity" },
  "PUT /api/v1/blobs/:sha256": { access: "member" },
  "GET /api/v1/blobs/:sha256": { access: "viewer" },
  "GET /api/v1/jobs/:jobId/log": { access: "viewer" },
  "GET /live": { access: "viewer" },
  "GET /version": { access: "any identity" },
  "GET /api/3.0/mlflow/server-info": { access: "any identity" },
  "GET /get-artifact": { access: "viewer" },
};
const families = [/^\w+ \/(ajax-)?api\/[23]\.0\//, /^\w+ \/api\/v1\//, /^\w+ \/agent\//, /^\w+ \/v2/, /^ALL \/\*$/];

describe("the other routes", () => {
  it("are all named in the table", () => {
    const served = [...new Set(app.routes.map((route) => `${route.method} ${route.path}`))];
    expect(served.filter((route) => !(route in others) && !families.some((family) => family.test(route)))).toEqual([]);
  });

  it.each(Object.entries(others).filter(([, { access }]) => access !== "public"))("%s refuses those without an identity", async (route) => {
    const [method = "GET", path = ""] = route.split(" ");
    for (const who of ["nobody", "garbage", "expired", "revoked"] as const) expect(await call(method, filled(path), who)).toBe(401);
  });

  it("refuses an agent's routes to a project's token", async () => {
    for (const path of ["/agent/hello", "/agent/heartbeat", "/agent/claim"]) expect(await call("POST", path, "maintainer")).toBe(401);
  });
});

describe("what comes from elsewhere", () => {
  const ask = (headers: Record<string, string>, method = "POST") =>
    app.request("http://localhost:4999/api/v1/projects", { method, headers: { authorization: `Bearer ${tokens.admin}`, ...headers }, body: method === "POST" ? "{}" : undefined });

  it("refuses a foreign Host, Origin or Sec-Fetch-Site, and takes its own", async () => {
    expect((await ask({ host: "evil.example" }, "GET")).status).toBe(403);
    expect((await ask({ host: "localhost:4999", origin: "https://evil.example" })).status).toBe(403);
    expect((await ask({ host: "localhost:4999", "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await ask({ host: "localhost:4999", origin: "http://localhost:4999" })).status).toBe(400);
  });
});

