/** A suite's examples with a model's scores: joined and checked in DuckDB, kept as one Parquet file of example results. */
import { adoptFile, blobStore } from "@/server/platform/blob-store/blobs";
import { sqlText } from "@/server/platform/duckdb/quote";
import { type DuckDbSession, withDuckDb } from "@/server/platform/duckdb/session";
import { Invalid } from "@/server/platform/errors";
import type { SuiteDefinition } from "../contract/suite";
import {
  checksOf,
  datasetColumnsOf,
  digestSql,
  examplesSql,
  joinedSql,
  readSql,
  SCORE_COLUMN,
  sliceColumnsOf,
} from "../rules/examples-sql";
import type { SliceValue } from "../rules/slices";
import type { ExampleColumns } from "../rules/solve-task";

/** More would not fit the memory of one statistics thread. */
const maxRows = 5_000_000;

export type JoinedExamples = { sha256: string; digest: string; rows: number };

async function openFile(
  session: DuckDbSession,
  name: string,
  path: string,
  field: string,
): Promise<Map<string, string>> {
  try {
    await session.run(`create view ${name} as select * from read_parquet(${sqlText(path)})`);
    const described = await session.rows<{ column_name: string; column_type: string }>(`describe ${name}`);
    return new Map(described.map((column) => [column.column_name, column.column_type]));
  } catch {
    throw new Invalid(`${field}: the file is not Parquet that can be read.`, { field });
  }
}

function assertColumns(types: ReadonlyMap<string, string>, wanted: readonly string[], field: string): void {
  const missing = wanted.filter((column) => !types.has(column));
  if (missing.length === 0) return;
  throw new Invalid(
    `${field}: no column ${missing.join(", ")}, which the suite reads; there are ${[...types.keys()].slice(0, 20).join(", ")}.`,
    { field },
  );
}

async function assertSize(session: DuckDbSession, suite: SuiteDefinition): Promise<void> {
  const [size] = await session.rows<{ n: number }>("select count(*)::double as n from examples");
  const n = size?.n ?? 0;
  if (n === 0) throw new Invalid(`dataset: no rows in the split ${suite.split}.`, { field: "dataset" });
  if (n > maxRows)
    throw new Invalid(`dataset: ${n} rows in the split ${suite.split}; at most ${maxRows} are evaluated.`, {
      field: "dataset",
    });
}

async function assertChecks(session: DuckDbSession, suite: SuiteDefinition): Promise<void> {
  for (const { field, sql, fault } of checksOf(suite)) {
    const [found] = await session.rows<{ n: number; example: string | null }>(sql);
    const n = found?.n ?? 0;
    if (n === 0) continue;
    throw new Invalid(
      `${field}: ${fault} (${n} ${n === 1 ? "row" : "rows"}, first ${suite.id} ${found?.example ?? "null"}).`,
      { field, rows: n },
    );
  }
}

/** Throws an Invalid that names the first fault; nothing is kept unless everything holds. */
export async function joinExamples(
  projectId: string,
  suite: SuiteDefinition,
  blobs: { dataset: string; scores: string },
): Promise<JoinedExamples> {
  const dataset = await blobStore().localPath(blobs.dataset);
  const scores = await blobStore().localPath(blobs.scores);
  return withDuckDb([dataset, scores], async (session) => {
    const types = await openFile(session, "dataset", dataset, "dataset");
    assertColumns(types, datasetColumnsOf(suite), "dataset");
    assertColumns(await openFile(session, "given", scores, "scores"), [suite.id, SCORE_COLUMN], "scores");
    for (const sql of examplesSql(suite, types)) await session.run(sql);
    await assertSize(session, suite);
    await assertChecks(session, suite);
    const path = session.scratch("examples.parquet");
    await session.run(`copy (${joinedSql(suite)}) to ${sqlText(path)} (format parquet, compression zstd)`);
    const [hashed] = await session.rows<{ digest: string; n: number }>(digestSql(suite));
    const { sha256 } = await adoptFile(projectId, path);
    return { sha256, digest: hashed?.digest ?? "", rows: hashed?.n ?? 0 };
  });
}

type Gathered = { labels: number[]; clusters: string[]; scores: number[]; slices: SliceValue[][] };

const asSliceValue = (value: unknown): SliceValue =>
  typeof value === "number" || typeof value === "string" ? value : null;

function gather(into: Gathered, columns: unknown[][], count: number): void {
  for (let row = 0; row < count; row += 1) {
    into.labels.push(Number(columns[0]?.[row]));
    into.clusters.push(String(columns[1]?.[row]));
    into.scores.push(Number(columns[2]?.[row]));
    into.slices.forEach((values, index) => void values.push(asSliceValue(columns[3 + index]?.[row])));
  }
}

/** What the statistics need of one stored file of example results. */
export async function readExamples(
  suite: SuiteDefinition,
  sha256: string,
): Promise<{ examples: ExampleColumns; scores: Float64Array }> {
  const path = await blobStore().localPath(sha256);
  const names = sliceColumnsOf(suite);
  const gathered: Gathered = { labels: [], clusters: [], scores: [], slices: names.map(() => []) };
  await withDuckDb([path], (session) =>
    session.stream(readSql(suite, path), async (columns, count) => gather(gathered, columns, count)),
  );
  return {
    scores: Float64Array.from(gathered.scores),
    examples: {
      labels: Uint8Array.from(gathered.labels),
      clusters: suite.cluster === null ? null : gathered.clusters,
      slices: Object.fromEntries(names.map((name, index) => [name, gathered.slices[index] ?? []])),
    },
  };
}
