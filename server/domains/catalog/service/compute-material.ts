/** Loading sources and computing views: background operations whose result is one verified Parquet file. */
import { adoptFile, blobStore } from "@/server/platform/blob-store/blobs";
import { database } from "@/server/platform/db";
import { sqlName, sqlText } from "@/server/platform/duckdb/quote";
import { assertSingleSelect, type DuckDbSession, withDuckDb } from "@/server/platform/duckdb/session";
import { Invalid, NotFound } from "@/server/platform/errors";
import { publishLive } from "@/server/platform/live/publish";
import { mutation } from "@/server/platform/mutation";
import { defineOperation, type OperationRun, startOperation } from "@/server/platform/operations";
import { type Finding, LoadSourceInput, NameInput } from "../contract/catalog";
import type { FeatureViewDefinition, SourceDefinition } from "../contract/definition";
import { confirmMaterial, type DefinitionRow, findDefinition, putMaterial } from "../store/definitions";
import { createTables, hashInputs, type InputTable, sourceTables } from "./material-input";
import { measureColumns } from "./measure";

const outTable = "out";

/** DuckDB writes it in one pass; the compression is what its reader is fastest with. */
async function writeParquet(session: DuckDbSession, select: string, path: string): Promise<void> {
  await session.run(`copy (${select}\n) to ${sqlText(path)} (format parquet, compression zstd, row_group_size 122880)`);
  await session.run(`create view ${sqlName(outTable)} as select * from read_parquet(${sqlText(path)})`);
}

async function findingsOf(session: DuckDbSession, checks: SourceDefinition["checks"], rows: number): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { name, holds } of checks) {
    const broken = `from ${outTable} where not coalesce((${holds}), false)`;
    const [count] = await session.rows<{ n: bigint }>(`select count(*) as n ${broken}`);
    const examples = await session.rows(`select * ${broken} limit 5`);
    const breaking = Number(count?.n ?? 0);
    findings.push({ check: name, holds, breaking, share: rows === 0 ? 0 : breaking / rows, examples: examples.map(jsonSafe) });
  }
  return findings;
}

function jsonSafe(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, typeof value === "bigint" ? Number(value) : value instanceof Date ? value.toISOString() : value]));
}

type Plan = { row: DefinitionRow; tables: InputTable[]; inputSha256: string; files: string[]; select: string; userSql: string | null };

async function timesOf(session: DuckDbSession, column: string | null): Promise<{ first: Date | null; last: Date | null }> {
  if (!column) return { first: null, last: null };
  const [row] = await session.rows<{ first: number | null; last: number | null }>(
    `select epoch_ms(min(${sqlName(column)})::timestamp)::double as first, epoch_ms(max(${sqlName(column)})::timestamp)::double as last from ${outTable}`,
  );
  return { first: row?.first == null ? null : new Date(row.first), last: row?.last == null ? null : new Date(row.last) };
}

/** Runs the plan's SELECT, measures what came out, and stores both, unless an operation that was asked for later has meanwhile. */
async function compute(run: OperationRun<unknown>, plan: Plan): Promise<Record<string, unknown>> {
  const own = { definitionId: plan.row.id, inputSha256: plan.inputSha256, operationId: run.operationId };
  if (await confirmMaterial(database(), own)) return { unchanged: true };
  const started = performance.now();
  const definition = plan.row.definition as SourceDefinition | FeatureViewDefinition;
  const isView = definition.kind === "feature_view";
  await run.progress("computing rows", null);
  const made = await withDuckDb(plan.files, async (session) => {
    await createTables(session, plan.tables);
    if (plan.userSql) await assertSingleSelect(session, plan.userSql, "sql");
    const path = session.scratch("out.parquet");
    await writeParquet(session, plan.select, path);
    const [count] = await session.rows<{ n: bigint }>(`select count(*) as n from ${outTable}`);
    const rows = Number(count?.n ?? 0);
    await run.progress("measuring columns", 0.7);
    const statistics = await measureColumns(session, outTable, isView ? definition.features : definition.columns);
    const findings = isView ? [] : await findingsOf(session, definition.checks, rows);
    const times = await timesOf(session, isView ? definition.event_time : null);
    await run.progress("storing the file", 0.95);
    return { rows, statistics, findings, times, blob: await adoptFile(run.ctx.project.id, path) };
  });
  const tookMs = Math.round(performance.now() - started);
  const isNewest = await putMaterial(database(), {
    ...own, projectId: run.ctx.project.id, version: plan.row.version, blobSha256: made.blob.sha256, rows: made.rows, bytes: made.blob.size,
    firstEventTime: made.times.first, lastEventTime: made.times.last, findings: made.findings, statistics: made.statistics, tookMs,
  });
  if (!isNewest) return { superseded: true };
  publishLive(run.ctx.project.id, ["catalog", `${plan.row.kind}:${plan.row.name}`]);
  return { rows: made.rows, bytes: made.blob.size, sha256: made.blob.sha256, tookMs, findings: made.findings.filter((finding) => finding.breaking > 0).length };
}

