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

const unstorable = (text: string): string | null => {
  if (text.includes("\0")) return "A text has a NUL character (U+0000), which can't be stored.";
  return text.isWellFormed() ? null : "A text has half of a surrogate pair, which can't be stored.";
};

type Fault = { path: string[]; words: string };

const below = (key: string, fault: Fault | null): Fault | null => fault && { ...fault, path: [key, ...fault.path] };

function faultIn(value: unknown, depth: number): Fault | null {
  if (typeof value === "string") {
    const words = unstorable(value);
    return words === null ? null : { path: [], words };
  }
  if (value === null || typeof value !== "object") return null;
  if (depth > maxDepth) return { path: [], words: `A value is nested deeper than ${maxDepth} levels.` };
  // A tensor has millions of numbers: nothing is made for each.
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at += 1) {
      const inner: unknown = value[at];
      const fault = typeof inner === "string" || typeof inner === "object" ? faultIn(inner, depth + 1) : null;
      if (fault) return below(String(at), fault);
    }
    return null;
  }
  for (const key of Object.keys(value)) {
    const ofKey = unstorable(key);
    // The key itself can't be shown: its object is named.
    if (ofKey !== null) return { path: [], words: ofKey };
    const fault = below(key, faultIn(Reflect.get(value, key), depth + 1));
    if (fault) return fault;
  }
  return null;
}

/** PostgreSQL keeps neither NUL nor half a surrogate pair in text: refused in any string or key of a parsed value, by its place. */
export function assertStorable(value: unknown): void {
  const fault = faultIn(value, 0);
  if (!fault) return;
  const field = fault.path.slice(0, 8).join(".").slice(0, 200);
  throw new Invalid(field ? `${field}: ${fault.words}` : fault.words, field ? { field } : {});
}
