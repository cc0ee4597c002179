/** Raw content in and out: visible only once its length and SHA-256 were verified. */
import { Readable } from "node:stream";
import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { blobStore, statBlob, storeBlob } from "@/server/platform/blob-store/blobs";
import { Invalid } from "@/server/platform/errors";
import { requireProject } from "../http/identify";
import { assertKnownQuery } from "../http/input/known-keys";

export const blobRoutes = new Hono<{ Bindings: HttpBindings }>();

function promisedSize(length: string | undefined): number | undefined {
  if (length === undefined) return undefined;
  const size = Number(length);
  if (!Number.isSafeInteger(size) || size < 0) throw new Invalid("Content-Length is not a size.", { field: "Content-Length" });
  return size;
}

blobRoutes.put("/blobs/:sha256", async (c) => {
  const ctx = await requireProject(c);
  assertKnownQuery(c, []);
  const size = promisedSize(c.req.header("content-length"));
  const blob = await storeBlob(ctx, c.env.incoming, { sha256: c.req.param("sha256"), size });
  return c.json(blob, 201);
});

/** For who can't hash before sending: a browser on a page without TLS has no digests. */
blobRoutes.post("/blobs", async (c) => {
  const ctx = await requireProject(c);
  assertKnownQuery(c, []);
  const size = promisedSize(c.req.header("content-length"));
  return c.json(await storeBlob(ctx, c.env.incoming, { size }), 201);
});

/** `bytes=a-b`, `bytes=a-` or `bytes=-n` of RFC 9110 §14; null for none, Invalid for one that can't be met. */
export function parseRange(header: string | undefined, size: number): { start: number; end: number } | null {
  if (!header) return null;
  const match = /^bytes=(\d*)-(\d*)$/.exec(header);
  if (!match || (match[1] === "" && match[2] === "")) return null;
  const start = match[1] === "" ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const end = match[1] === "" || match[2] === "" ? size - 1 : Math.min(size - 1, Number(match[2]));
  if (start > end) throw new Invalid(`The range ${header} is outside the content's ${size} bytes.`, { field: "Range" });
  return { start, end };
}

blobRoutes.get("/blobs/:sha256", async (c) => {
  const ctx = await requireProject(c);
  assertKnownQuery(c, []);
  const { sha256, size } = await statBlob(ctx, c.req.param("sha256"));
  const range = parseRange(c.req.header("range"), size);
  const length = range ? range.end - range.start + 1 : size;
  c.header("content-type", "application/octet-stream");
  c.header("content-disposition", "attachment");
  c.header("content-length", String(length));
  c.header("etag", `"${sha256}"`);
  c.header("accept-ranges", "bytes");
  if (range) c.header("content-range", `bytes ${range.start}-${range.end}/${size}`);
  if (c.req.method === "HEAD" || size === 0) return c.body(null, 200);
  const stream = Readable.toWeb(blobStore().read(sha256, range ?? undefined)) as ReadableStream;
  return c.body(stream, range ? 206 : 200);
});
