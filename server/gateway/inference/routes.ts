/** The Open Inference Protocol v2 over HTTP, with Triton's configuration, statistics and repository extensions. */
import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { getEndpoint, listServed, warmEndpoint } from "@/server/domains/models/serving/endpoints";
import { inferModel, refuseInference } from "@/server/domains/models/serving/infer";
import { allStatistics } from "@/server/domains/models/serving/log/statistics";
import { Invalid } from "@/server/platform/errors";
import { isListening } from "@/server/platform/live/listen";
import { requireParticipant, requireProject } from "../http/identify";
import { readJson } from "../http/input/read-json";
import { requireCaller } from "./identify-caller";
import { modelConfig, modelMetadata, modelStatistics, repositoryIndex, serverMetadata } from "./describe";
import { readInferRequest } from "./infer-request";
import { encodeAnswer, sendAnswer } from "./infer-response";
import { observeInference } from "./metrics";
import { inferenceProblem } from "./problem";

export const inferenceRoutes = new Hono<{ Bindings: HttpBindings }>();
inferenceRoutes.onError((error, c) => inferenceProblem(c, error));

/** An endpoint's paths, with and without a version. */
const pathsOf = (rest: string): string[] => [`/v2/models/:name${rest}`, `/v2/models/:name/versions/:version${rest}`];

function endpointOf(c: Context): { name: string; version: number | null } {
  const text = c.req.param("version");
  if (text === undefined) return { name: c.req.param("name") ?? "", version: null };
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Invalid(`The version ${JSON.stringify(text)} is not a number.`, { field: "version" });
  return { name: c.req.param("name") ?? "", version: Number(text) };
}

inferenceRoutes.get("/v2/health/live", (c) => c.json({ live: true }));
inferenceRoutes.get("/v2/health/ready", (c) => c.json({ ready: isListening() }, isListening() ? 200 : 503));

inferenceRoutes.get("/v2", async (c) => {
  await requireParticipant(c);
  return c.json(serverMetadata);
});

inferenceRoutes.get("/v2/models/stats", async (c) => {
  const { project } = await requireProject(c);
  return c.json(modelStatistics(allStatistics().filter((row) => row.projectId === project.id)));
});

inferenceRoutes.on("GET", pathsOf("/stats"), async (c) => {
  const ctx = await requireProject(c);
  const { name, version } = endpointOf(c);
  const endpoint = await getEndpoint(ctx, { name, version });
  const rows = allStatistics().filter((row) => row.projectId === ctx.project.id && row.model === endpoint.model && (version === null || row.version === version));
  return c.json(modelStatistics(rows));
});

inferenceRoutes.on("GET", pathsOf("/config"), async (c) => c.json(modelConfig(await getEndpoint(await requireProject(c), endpointOf(c)))));
inferenceRoutes.on("GET", pathsOf("/ready"), async (c) => {
  const { model } = await warmEndpoint(await requireProject(c), endpointOf(c));
  return c.json({ name: model, ready: true });
});
inferenceRoutes.on("GET", pathsOf(""), async (c) => c.json(modelMetadata(await getEndpoint(await requireProject(c), endpointOf(c)))));

inferenceRoutes.on("POST", pathsOf("/infer"), async (c) => {
  const started = performance.now();
  const ctx = await requireCaller(c);
  const request = await readInferRequest(c).catch(async (error: unknown) => {
    // Where the model is unknown too there is nothing to count it with.
    await refuseInference(ctx, endpointOf(c)).catch(() => undefined);
    throw error;
  });
  const answer = await inferModel(ctx, { ...endpointOf(c), inputs: request.inputs, outputs: request.outputs, isLogged: request.isLogged });
  const response = await sendAnswer(c, encodeAnswer(answer, request));
  observeInference(ctx.project.id, answer.model, answer.version, performance.now() - started);
  return response;
});

inferenceRoutes.post("/v2/repository/index", async (c) => {
  const ctx = await requireProject(c);
  const body = await readJson(c);
  const isReadyOnly = body !== null && typeof body === "object" && "ready" in body && body.ready === true;
  const models = await listServed(ctx, {});
  return c.json(repositoryIndex(models.filter((model) => !isReadyOnly || model.state === "READY")));
});

inferenceRoutes.post("/v2/repository/models/:name/load", async (c) => {
  await warmEndpoint(await requireProject(c), { name: c.req.param("name") });
  return c.json({});
});

inferenceRoutes.post("/v2/repository/models/:name/unload", async (c) => {
  await requireProject(c);
  throw new Invalid("Models are not unloaded by hand: which version answers is decided by its alias; move or remove that.");
});
