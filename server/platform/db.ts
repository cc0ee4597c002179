/** The PostgreSQL pool, the transaction type every store takes, and what its text can hold. */
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";
import { env } from "./env";
import { Invalid } from "./errors";
import { logger } from "./log";

export type Database = NodePgDatabase;
export type Tx = Parameters<Parameters<Database["transaction"]>[0]>[0];
/** Anything a read can run on. */
export type Db = Database | Tx;

export type Connection = { db: Database; pool: pg.Pool };

/** bigint columns are read as numbers: every one we keep stays below 2^53. */
pg.types.setTypeParser(pg.types.builtins.INT8, (value) => Number(value));

export function connect(url: string, poolSize: number): Connection {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: "slipway",
  });
  pool.on("error", (error) => logger.warn({ err: error }, "an idle database connection broke"));
  return { pool, db: drizzle(pool) };
}

/** One pool a process, also when a dev server loads this module twice. */
const held = globalThis as typeof globalThis & { slipwayConnection?: Connection };

export function connection(): Connection {
  if (!held.slipwayConnection) {
    const url = env().DATABASE_URL;
    if (!url) throw new Error("DATABASE_URL is not set: start through `npm start`, which brings an embedded PostgreSQL.");
    held.slipwayConnection = connect(url, env().DATABASE_POOL_SIZE);
  }
  return held.slipwayConnection;
}

export function database(): Database {
  return connection().db;
}

/** Waits for a database that is down or starting, as long as it takes. */
export async function untilDatabaseAnswers(): Promise<void> {
  for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, 1_000)) {
    try {
      await connection().pool.query("select 1");
      return;
    } catch (error) {
      logger.warn({ err: error }, "waiting for the database");
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

export async function closeDatabase(): Promise<void> {
  const open = held.slipwayConnection;
  held.slipwayConnection = undefined;
  await open?.pool.end();
}

export const maxDepth = 64;

/** PostgreSQL keeps neither NUL nor half a surrogate pair in text: refused in any string or key of a parsed value. */
export function assertStorable(value: unknown, depth = 0): void {
  if (typeof value === "string") {
    if (value.includes("\0")) throw new Invalid("A text has a NUL character (U+0000), which can't be stored.");
    if (!value.isWellFormed()) throw new Invalid("A text has half of a surrogate pair, which can't be stored.");
  }
  if (value === null || typeof value !== "object") return;
  if (depth > maxDepth) throw new Invalid(`A value is nested deeper than ${maxDepth} levels.`);
  // A tensor has millions of numbers: nothing is made for each.
  if (Array.isArray(value)) {
    for (const inner of value) if (typeof inner === "string" || typeof inner === "object") assertStorable(inner, depth + 1);
    return;
  }
  for (const key of Object.keys(value)) {
    assertStorable(key);
    assertStorable(Reflect.get(value, key), depth + 1);
  }
}
