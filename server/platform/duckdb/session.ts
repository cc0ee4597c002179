/**
 * A DuckDB of its own for one piece of work: it may read the files it was given and write to its scratch folder, and
 * nothing else; the configuration is locked before any SQL of a user runs.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { env } from "../env";
import { Invalid } from "../errors";
import { sqlText } from "./quote";

export type DuckDbSession = {
  run(sql: string): Promise<void>;
  rows<T extends Record<string, unknown>>(sql: string): Promise<T[]>;
  /** Column arrays in chunks, for streams too large for one array of objects. */
  stream(sql: string, onChunk: (columns: unknown[][], rows: number) => Promise<void>): Promise<void>;
  /** A file in the scratch folder, gone when the session ends. */
  scratch(name: string): string;
  connection: DuckDBConnection;
};

/** Errors of a user's SQL are theirs to read; DuckDB's messages name tables and columns, no paths outside the session. */
function asInvalid(error: unknown, folder: string): unknown {
  if (!(error instanceof Error)) return error;
  return new Invalid(`SQL: ${error.message.replaceAll(folder, "…").slice(0, 2_000)}`, { field: "sql" });
}

async function lock(connection: DuckDBConnection, files: readonly string[], folder: string): Promise<void> {
  if (files.length > 0) await connection.run(`set allowed_paths = [${files.map(sqlText).join(", ")}]`);
  await connection.run(`set allowed_directories = [${sqlText(`${folder}/`)}]`);
  await connection.run("set enable_external_access = false");
  await connection.run("set lock_configuration = true");
}

/** Runs `work` on a locked session that may read `files`. */
export async function withDuckDb<T>(files: readonly string[], work: (session: DuckDbSession) => Promise<T>): Promise<T> {
  const base = join(env().SLIPWAY_DATA, "scratch");
  mkdirSync(base, { recursive: true });
  const folder = mkdtempSync(join(base, "duckdb-"));
  const instance = await DuckDBInstance.create(":memory:", {
    threads: String(env().SLIPWAY_DUCKDB_THREADS),
    memory_limit: `${env().SLIPWAY_DUCKDB_MEMORY_MB}MB`,
    temp_directory: join(folder, "spill"),
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  try {
    const connection = await instance.connect();
    await connection.run("set timezone = 'UTC'");
    await lock(connection, files, folder);
    return await work(sessionOn(connection, folder));
  } finally {
    instance.closeSync();
    rmSync(folder, { recursive: true, force: true });
  }
}

function sessionOn(connection: DuckDBConnection, folder: string): DuckDbSession {
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw asInvalid(error, folder);
    }
  };
  return {
    connection,
    run: (sql) => guarded(async () => void (await connection.run(sql))),
    rows: <T extends Record<string, unknown>>(sql: string) =>
      guarded(async () => (await connection.runAndReadAll(sql)).getRowObjectsJS() as T[]),
    stream: (sql, onChunk) =>
      guarded(async () => {
        const result = await connection.stream(sql);
        for (;;) {
          const chunk = await result.fetchChunk();
          if (!chunk || chunk.rowCount === 0) return;
          await onChunk(chunk.getColumns(), chunk.rowCount);
        }
      }),
    scratch: (name) => join(folder, name),
  };
}

/** Refuses everything but one SELECT: what follows wraps it, and must not be broken out of. */
export async function assertSingleSelect(session: DuckDbSession, sql: string, field: string): Promise<void> {
  const extracted = await session.connection.extractStatements(sql).catch((error: unknown) => {
    throw new Invalid(`${field}: ${error instanceof Error ? error.message : "does not parse"}`, { field });
  });
  if (extracted.count !== 1) throw new Invalid(`${field}: one SELECT statement is expected, not ${extracted.count}.`, { field });
  const prepared = await extracted.prepare(0).catch((error: unknown) => {
    throw new Invalid(`${field}: ${error instanceof Error ? error.message : "does not prepare"}`, { field });
  });
  // 1 is DuckDB's StatementType.SELECT.
  if (prepared.statementType !== 1) throw new Invalid(`${field}: only a SELECT statement may stand here.`, { field });
}
