/** Proxied artifacts: bytes go to the blob store first, and the path shows them only when they are verified. */
import type { Readable } from "node:stream";
import { storeBlob } from "@/server/platform/blob-store/blobs";
import type { ProjectContext } from "@/server/platform/context";
import type { Db } from "@/server/platform/db";
import { Invalid, NotFound } from "@/server/platform/errors";
import { ingest, mutation, query } from "@/server/platform/mutation";
import { ArtifactPathInput, type ArtifactRow, PutArtifactInput, RunArtifactsInput } from "../contract/artifact";
import { cleanArtifactPath, joinArtifactPath, pathOfArtifactUri } from "../rules/artifact-path";
import { deleteArtifactRows, findArtifact, listArtifactEntries, listArtifactFiles, putArtifactRow } from "../store/artifacts";
import { requireLoggedModel } from "./logged-models";
import { requireRun } from "./runs";

const maxEntries = 10_000;

const putArtifact = ingest("experiments.putArtifact", "member", PutArtifactInput, async ({ tx, ctx, input, publish }) => {
  await putArtifactRow(tx, ctx.project.id, input);
  publish("artifacts", `artifact:${input.path}`);
  return { path: input.path };
});

/** Stores a body at a path; a body that ends early or differs from its promise leaves nothing. */
export async function uploadArtifact(ctx: ProjectContext, rawPath: string, content: Readable, promised: { size?: number; sha256?: string }) {
  const path = cleanArtifactPath(rawPath);
  if (path === "") throw new Invalid("Invalid path: a file name is needed.", { field: "path" });
  const blob = await storeBlob(ctx, content, promised);
  return putArtifact(ctx, { path, ...blob });
}

export const getArtifact = query("experiments.getArtifact", "viewer", ArtifactPathInput, async ({ db, ctx, input }) => {
  const path = cleanArtifactPath(input.path);
  const row = await findArtifact(db, ctx.project.id, path);
  if (!row) throw new NotFound(`No such artifact: '${path}'`);
  return row;
});

export const listArtifacts = query("experiments.listArtifacts", "viewer", ArtifactPathInput, async ({ db, ctx, input }) =>
  listArtifactEntries(db, ctx.project.id, cleanArtifactPath(input.path), maxEntries),
);

/** Every file below a folder, as it is kept: what a model's version is made of. */
export async function listKeptFiles(db: Db, projectId: string, folder: string): Promise<ArtifactRow[]> {
  return listArtifactFiles(db, projectId, folder, maxEntries);
}

/** Where the files asked about lie: below the run, or below a model that this run logged. */
async function artifactUriOf(db: Db, projectId: string, { runId, loggedModelId }: { runId: string; loggedModelId: string | null }): Promise<string> {
  const run = await requireRun(db, projectId, runId);
  if (loggedModelId === null) return run.artifactUri;
  const model = await requireLoggedModel(db, projectId, loggedModelId);
  if (model.sourceRunId !== run.id) throw new NotFound(`The run logged no model ${loggedModelId}.`);
  return model.artifactUri;
}

/** One file of a run, or of a model that it logged, as it is kept. */
export async function requireRunArtifact(db: Db, projectId: string, input: { runId: string; loggedModelId: string | null; path: string }): Promise<ArtifactRow> {
  const root = pathOfArtifactUri(await artifactUriOf(db, projectId, input));
  const row = root === null ? null : await findArtifact(db, projectId, joinArtifactPath(root.replace(/\/$/, ""), input.path));
  if (!row) throw new NotFound(`No such artifact: '${input.path}'`);
  return row;
}

/** A run's artifacts, or those of one of its models, with paths relative to their root. */
export const listRunArtifacts = query("experiments.listRunArtifacts", "viewer", RunArtifactsInput, async ({ db, ctx, input }) => {
  const rootUri = await artifactUriOf(db, ctx.project.id, input);
  const root = pathOfArtifactUri(rootUri)?.replace(/\/$/, "") ?? null;
  if (root === null) return { rootUri, entries: [] };
  const entries = await listArtifactEntries(db, ctx.project.id, joinArtifactPath(root, input.path), maxEntries);
  return { rootUri, entries: entries.map((entry) => ({ ...entry, path: entry.path.slice(root.length + 1) })) };
});

export const deleteArtifact = mutation("experiments.deleteArtifact", "member", ArtifactPathInput, async ({ tx, ctx, input, subject, publish }) => {
  const path = cleanArtifactPath(input.path);
  if (path === "") throw new Invalid("Invalid path: the whole root can't be deleted.", { field: "path" });
  const count = await deleteArtifactRows(tx, ctx.project.id, path);
  if (count === 0) throw new NotFound(`No such artifact: '${path}'`);
  subject({ kind: "artifact", id: path, name: path }, { files: count });
  publish("artifacts");
  return { deleted: count };
});
