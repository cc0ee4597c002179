/** The agent protocol: JSON both ways, log bytes raw. The mapping only; rules are in the compute domain. */
import { type Context, Hono } from "hono";
import { z } from "zod";
import {
  AttemptResult,
  ClaimRequest,
  HeartbeatRequest,
  HelloRequest,
  LOG_CHUNK_MAX,
  LogQuery,
  RegisterRequest,
  UsageReport,
} from "@/server/domains/compute/contract/protocol";
import { appendLogs } from "@/server/domains/compute/service/attempts/append-logs";
import { claimJobs } from "@/server/domains/compute/service/attempts/claim-jobs";
import { heartbeat } from "@/server/domains/compute/service/attempts/heartbeat";
import { helloAgent } from "@/server/domains/compute/service/attempts/hello-agent";
import { finishAttempt, reportUsage, startAttempt } from "@/server/domains/compute/service/attempts/report-attempt";
import { registerAgent } from "@/server/domains/compute/service/enrol-agent";
import { systemInstanceContext } from "@/server/platform/context";
import { parseInput } from "@/server/platform/verb";
import { readBody, readJson } from "../http/input/read-json";
import { requireAgent, requireBearer } from "./require-agent";
import { askUntil } from "./wait-for-work";

const BODY_MAX = 1024 * 1024;

async function bodyOf<S extends z.ZodType>(c: Context, schema: S): Promise<z.output<S>> {
  return parseInput(schema, await readJson(c, BODY_MAX));
}

const attemptOf = (c: Context): { attemptId: string } => parseInput(z.object({ attemptId: z.uuid() }), c.req.param());

export const agentRoutes = new Hono();

agentRoutes.post("/register", async (c) => {
  const enrolmentToken = requireBearer(c);
  const request = await bodyOf(c, RegisterRequest);
  return c.json(await registerAgent(systemInstanceContext("enrolment"), { ...request, enrolmentToken }), 201);
});

agentRoutes.post("/hello", async (c) => {
  const ctx = await requireAgent(c);
  return c.json(await helloAgent(ctx, await bodyOf(c, HelloRequest)));
});

agentRoutes.post("/heartbeat", async (c) => {
  const ctx = await requireAgent(c);
  return c.json(await heartbeat(ctx, await bodyOf(c, HeartbeatRequest)));
});

agentRoutes.post("/claim", async (c) => {
  const ctx = await requireAgent(c);
  const request = await bodyOf(c, ClaimRequest);
  const answer = await askUntil(
    () => claimJobs(ctx, request),
    ({ claims, stop }) => claims.length > 0 || stop.length > 0,
    request.waitSeconds * 1_000,
    c.req.raw.signal,
  );
  return c.json(answer);
});

agentRoutes.post("/attempts/:attemptId/started", async (c) => {
  const ctx = await requireAgent(c);
  return c.json(await startAttempt(ctx, attemptOf(c)));
});

agentRoutes.post("/attempts/:attemptId/logs", async (c) => {
  const ctx = await requireAgent(c);
  const query = parseInput(LogQuery, c.req.query());
  return c.json(await appendLogs(ctx, { ...attemptOf(c), ...query, bytes: await readBody(c, LOG_CHUNK_MAX) }));
});

agentRoutes.post("/attempts/:attemptId/usage", async (c) => {
  const ctx = await requireAgent(c);
  return c.json(await reportUsage(ctx, { ...attemptOf(c), usage: await bodyOf(c, UsageReport) }));
});

agentRoutes.post("/attempts/:attemptId/result", async (c) => {
  const ctx = await requireAgent(c);
  return c.json(await finishAttempt(ctx, { ...attemptOf(c), result: await bodyOf(c, AttemptResult) }));
});
