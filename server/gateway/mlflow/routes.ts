/** MLflow's REST surface: each RPC under /api and /ajax-api, with JSON bodies, query parameters or both. */
import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { Invalid } from "@/server/platform/errors";
import { requireParticipant, requireProject } from "../http/identify";
import { readJson } from "../http/input/read-json";
import { artifactRoutes } from "./artifacts";
import { experimentRpcs } from "./experiments";
import { loggedModelRpcs } from "./logged-models";
import { mlflowProblem } from "./problem";
import type { Rpc } from "./rpc";
import { refusedRoutes } from "./refused";
import { registryRpcs } from "./registry";
import { runRpcs } from "./runs";

/** What `GET /version` says: the MLflow release whose wire this speaks. */
export const mlflowVersion = "3.7.0";

export const mlflowRpcs: readonly Rpc[] = [...experimentRpcs, ...runRpcs, ...loggedModelRpcs, ...registryRpcs];

const allowedTypes = /^(application\/json|application\/x-www-form-urlencoded)?(;.*)?$/i;

async function requestOf(c: Context): Promise<Record<string, unknown>> {
  const request: Record<string, unknown> = {};
  for (const [name, values] of Object.entries(c.req.queries())) request[name] = values.length > 1 ? values : values[0];
  if (c.req.method !== "GET") {
    const type = c.req.header("content-type") ?? "";
    if (!allowedTypes.test(type)) throw new Invalid(`Bad Request. Content-Type must be one of ['application/json'], not ${JSON.stringify(type)}.`);
    const body = await readJson(c);
    if (body === null || typeof body !== "object" || Array.isArray(body)) throw new Invalid("The body must be a JSON object.");
    Object.assign(request, body);
  }
  return Object.assign(request, c.req.param());
}

export const mlflowRoutes = new Hono<{ Bindings: HttpBindings }>();
mlflowRoutes.onError((error, c) => mlflowProblem(c, error));

for (const { method, path, major, call } of mlflowRpcs) {
  const paths = [`/api/${major}.0/mlflow${path}`, `/ajax-api/${major}.0/mlflow${path}`];
  mlflowRoutes.on(method, paths, async (c) => c.json(await call(await requireProject(c), await requestOf(c), c)));
}

mlflowRoutes.get("/version", async (c) => {
  await requireParticipant(c);
  return c.text(mlflowVersion);
});

mlflowRoutes.get("/api/3.0/mlflow/server-info", async (c) => {
  await requireParticipant(c);
  return c.json({ store_type: "SqlStore", workspaces_enabled: false, trace_archival_enabled: false });
});

mlflowRoutes.route("/", artifactRoutes);
mlflowRoutes.route("/", refusedRoutes);

/** Clients key their fallbacks on this code for routes that a server lacks. */
for (const prefix of ["/api/2.0", "/api/3.0", "/ajax-api/2.0", "/ajax-api/3.0"]) {
  mlflowRoutes.all(`${prefix}/*`, async (c) => {
    await requireParticipant(c);
    return c.json({ error_code: "ENDPOINT_NOT_FOUND", message: `There is no ${c.req.method} ${c.req.path} here.` }, 404);
  });
}
