/** A job's log as a file: the whole of it, streamed from where it lies. */
import { Readable } from "node:stream";
import { Hono } from "hono";
import { downloadLog } from "@/server/domains/compute/service/read-logs";
import { requireProject } from "../http/identify";
import { assertKnownQuery } from "../http/input/known-keys";

export const jobLogRoutes = new Hono();

jobLogRoutes.get("/jobs/:jobId/log", async (c) => {
  const ctx = await requireProject(c);
  assertKnownQuery(c, ["attempt"]);
  const attempt = c.req.query("attempt");
  const { fileName, bytes } = await downloadLog(ctx, {
    jobId: c.req.param("jobId"),
    ...(attempt === undefined ? {} : { attempt: Number(attempt) }),
  });
  c.header("content-type", "text/plain; charset=utf-8");
  c.header("content-disposition", `attachment; filename="${fileName}"`);
  return c.body(Readable.toWeb(Readable.from(bytes)) as ReadableStream);
});
