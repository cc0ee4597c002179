/** What the data folder holds, by what each part is bounded, and which setting changes that. */
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../db";
import { folderBytes } from "../blob-store/local";
import { env } from "../env";
import { query } from "../mutation";

export type StorageBound = { what: string; kept: string; setting: string | null };
export type StoragePart = { name: string; bytes: number; bounds: StorageBound[] };

const days = (n: number) => `${n} ${n === 1 ? "day" : "days"}`;

async function relationBytes(db: Db, tables: string[]): Promise<number> {
  const result = await db.execute<{ bytes: string }>(sql`select coalesce(sum(pg_total_relation_size(to_regclass(t))), 0) as bytes from unnest(${sql.param(tables)}::text[]) t`);
  return Number(result.rows[0]?.bytes ?? 0);
}

/** The tables that grow with traffic and jobs, then the rest. */
async function databaseParts(db: Db): Promise<StoragePart[]> {
  const { SLIPWAY_JOB_LOG_DAYS, SLIPWAY_INFERENCE_LOG_DAYS, SLIPWAY_INFERENCE_LOG_MAX_ROWS, SLIPWAY_INFERENCE_LOG_SAMPLE } = env();
  const size = await db.execute<{ bytes: string }>(sql`select pg_database_size(current_database()) as bytes`);
  const [inferences, logs] = [await relationBytes(db, ["inferences"]), await relationBytes(db, ["compute_log_chunks"])];
  return [
    {
      name: "Inference log", bytes: inferences,
      bounds: [
        { what: "rows", kept: days(SLIPWAY_INFERENCE_LOG_DAYS), setting: "SLIPWAY_INFERENCE_LOG_DAYS" },
        { what: "at most", kept: `${SLIPWAY_INFERENCE_LOG_MAX_ROWS.toLocaleString("en")} rows`, setting: "SLIPWAY_INFERENCE_LOG_MAX_ROWS" },
        { what: "logged", kept: `${SLIPWAY_INFERENCE_LOG_SAMPLE * 100}% of inferences`, setting: "SLIPWAY_INFERENCE_LOG_SAMPLE" },
      ],
    },
    { name: "Job logs", bytes: logs, bounds: [{ what: "of finished jobs", kept: days(SLIPWAY_JOB_LOG_DAYS), setting: "SLIPWAY_JOB_LOG_DAYS" }] },
    { name: "The rest of the database", bytes: Math.max(0, Number(size.rows[0]?.bytes ?? 0) - inferences - logs), bounds: [{ what: "runs, metrics, audit", kept: "kept", setting: null }, { what: "webhook deliveries", kept: "90 days", setting: null }, { what: "monitors' counts by the hour", kept: "120 days", setting: null }] },
  ];
}

/** Measured now, over the whole installation. */
export const readStorage = query("system.readStorage", "maintainer", z.object({}), async ({ db }): Promise<StoragePart[]> => {
  const folder = (name: string) => folderBytes(join(env().SLIPWAY_DATA, name));
  return [
    ...(await databaseParts(db)),
    { name: "Artifacts, datasets, models", bytes: await folder("blobs"), bounds: [{ what: "content that never changes", kept: "kept", setting: null }] },
    { name: "Online features", bytes: await folder("online"), bounds: [{ what: "each view's rows", kept: "its TTL and history", setting: null }] },
    { name: "Local agent: environments, caches", bytes: await folder("agent"), bounds: [{ what: "cached files", kept: "least used go first", setting: "SLIPWAY_AGENT_CACHE_MB" }] },
    { name: "Server logs", bytes: await folder("logs"), bounds: [{ what: "a process", kept: "32 MiB, and one before", setting: null }] },
    { name: "Scratch: joins, uploads", bytes: await folder("scratch"), bounds: [{ what: "temporary files", kept: "until their work ends", setting: null }] },
  ];
});
