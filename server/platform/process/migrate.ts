/** Brings a database to this version: drizzle's migrations, idempotent SQL beside them, and the worker's own schema. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { runMigrations } from "graphile-worker";
import pg from "pg";

const oldestMajor = 15;
/** Held while migrating, so that several servers may start at once. */
const migrationLock = 7_411_955_231;

export async function checkVersion(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
  } catch (error) {
    const reason = error instanceof Error ? error.message || (error as NodeJS.ErrnoException).code : String(error);
    throw new Error(`DATABASE_URL does not answer (${reason}). Check host, port, user and password, or unset it to use the embedded PostgreSQL.`);
  }
  try {
    const result = await client.query<{ server_version_num: string }>("show server_version_num");
    const major = Math.floor(Number(result.rows[0]?.server_version_num) / 10_000);
    if (major < oldestMajor) {
      throw new Error(`DATABASE_URL is PostgreSQL ${major}; Slipway needs ${oldestMajor} or newer.`);
    }
  } finally {
    await client.end();
  }
}

export async function migrateDatabase(url: string, root: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [migrationLock]);
    await migrate(drizzle(client), { migrationsFolder: join(root, "drizzle/migrations") });
    await runMigrations({ connectionString: url, logger: undefined });
    const folder = join(root, "drizzle/after");
    for (const file of readdirSync(folder).sort()) await client.query(readFileSync(join(folder, file), "utf8"));
  } finally {
    await client.end();
  }
}