async function requireDefinition(projectId: string, kind: "source" | "feature_view", name: string): Promise<DefinitionRow> {
  const row = await findDefinition(database(), projectId, kind, name);
  if (!row) throw new NotFound(`There is no ${kind.replace("_", " ")} ${name}.`);
  return row;
}

const loadFile = defineOperation({
  kind: "load-source",
  schema: LoadSourceInput,
  run: async (run) => {
    const { name, sha256, format } = run.payload;
    const row = await requireDefinition(run.ctx.project.id, "source", name);
    const definition = row.definition as SourceDefinition;
    const path = await blobStore().localPath(sha256);
    const reader = format === "csv" ? `read_csv(${sqlText(path)}, header = true)` : `read_parquet(${sqlText(path)})`;
    const numbered = definition.row_number ? `, row_number() over () - 1 as ${sqlName(definition.row_number)}` : "";
    const inputSha256 = hashInputs(row.contentSha256, [{ name, path, blobSha256: sha256 }]);
    return compute(run, { row, tables: [], inputSha256, files: [path], select: `select *${numbered} from ${reader}`, userSql: null });
  },
});

const computeSql = defineOperation({
  kind: "compute-source",
  schema: NameInput,
  run: async (run) => {
    const row = await requireDefinition(run.ctx.project.id, "source", run.payload.name);
    const definition = row.definition as SourceDefinition;
    const tables = await sourceTables(database(), run.ctx.project.id, definition.from);
    const files = tables.map((table) => table.path);
    return compute(run, { row, tables, inputSha256: hashInputs(row.contentSha256, tables), files, select: row.sqlText ?? "", userSql: row.sqlText });
  },
});

const computeView = defineOperation({
  kind: "materialize-view",
  schema: NameInput,
  run: async (run) => {
    const row = await requireDefinition(run.ctx.project.id, "feature_view", run.payload.name);
    const definition = row.definition as FeatureViewDefinition;
    const tables = await sourceTables(database(), run.ctx.project.id, [definition.source]);
    const available = definition.available_at ?? definition.event_time;
    // Kept in the order in which rows become available: the online store and replays read ranges of it.
    const select = `select * from (${row.sqlText}\n) order by ${sqlName(available)}`;
    return compute(run, { row, tables, inputSha256: hashInputs(row.contentSha256, tables), files: tables.map((table) => table.path), select, userSql: row.sqlText });
  },
});

/** Takes an uploaded file as the source's data; its checks become findings and never stop the load. */
export const loadSource = mutation("catalog.loadSource", "member", LoadSourceInput, async (write) => {
  const { tx, ctx, input, subject } = write;
  const row = await findDefinition(tx, ctx.project.id, "source", input.name);
  if (!row) throw new NotFound(`There is no source ${input.name}.`);
  if ((row.definition as SourceDefinition).file === undefined) throw new Invalid(`${input.name} is computed by SQL: it takes no file.`, { field: "name" });
  subject({ kind: "source", id: input.name, name: input.name }, { sha256: input.sha256 });
  return startOperation(write, loadFile, { kind: "source", id: input.name, name: input.name }, input, [{ field: "sha256", sha256: input.sha256 }]);
});

/** Computes a source that is SQL over others. */
export const computeSource = mutation("catalog.computeSource", "member", NameInput, async (write) => {
  const { tx, ctx, input, subject } = write;
  const row = await findDefinition(tx, ctx.project.id, "source", input.name);
  if (!row) throw new NotFound(`There is no source ${input.name}.`);
  if (!row.sqlText) throw new Invalid(`${input.name} is a file: load it.`, { field: "name" });
  subject({ kind: "source", id: input.name, name: input.name });
  return startOperation(write, computeSql, { kind: "source", id: input.name, name: input.name }, input);
});

export const materializeView = mutation("catalog.materializeView", "member", NameInput, async (write) => {
  const { tx, ctx, input, subject } = write;
  if (!(await findDefinition(tx, ctx.project.id, "feature_view", input.name))) throw new NotFound(`There is no feature view ${input.name}.`);
  subject({ kind: "feature_view", id: input.name, name: input.name });
  return startOperation(write, computeView, { kind: "feature_view", id: input.name, name: input.name }, input);
});

