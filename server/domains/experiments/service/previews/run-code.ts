/** A run's code and environment as text: out of its recipe's archive, or of what its client logged. */
import { mkdirSync, mkdtempSync } from "node:fs";
import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { buffer } from "node:stream/consumers";
import { unpackCode } from "@/agent/content/unpack";
import { blobStore } from "@/server/platform/blob-store/blobs";
import type { Db } from "@/server/platform/db";
import { env } from "@/server/platform/env";
import { Invalid } from "@/server/platform/errors";
import { query } from "@/server/platform/mutation";
import type { ArtifactRow } from "../../contract/artifact";
import { type LaunchFacts, RunRef } from "../../contract/run";
import type { CodeFile, RunCode } from "../../contract/run-code";
import { pathOfArtifactUri } from "../../rules/artifact-path";
import { isCodeFile, isEnvironmentFile, submittedPaths, textOf } from "../../rules/code-files";
import { listKeptFiles } from "../artifacts";
import { requireRecipe } from "../recipes";
import { requireRun } from "../runs";

const filesAtMost = 200;
const textAtMost = 256 * 1024;
const allTextAtMost = 4 * 1024 ** 2;
/** Of an archive; a larger one is code with data in it, and is downloaded to be looked at. */
const archiveLimits = { maxBytes: 64 * 1024 ** 2, maxEntries: 5_000 };

async function* filesBelow(folder: string): AsyncGenerator<string> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile()) yield path;
  }
}

type Unread = { path: string; size: number; read: () => Promise<Uint8Array> };

/** In order of their paths; texts until there is enough to read. */
async function readTexts(found: readonly Unread[]): Promise<{ files: CodeFile[]; isCut: boolean }> {
  const ordered = [...found].sort((a, b) => (a.path < b.path ? -1 : 1));
  const files: CodeFile[] = [];
  let room = allTextAtMost;
  for (const { path, size, read } of ordered.slice(0, filesAtMost)) {
    const isShown = size <= textAtMost && size <= room;
    if (isShown) room -= size;
    files.push({ path, size, text: isShown ? textOf(await read()) : null });
  }
  return { files, isCut: ordered.length > filesAtMost };
}

const blobOf = ({ path, sha256, size }: ArtifactRow): Unread => ({ path, size, read: () => buffer(blobStore().read(sha256)) });

/** The texts of a code archive. */
async function readArchive(codeSha256: string): Promise<{ files: CodeFile[]; isCut: boolean }> {
  const base = join(env().SLIPWAY_DATA, "scratch");
  mkdirSync(base, { recursive: true });
  const scratch = mkdtempSync(join(base, "code-"));
  try {
    await unpackCode(await blobStore().localPath(codeSha256), scratch, archiveLimits).catch(() => {
      throw new Invalid("The code archive is too large to be shown, or damaged; it can be downloaded.", { field: "runId" });
    });
    const found: Unread[] = [];
    for await (const path of filesBelow(scratch)) found.push({ path: relative(scratch, path), size: (await stat(path)).size, read: () => readFile(path) });
    return await readTexts(found);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function codeOfRecipe(db: Db, projectId: string, launch: LaunchFacts): Promise<RunCode> {
  const { codeSha256, requirementsSha256: sha256 } = await requireRecipe(db, projectId, launch.recipe, launch.version);
  const { files, isCut } = await readArchive(codeSha256);
  const size = sha256 ? await blobStore().size(sha256) : null;
  const stated = sha256 && size !== null ? await readTexts([blobOf({ path: "requirements.txt", sha256, size })]) : { files: [] };
  return { source: "recipe", files: files.filter(({ path }) => stated.files.length === 0 || path !== "requirements.txt"), environment: stated.files, isCut };
}

/** What was submitted with a command: the folder's files, then its changes; the lock of its packages. */
async function codeOfSubmission(archive: ArtifactRow, kept: readonly ArtifactRow[]): Promise<RunCode> {
  const { files, isCut } = await readArchive(archive.sha256);
  const changes = await readTexts(kept.filter(({ path }) => path === submittedPaths.changesSha256).map((row) => blobOf({ ...row, path: "changes.diff" })));
  const environment = await readTexts(kept.filter(({ path }) => path === submittedPaths.requirementsSha256).map((row) => blobOf({ ...row, path: "requirements.txt" })));
  return { source: "submission", files: [...files, ...changes.files], environment: environment.files, isCut };
}

export const readRunCode = query("experiments.readRunCode", "viewer", RunRef, async ({ db, ctx, input }): Promise<RunCode> => {
  const run = await requireRun(db, ctx.project.id, input.runId);
  if (run.launch) return codeOfRecipe(db, ctx.project.id, run.launch as LaunchFacts);
  const root = pathOfArtifactUri(run.artifactUri)?.replace(/\/$/, "") ?? null;
  if (root === null) return { source: "none", files: [], environment: [], isCut: false };
  const kept = (await listKeptFiles(db, ctx.project.id, root)).map((row) => ({ ...row, path: row.path.slice(root.length + 1) }));
  const archive = run.jobId === null ? undefined : kept.find(({ path }) => path === submittedPaths.codeSha256);
  if (archive) return codeOfSubmission(archive, kept);
  const { files, isCut } = await readTexts(kept.filter(({ path }) => isCodeFile(path)).map(blobOf));
  const environment = await readTexts(kept.filter(({ path }) => isEnvironmentFile(path)).map(blobOf));
  return { source: files.length + environment.files.length > 0 ? "artifacts" : "none", files, environment: environment.files, isCut };
});
