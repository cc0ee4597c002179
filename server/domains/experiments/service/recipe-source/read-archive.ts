/** An uploaded zip or tar.gz as files, of which nothing is trusted: plain files only, in bounded number, depth and size. */
import { mkdirSync, mkdtempSync } from "node:fs";
import { open, readdir, readFile, rm, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { safePath, unpackCode } from "@/agent/content/unpack";
import { AttemptFailure } from "@/agent/runner/attempt-failure";
import { blobStore } from "@/server/platform/blob-store/blobs";
import { env } from "@/server/platform/env";
import { Invalid } from "@/server/platform/errors";
import type { SourceFile } from "../../rules/recipe-source/pack-code";

/** Code, not data: what a run reads in bulk comes as a dataset or a file input. */
export const sourceLimits = { maxBytes: 64 * 1024 ** 2, maxEntries: 5_000 };

const field = "sha256";
const refusal = (message: string) => new Invalid(`The archive is refused: ${message}.`, { field });

/** The agent's reader of code archives has words for what it refuses; here they are about an upload. */
function asRefusal(error: unknown): unknown {
  if (error instanceof AttemptFailure) return new Invalid(error.message.replace("The code archive", "The archive"), { field });
  return error;
}

async function* filesBelow(folder: string): AsyncGenerator<string> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile()) yield path;
  }
}

async function readTar(archive: string): Promise<SourceFile[]> {
  const base = join(env().SLIPWAY_DATA, "scratch");
  mkdirSync(base, { recursive: true });
  const scratch = mkdtempSync(join(base, "recipe-"));
  try {
    await unpackCode(archive, scratch, sourceLimits);
    const files: SourceFile[] = [];
    for await (const path of filesBelow(scratch)) files.push({ path: relative(scratch, path), executable: ((await stat(path)).mode & 0o100) !== 0, content: await readFile(path) });
    return files;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const unixTypes: Record<number, string> = { 0o120000: "a symbolic link", 0o010000: "a pipe", 0o020000: "a device", 0o060000: "a device", 0o140000: "a socket" };

/** The mode that a Unix zip keeps beside each entry; 0 from elsewhere. */
const modeOf = ({ versionMadeBy, externalFileAttributes }: Entry) => (versionMadeBy >>> 8 === 3 ? externalFileAttributes >>> 16 : 0);

/** Its path; null for a folder. */
function pathOf(entry: Entry): string | null {
  const shown = JSON.stringify(entry.fileName.slice(0, 200));
  const path = safePath(entry.fileName);
  const kind = unixTypes[modeOf(entry) & 0o170000];
  if (kind) throw refusal(`${shown} is ${kind}`);
  if (entry.isEncrypted()) throw refusal(`${shown} is encrypted`);
  return entry.fileName.endsWith("/") ? null : path;
}

/** `a/b/c` → `a`, `a/b`. */
const parentsOf = (path: string) => path.split("/").slice(0, -1).map((_, depth, parts) => parts.slice(0, depth + 1).join("/"));

/** No more than it says it holds: the reader checks what comes against what is stated. */
async function contentOf(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function readZip(archive: string): Promise<SourceFile[]> {
  const zip = await openPromise(archive, { lazyEntries: true, autoClose: false, strictFileNames: true });
  try {
    if (zip.entryCount > sourceLimits.maxEntries) throw refusal(`it has more than ${sourceLimits.maxEntries} entries`);
    const files = new Map<string, SourceFile>();
    let bytes = 0;
    for await (const entry of zip.eachEntry()) {
      const path = pathOf(entry);
      if (path === null) continue;
      bytes += entry.uncompressedSize;
      if (bytes > sourceLimits.maxBytes) throw refusal(`with ${JSON.stringify(path)} it unpacks to more than ${sourceLimits.maxBytes} bytes`);
      if (files.has(path)) throw refusal(`${JSON.stringify(path)} is there twice`);
      files.set(path, { path, executable: (modeOf(entry) & 0o100) !== 0, content: await contentOf(zip, entry) });
    }
    for (const path of files.keys()) {
      const parent = parentsOf(path).find((above) => files.has(above));
      if (parent) throw refusal(`${JSON.stringify(parent)} is a file and a folder`);
    }
    return [...files.values()];
  } finally {
    zip.close();
  }
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path, "r");
  try {
    return (await file.read(Buffer.alloc(4), 0, 4, 0)).buffer;
  } finally {
    await file.close();
  }
}

/** The files of stored content, by what it begins with and not by its name. */
export async function readArchive(sha256: string): Promise<SourceFile[]> {
  const path = await blobStore().localPath(sha256);
  const { size } = await stat(path);
  if (size > sourceLimits.maxBytes) throw refusal(`it has ${size} bytes, more than ${sourceLimits.maxBytes}`);
  const magic = (await firstBytes(path)).toString("latin1");
  const read = magic.startsWith("PK") ? readZip : magic.startsWith("\x1f\x8b") ? readTar : null;
  if (!read) throw refusal("it is neither a zip nor a tar.gz");
  try {
    return await read(path);
  } catch (error) {
    const known = asRefusal(error);
    if (known instanceof Invalid) throw known;
    // What the zip reader says of a broken file is a sentence already.
    if (read === readZip && error instanceof Error && !("code" in error)) throw refusal(error.message.replace(/\.$/, ""));
    throw error;
  }
}
