/** What the data folder holds and by what it is bounded. */
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { folderBytes } from "../blob-store/local";
import { env } from "../env";
import { query } from "../mutation";

export type StoragePart = { name: string; bytes: number; bound: string };

/** Measured now, over the whole installation. */
export const readStorage = query("system.readStorage", "maintainer", z.object({}), async ({ db }): Promise<StoragePart[]> => {
  const { SLIPWAY_DATA, SLIPWAY_JOB_LOG_DAYS, SLIPWAY_INFERENCE_LOG_DAYS, SLIPWAY_INFERENCE_LOG_MAX_ROWS } = env();
  const size = await db.execute<{ bytes: number }>(sql`select pg_database_size(current_database()) as bytes`);
  const folder = (name: string) => folderBytes(join(SLIPWAY_DATA, name));
  return [
    { name: "Database", bytes: Number(size.rows[0]?.bytes ?? 0), bound: `job logs: ${SLIPWAY_JOB_LOG_DAYS} days; inference log: ${SLIPWAY_INFERENCE_LOG_DAYS} days, at most ${SLIPWAY_INFERENCE_LOG_MAX_ROWS} rows` },
    { name: "Artifacts, datasets, models", bytes: await folder("blobs"), bound: "kept until deleted" },
    { name: "Online features", bytes: await folder("online"), bound: "each view's history" },
    { name: "Local agent: environments and caches", bytes: await folder("agent"), bound: "SLIPWAY_AGENT_CACHE_MB" },
    { name: "Server logs", bytes: await folder("logs"), bound: "32 MiB a process, one before" },
    { name: "Scratch", bytes: await folder("scratch"), bound: "gone when its work ends" },
  ];
});
