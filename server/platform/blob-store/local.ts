/** Blobs in a local folder, `sha256[0..2]/sha256`: written aside, synced, then renamed into sight. */
import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Invalid, NotFound, TooLarge } from "../errors";
import type { BlobStore, StagedBlob } from "./contract";

const hexDigest = /^[0-9a-f]{64}$/;

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function assertDigest(sha256: string): void {
  if (!hexDigest.test(sha256)) throw new Invalid("sha256: 64 lower-case hex digits.", { field: "sha256" });
}

/** Counts and hashes what passes; ends the stream once it is longer than allowed. */
function meter(maxBytes: number) {
  const hash = createHash("sha256");
  const seen = { bytes: 0 };
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen.bytes += chunk.length;
      hash.update(chunk);
      if (seen.bytes > maxBytes) done(new TooLarge(`The content is larger than ${maxBytes} bytes.`));
      else done(null, chunk);
    },
  });
  return { through, seen, digest: () => hash.digest("hex") };
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest("hex");
}

/** Writes the stream to the path and verifies what was promised; nothing stays of one that fails. */
async function receive(content: Readable, aside: string, promised: { sha256?: string; size?: number; maxBytes: number }): Promise<{ sha256: string; size: number }> {
  const { through, seen, digest } = meter(promised.maxBytes);
  try {
    await pipeline(content, through, createWriteStream(aside, { flags: "wx", mode: 0o600 }));
    const sha256 = digest();
    if (promised.size !== undefined && promised.size !== seen.bytes) {
      throw new Invalid(`${seen.bytes} bytes came, ${promised.size} were promised: nothing was kept.`, { field: "size" });
    }
    if (promised.sha256 !== undefined && promised.sha256 !== sha256) {
      throw new Invalid(`The content's SHA-256 is ${sha256}, not ${promised.sha256}: nothing was kept.`, { field: "sha256" });
    }
    return { sha256, size: seen.bytes };
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}

export function localBlobStore(folder: string): BlobStore {
  const pathOf = (sha256: string) => {
    assertDigest(sha256);
    return join(folder, sha256.slice(0, 2), sha256);
  };
  const asideFolder = join(folder, "incoming");
  const newAside = async () => {
    await mkdir(asideFolder, { recursive: true });
    return join(asideFolder, randomUUID());
  };
  const staged = async (aside: string, sha256: string, size: number): Promise<StagedBlob> => {
    await syncPath(aside);
    const reveal = async () => {
      const path = pathOf(sha256);
      await mkdir(dirname(path), { recursive: true });
      await rename(aside, path);
      await syncPath(dirname(path));
    };
    return { sha256, size, reveal, discard: () => rm(aside, { force: true }) };
  };

  return {
    async stage(content, promised) {
      const aside = await newAside();
      const seen = await receive(content, aside, promised);
      return staged(aside, seen.sha256, seen.size);
    },
    async stageFile(path) {
      const { size } = await stat(path);
      const sha256 = await hashFile(path);
      const aside = await newAside();
      await rename(path, aside).catch(async () => {
        await pipeline(createReadStream(path), createWriteStream(aside));
        await rm(path, { force: true });
      });
      return staged(aside, sha256, size);
    },
    read(sha256, range) {
      return createReadStream(pathOf(sha256), range);
    },
    async size(sha256) {
      const found = await stat(pathOf(sha256)).catch(() => null);
      return found ? found.size : null;
    },
    async localPath(sha256) {
      const path = pathOf(sha256);
      if (!(await stat(path).catch(() => null))) throw new NotFound(`The content ${sha256} is not in the store.`);
      return path;
    },
    async remove(sha256) {
      await rm(pathOf(sha256), { force: true });
    },
    listOlderThan: (time) => listOlderThan(folder, time),
    discardStagedBefore: (time) => discardBefore(asideFolder, time),
  };
}

async function* listOlderThan(folder: string, time: Date): AsyncIterable<string[]> {
  for (const prefix of await readdir(folder).catch(() => [])) {
    if (!/^[0-9a-f]{2}$/.test(prefix)) continue;
    const names = (await readdir(join(folder, prefix)).catch(() => [])).filter((name) => hexDigest.test(name));
    const old = await filesOlderThan(join(folder, prefix), names, time);
    if (old.length > 0) yield old.map(({ name }) => name);
  }
}

async function discardBefore(folder: string, time: Date): Promise<{ count: number; bytes: number }> {
  const old = await filesOlderThan(folder, await readdir(folder).catch(() => []), time);
  for (const { name } of old) await rm(join(folder, name), { force: true });
  return { count: old.length, bytes: old.reduce((sum, { size }) => sum + size, 0) };
}

/** By the time of the last byte written: an upload in flight is young however long ago it began. */
async function filesOlderThan(folder: string, names: readonly string[], time: Date): Promise<{ name: string; size: number }[]> {
  const old: { name: string; size: number }[] = [];
  for (const name of names) {
    const found = await stat(join(folder, name)).catch(() => null);
    if (found?.isFile() && found.mtime < time) old.push({ name, size: found.size });
  }
  return old;
}

export async function folderBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  let total = 0;
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) total += await folderBytes(path);
    else if (entry.isFile()) total += (await stat(path).catch(() => ({ size: 0 }))).size;
  }
  return total;
}
