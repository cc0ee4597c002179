/** Blobs in a local folder, `sha256[0..2]/sha256`: written aside, synced, then renamed into sight. */
import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { link, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Invalid, NotFound, TooLarge, Unavailable } from "../errors";
import type { BlobStore } from "./contract";

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

export function localBlobStore(folder: string): BlobStore {
  const pathOf = (sha256: string) => {
    assertDigest(sha256);
    return join(folder, sha256.slice(0, 2), sha256);
  };
  const settle = async (aside: string, sha256: string) => {
    const path = pathOf(sha256);
    await mkdir(dirname(path), { recursive: true });
    await syncPath(aside);
    await rename(aside, path);
    await syncPath(dirname(path));
  };
  const asideFolder = join(folder, "incoming");

  return {
    async put(content, promised) {
      await mkdir(asideFolder, { recursive: true });
      const aside = join(asideFolder, randomUUID());
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
        await settle(aside, sha256);
        return { sha256, size: seen.bytes };
      } catch (error) {
        await rm(aside, { force: true });
        if ((error as NodeJS.ErrnoException).code === "ENOSPC") throw new Unavailable("The disk is full: nothing was kept. Free space, then send it again.");
        throw error;
      }
    },
    async adopt(path) {
      const { size } = await stat(path);
      const sha256 = await hashFile(path);
      await mkdir(asideFolder, { recursive: true });
      const aside = join(asideFolder, randomUUID());
      await link(path, aside).catch(async () => pipeline(createReadStream(path), createWriteStream(aside)));
      await settle(aside, sha256);
      await rm(path, { force: true });
      return { sha256, size };
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
    async usedBytes() {
      return folderBytes(folder);
    },
  };
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
