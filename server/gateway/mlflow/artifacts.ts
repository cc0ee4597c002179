/** `/api/2.0/mlflow-artifacts`: bytes of artifacts through the server, with the artifact root as the project's own. */
import { Readable } from "node:stream";
import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { z } from "zod";
import { pathOfArtifactUri } from "@/server/domains/experiments/rules/artifact-path";
import { deleteArtifact, getArtifact, listArtifacts, uploadArtifact } from "@/server/domains/experiments/service/artifacts";
import { getRun } from "@/server/domains/experiments/service/runs";
import { blobStore } from "@/server/platform/blob-store/blobs";
import type { ProjectContext } from "@/server/platform/context";
import { Invalid } from "@/server/platform/errors";
import { requireProject } from "../http/identify";
import { mlflowProblem } from "./problem";
import { parseWire, RunId } from "./wire";

type Bindings = { Bindings: HttpBindings };

const marker = "/mlflow-artifacts/artifacts/";

/** The path as it was sent, decoded once: a doubly encoded dot stays encoded, and is refused. */
function pathOf(url: string): string {
  const { pathname } = new URL(url);
  try {
    return decodeURIComponent(pathname.slice(pathname.indexOf(marker) + marker.length));
  } catch {
    throw new Invalid("Invalid path: it is not valid percent-encoding.", { field: "path" });
  }
}

/** A page runs in an origin of its own that nobody shares, and reaches nothing: no request leaves it. */
const pagePolicy = "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; frame-ancestors 'self'";
const maxPageBytes = 32 * 1024 ** 2;

async function respondAsPage(ctx: ProjectContext, path: string): Promise<Response> {
  const artifact = await getArtifact(ctx, { path });
  if (!/\.html?$/i.test(path) || artifact.size > maxPageBytes) throw new Invalid(`Only HTML of up to ${maxPageBytes / 1024 ** 2} MiB is shown as a page.`, { field: "path" });
  const headers = { "content-type": "text/html; charset=utf-8", "content-length": String(artifact.size), "content-security-policy": pagePolicy, "x-content-type-options": "nosniff", "cache-control": "private, no-store" };
  return new Response(Readable.toWeb(blobStore().read(artifact.sha256)) as ReadableStream, { headers });
}

/** But for a page that was asked for as one, always as a download: an artifact's HTML or SVG must not run under the portal's origin. */
async function respond(ctx: ProjectContext, path: string): Promise<Response> {
  const artifact = await getArtifact(ctx, { path });
  const name = (path.split("/").at(-1) ?? "artifact").replace(/[^\w.-]/g, "_");
  const headers = {
    "content-type": "application/octet-stream",
    "content-length": String(artifact.size),
    "content-disposition": `attachment; filename="${name}"`,
    "x-content-type-options": "nosniff",
    etag: `"${artifact.sha256}"`,
  };
  return new Response(Readable.toWeb(blobStore().read(artifact.sha256)) as ReadableStream, { headers });
}

export const artifactRoutes = new Hono<Bindings>();
artifactRoutes.onError((error, c) => mlflowProblem(c, error));

for (const prefix of ["/api/2.0", "/ajax-api/2.0"]) {
  artifactRoutes.get(`${prefix}/mlflow-artifacts/artifacts`, async (c) => {
    const ctx = await requireProject(c);
    const entries = await listArtifacts(ctx, { path: c.req.query("path") ?? "" });
    const files = entries.map(({ path, isDir, size }) => ({ path: path.split("/").at(-1), is_dir: isDir, ...(size === null ? {} : { file_size: size }) }));
    return c.json(files.length > 0 ? { files } : {});
  });
  artifactRoutes.get(`${prefix}/mlflow-artifacts/artifacts/*`, async (c) => (c.req.query("as") === "page" ? respondAsPage : respond)(await requireProject(c), pathOf(c.req.url)));
  artifactRoutes.put(`${prefix}/mlflow-artifacts/artifacts/*`, async (c) => {
    const ctx = await requireProject(c);
    const length = c.req.header("content-length");
    await uploadArtifact(ctx, pathOf(c.req.url), c.env.incoming, { size: length === undefined ? undefined : Number(length) });
    return c.json({});
  });
  artifactRoutes.delete(`${prefix}/mlflow-artifacts/artifacts/*`, async (c) => {
    await deleteArtifact(await requireProject(c), { path: pathOf(c.req.url) });
    return c.json({});
  });
}

artifactRoutes.get("/get-artifact", async (c) => {
  const ctx = await requireProject(c);
  const request = parseWire(z.object({ run_id: RunId, path: z.string().min(1) }), { run_id: c.req.query("run_id") ?? c.req.query("run_uuid"), path: c.req.query("path") });
  const run = await getRun(ctx, { runId: request.run_id });
  return respond(ctx, `${pathOfArtifactUri(run.artifactUri)}/${request.path}`);
});
