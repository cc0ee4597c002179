/** The parts of the data folder: how each is measured, by what it is bounded, and which setting changes that. */
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { folderBytes } from "../blob-store/local";
import type { Db } from "../db";
import { env } from "../env";

export type StorageBound = { what: string; kept: string; setting: string | null };
type Part = { name: string; measure: (db: Db) => Promise<number>; bounds: () => StorageBound[] };

const days = (n: number) => `${n} ${n === 1 ? "day" : "days"}`;
const hours = (n: number) => `${n} hours`;
const fixed = (what: string, kept: string): StorageBound => ({ what, kept, setting: null });

async function bytesOf(db: Db, size: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await db.execute<{ bytes: string }>(sql`select ${size} as bytes`);
  return Number(rows[0]?.bytes ?? 0);
}

/** The tables that grow with traffic and with jobs, each a part of its own. */
const inferences = sql`coalesce(pg_total_relation_size(to_regclass('inferences')), 0)`;
const jobLogs = sql`coalesce(pg_total_relation_size(to_regclass('compute_log_chunks')), 0)`;

const folder = (name: string) => () => folderBytes(join(env().SLIPWAY_DATA, name));

export const storageParts: readonly Part[] = [
  {
    name: "Inference log",
    measure: (db) => bytesOf(db, inferences),
    bounds: () => [
      { what: "rows", kept: days(env().SLIPWAY_INFERENCE_LOG_DAYS), setting: "SLIPWAY_INFERENCE_LOG_DAYS" },
      {
        what: "at most",
        kept: `${env().SLIPWAY_INFERENCE_LOG_MAX_ROWS.toLocaleString("en")} rows`,
        setting: "SLIPWAY_INFERENCE_LOG_MAX_ROWS",
      },
      {
        what: "logged",
        kept: `${env().SLIPWAY_INFERENCE_LOG_SAMPLE * 100}% of inferences`,
        setting: "SLIPWAY_INFERENCE_LOG_SAMPLE",
      },
    ],
  },
  {
    name: "Job logs",
    measure: (db) => bytesOf(db, jobLogs),
    bounds: () => [
      { what: "of finished jobs, with their inputs", kept: days(env().SLIPWAY_JOB_LOG_DAYS), setting: "SLIPWAY_JOB_LOG_DAYS" },
    ],
  },
  {
    name: "The rest of the database",
    measure: (db) => bytesOf(db, sql`greatest(0, pg_database_size(current_database()) - ${inferences} - ${jobLogs})`),
    bounds: () => [
      fixed("runs, metrics, audit", "kept"),
      fixed("webhook deliveries", "90 days"),
      fixed("monitors' counts by the hour", "120 days"),
    ],
  },
  {
    name: "Artifacts, datasets, models",
    measure: folder("blobs"),
    bounds: () => [
      fixed("what something refers to", "kept"),
      { what: "unused temporary datasets", kept: days(env().SLIPWAY_TEMPORARY_DATASET_DAYS), setting: "SLIPWAY_TEMPORARY_DATASET_DAYS" },
      { what: "what nothing refers to", kept: hours(env().SLIPWAY_BLOB_GRACE_HOURS), setting: "SLIPWAY_BLOB_GRACE_HOURS" },
    ],
  },
  {
    name: "Online features",
    measure: folder("online"),
    bounds: () => [fixed("each view's rows", "its TTL and history")],
  },
  {
    name: "Local agent: environments, caches",
    measure: folder("agent"),
    bounds: () => [{ what: "cached files", kept: "least used go first", setting: "SLIPWAY_AGENT_CACHE_MB" }],
  },
  { name: "Server logs", measure: folder("logs"), bounds: () => [fixed("a process", "32 MiB, and one before")] },
  {
    name: "Scratch: joins, uploads",
    measure: folder("scratch"),
    bounds: () => [fixed("temporary files", "until their work ends")],
  },
];
