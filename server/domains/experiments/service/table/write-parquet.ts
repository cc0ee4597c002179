/** Rows → one Parquet file by DuckDB, in parts of bounded size that are joined at the end. */
import { type FileHandle, open } from "node:fs/promises";
import { type DuckDBAppender, DuckDBTimestampMillisecondsValue } from "@duckdb/node-api";
import { sqlName, sqlText } from "@/server/platform/duckdb/quote";
import { type DuckDbSession, withDuckDb } from "@/server/platform/duckdb/session";
import type { RunView } from "../../contract/run";
import type { FileColumn, FileValue } from "../../rules/table/run-file";

const types: Record<FileColumn["type"], string> = { text: "varchar", number: "double", integer: "bigint", time: "timestamp_ms" };
/** A part is kept in memory until it is written. */
const valuesOfPart = 2_000_000;

function append(appender: DuckDBAppender, value: FileValue, type: FileColumn["type"]): void {
  if (value === null || value === undefined) appender.appendNull();
  else if (typeof value === "string") appender.appendVarchar(value);
  else if (type === "integer") appender.appendBigInt(BigInt(Math.trunc(value)));
  else if (type === "time") appender.appendTimestampMilliseconds(new DuckDBTimestampMillisecondsValue(BigInt(Math.trunc(value))));
  else appender.appendDouble(value);
}

type Part = { write(runs: readonly RunView[]): void; isFull(): boolean; close(): Promise<void> };

async function openPart(session: DuckDbSession, columns: readonly FileColumn[], path: string): Promise<Part> {
  await session.run(`create or replace table part (${columns.map(({ name, type }) => `${sqlName(name)} ${types[type]}`).join(", ")})`);
  const appender = await session.connection.createAppender("part");
  let rows = 0;
  return {
    write(runs) {
      for (const run of runs) {
        for (const { value, type } of columns) append(appender, value(run), type);
        appender.endRow();
      }
      rows += runs.length;
    },
    isFull: () => rows * columns.length >= valuesOfPart,
    async close() {
      appender.closeSync();
      await session.run(`copy part to ${sqlText(path)} (format parquet, compression zstd)`);
    },
  };
}

async function writeParts(session: DuckDbSession, columns: readonly FileColumn[], pages: AsyncIterable<RunView[]>): Promise<string[]> {
  const paths = [session.scratch("part-0.parquet")];
  let part = await openPart(session, columns, paths[0] ?? "");
  for await (const runs of pages) {
    if (part.isFull()) {
      await part.close();
      const path = session.scratch(`part-${paths.length}.parquet`);
      paths.push(path);
      part = await openPart(session, columns, path);
    }
    part.write(runs);
  }
  await part.close();
  return paths;
}

async function* readAndClose(file: FileHandle): AsyncGenerator<Uint8Array> {
  try {
    yield* file.createReadStream({ autoClose: false });
  } finally {
    await file.close();
  }
}

/** The file as pieces. It has no name by then, so that nothing stays behind of a download that breaks off. */
export async function writeParquet(columns: readonly FileColumn[], pages: AsyncIterable<RunView[]>): Promise<AsyncIterable<Uint8Array>> {
  const file = await withDuckDb([], async (session) => {
    const paths = await writeParts(session, columns, pages);
    const whole = session.scratch("runs.parquet");
    if (paths.length > 1) {
      await session.run("drop table part");
      await session.run(`copy (from read_parquet([${paths.map(sqlText).join(", ")}])) to ${sqlText(whole)} (format parquet, compression zstd)`);
    }
    return open(paths.length > 1 ? whole : (paths[0] ?? whole));
  });
  return readAndClose(file);
}
