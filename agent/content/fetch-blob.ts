/** Content by its hash: from the host's cache, else from the server, kept only once the hash is verified. */
import { createHash } from "node:crypto";
import { chmodSync, createWriteStream, existsSync, mkdirSync, renameSync, rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { AttemptFailure } from "../runner/attempt-failure";

export type BlobSource = { url: string; token: string; cacheFolder: string; signal: AbortSignal; say: (text: string) => void };

/** Of content that comes but is not what was asked for, and of a disk that does not take it. */
const TRIES = 3;

class WrongContent extends Error {}

/** Its own faults a host does not get over by asking again. */
function isOfDisk(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" && /^E(NOSPC|DQUOT|ACCES|PERM|ROFS|IO|FBIG|MFILE)$/.test(code);
}

function meter(sha256: string, maxBytes: number): { through: Transform; verify: () => void } {
  const hash = createHash("sha256");
  let size = 0;
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      hash.update(chunk);
      const tooLarge =
        size > maxBytes
          ? new AttemptFailure("input_unavailable", `The content ${sha256} has more than ${maxBytes} bytes.`)
          : null;
      done(tooLarge, chunk);
    },
  });
  const verify = () => {
    if (hash.digest("hex") !== sha256) throw new WrongContent(`The content that came is not ${sha256}.`);
  };
  return { through, verify };
}

async function download(source: BlobSource, sha256: string, maxBytes: number, to: string): Promise<void> {
  const response = await fetch(`${source.url}/api/v1/blobs/${sha256}`, {
    headers: { authorization: `Bearer ${source.token}` },
    signal: source.signal,
  });
  if (response.status >= 400 && response.status < 500 && response.status !== 408 && response.status !== 429) {
    await response.body?.cancel();
    throw new AttemptFailure(
      "input_unavailable",
      `The server refused the content ${sha256} (HTTP ${response.status}).`,
    );
  }
  if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
  const { through, verify } = meter(sha256, maxBytes);
  const body = response.body as ReadableStream<Uint8Array>;
  await pipeline(Readable.fromWeb(body), through, createWriteStream(to, { mode: 0o600 }), { signal: source.signal });
  verify();
}

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end, { once: true });
  });

/**
 * The cached file's path. A server that is away is waited for, until the signal: the lease and the hour that preparing
 * may take end it. A refusal, or a wrong hash for good, is a failure.
 */
export async function fetchBlob(source: BlobSource, sha256: string, maxBytes: number): Promise<string> {
  mkdirSync(source.cacheFolder, { recursive: true, mode: 0o700 });
  const path = join(source.cacheFolder, sha256);
  for (let attempt = 1, wrong = 0; !existsSync(path); attempt += 1) {
    const beside = `${path}.${process.pid}.part`;
    try {
      await download(source, sha256, maxBytes, beside);
      chmodSync(beside, 0o444);
      renameSync(beside, path);
    } catch (error) {
      rmSync(beside, { force: true });
      source.signal.throwIfAborted();
      if (error instanceof AttemptFailure) throw error;
      const why = error instanceof Error ? error.message : String(error);
      if ((error instanceof WrongContent || isOfDisk(error)) && ++wrong === TRIES)
        throw new AttemptFailure("input_unavailable", `The content ${sha256} could not be fetched: ${why}`);
      if (attempt === TRIES) source.say(`The content ${sha256} does not come yet (${why}); it is asked for again.`);
      await pause(Math.min(10_000, 250 * 2 ** attempt), source.signal);
      source.signal.throwIfAborted();
    }
  }
  const now = new Date();
  // Last use, for the cache's bound.
  utimesSync(path, now, now);
  return path;
}
