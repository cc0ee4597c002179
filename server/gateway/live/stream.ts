/** `/live`: a project's topics as server-sent events, encoded once for all of its viewers. */

import type { ServerResponse } from "node:http";
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono } from "hono";
import { Forbidden, NotFound, Unauthenticated } from "@/server/platform/errors";
import { isListening, subscribeLive } from "@/server/platform/live/listen";
import { requestIdOf, requireProject } from "../http/identify";

type Viewer = { out: ServerResponse; projectId: string; mayMissed: Set<string>; stillAllowed: () => Promise<boolean> };

const viewers = new Map<string, Set<Viewer>>();
const maxBufferedBytes = 64 * 1024;
const heartbeatMs = 15_000;

/** A slow reader is not queued for: its missed topics are merged and sent once it has drained. */
function send(viewer: Viewer, frame: string, topics: readonly string[]): void {
  if (viewer.out.writableLength > maxBufferedBytes) {
    for (const topic of topics) viewer.mayMissed.add(topic);
    return;
  }
  viewer.out.write(frame);
}

const frameOf = (topics: readonly string[]) => `event: topics\ndata: ${JSON.stringify(topics)}\n\n`;

export function fanOut(projectId: string, topics: string[]): void {
  const frame = frameOf(topics);
  const audiences = projectId === "*" ? viewers.values() : [viewers.get(projectId) ?? new Set<Viewer>()];
  for (const audience of audiences) for (const viewer of audience) send(viewer, frame, topics);
}

/** Keeps the streams alive, and ends those that may no longer watch. */
export async function beat(): Promise<void> {
  const state = isListening() ? "live" : "behind";
  for (const audience of viewers.values()) {
    for (const viewer of audience) {
      if (!(await viewer.stillAllowed())) viewer.out.end();
      else viewer.out.write(`event: heartbeat\ndata: "${state}"\n\n`);
    }
  }
}

function watch(viewer: Viewer): void {
  const audience = viewers.get(viewer.projectId) ?? new Set<Viewer>();
  audience.add(viewer);
  viewers.set(viewer.projectId, audience);
  viewer.out.on("drain", () => {
    const missed = [...viewer.mayMissed];
    viewer.mayMissed.clear();
    if (missed.length > 0) viewer.out.write(frameOf(missed));
  });
  viewer.out.on("close", () => {
    audience.delete(viewer);
    if (audience.size === 0) viewers.delete(viewer.projectId);
  });
}

function isRefusal(error: unknown): boolean {
  return error instanceof Unauthenticated || error instanceof Forbidden || error instanceof NotFound;
}

let beating: NodeJS.Timeout | undefined;

export function startFanOut(): () => void {
  const unsubscribe = subscribeLive(fanOut);
  beating = setInterval(() => void beat(), heartbeatMs);
  return () => {
    unsubscribe();
    clearInterval(beating);
    for (const audience of viewers.values()) for (const viewer of audience) viewer.out.end();
  };
}

export const liveRoutes = new Hono<{ Bindings: HttpBindings }>();

liveRoutes.get("/live", async (c) => {
  const { project } = await requireProject(c);
  const headers = { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" };
  if (c.req.method === "HEAD") return c.body(null, 200, headers);
  const out = c.env.outgoing;
  out.writeHead(200, { ...headers, "x-content-type-options": "nosniff", "x-request-id": requestIdOf(c) });
  out.write(`retry: 1000\nevent: hello\ndata: "${isListening() ? "live" : "behind"}"\n\n`);
  watch({
    out,
    projectId: project.id,
    mayMissed: new Set(),
    // Sessions and tokens are revoked and expire, and people leave projects, while they watch.
    stillAllowed: () =>
      requireProject(c).then(
        () => true,
        (error: unknown) => !isRefusal(error),
      ),
  });
  return RESPONSE_ALREADY_SENT;
});
