/** Building a dataset: one point-in-time join, stored once under its content hash; the same inputs give the same dataset. */
import { adoptFile } from "@/server/platform/blob-store/blobs";
import { database } from "@/server/platform/db";
import { sqlName, sqlText } from "@/server/platform/duckdb/quote";
import { assertSingleSelect, type DuckDbSession, withDuckDb } from "@/server/platform/duckdb/session";
import { NotFound } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { addLinks } from "@/server/platform/links";
import { publishLive } from "@/server/platform/live/publish";
import { mutation } from "@/server/platform/mutation";
import { defineOperation, startOperation } from "@/server/platform/operations";
import { BuildDatasetInput, type FeatureStatistics, type SplitView } from "../contract/catalog";
import { type Dtype, dtypes } from "../contract/definition";
import { assertOwnColumnNames, bringsSplit } from "../rules/column-names";
import { featureNames, type JoinPlan, joinSql } from "../rules/join-sql";
import { putDataset, renewBuilt } from "../store/built-datasets";
import { findDefinition } from "../store/definitions";
import { type DatasetPlan, planDataset } from "./join-plan";
import { createTables } from "./material-input";
import { measureColumns } from "./measure";

type ColumnInfo = { name: string; type: string; role: string };

/** What a trainer must know of the columns travels inside the file. */
function metadataOf({ dataset }: JoinPlan, features: string[]): string {
  const facts = {
    features: JSON.stringify(features), label: dataset.label, id: dataset.id, event_time: dataset.event_time, cluster: dataset.cluster ?? "",
    slices: JSON.stringify(dataset.slices), dataset: dataset.name,
  };
  return `{${Object.entries(facts).map(([key, value]) => `${key}: ${sqlText(value)}`).join(", ")}}`;
}

const typeOf: [RegExp, Dtype][] = [
  [/^(DOUBLE|DECIMAL)/, "float64"], [/^FLOAT/, "float32"], [/^(BIGINT|HUGEINT|UBIGINT)/, "int64"], [/INT/, "int32"], [/^BOOL/, "bool"], [/^TIMESTAMP/, "timestamp"], [/^DATE/, "date"],
];
const dtypeOf = (type: string): Dtype => typeOf.find(([pattern]) => pattern.test(type))?.[1] ?? dtypes[4];

function roleOf({ dataset }: JoinPlan, features: readonly string[], name: string): string {
  if (name === dataset.label) return "label";
  if (name === dataset.id) return "id";
  if (name === dataset.event_time) return "event time";
  if (features.includes(name)) return "feature";
  if (name === dataset.cluster) return "cluster";
  return name === "split" ? "split" : "other";
}

async function splitsOf(session: DuckDbSession, { dataset }: JoinPlan): Promise<SplitView[]> {
  const time = sqlName(dataset.event_time);
  const rows = await session.rows<{ name: string | null; n: bigint; positives: bigint | null; first: string; last: string }>(
    `select split as name, count(*) as n, sum(${sqlName(dataset.label)})::bigint as positives, min(${time})::varchar as first, max(${time})::varchar as last from out group by 1 order by 4`,
  );
  return rows.map((row) => ({ name: row.name ?? "none", rows: Number(row.n), positives: Number(row.positives ?? 0), from: row.first, to: row.last }));
}

const columnsOf = (session: DuckDbSession, of: string) => session.rows<{ column_name: string; column_type: string }>(`describe ${of}`);

type Built = { rows: number; columns: ColumnInfo[]; splits: SplitView[]; statistics: FeatureStatistics[]; sha256: string; bytes: number };

async function joinAndStore(projectId: string, { plan, tables }: DatasetPlan): Promise<Built> {
  const features = featureNames(plan.service, plan.views);
  return withDuckDb(tables.map((table) => table.path), async (session) => {
    await createTables(session, tables);
    await assertSingleSelect(session, plan.rowsSql, "sql");
    const rowColumns = (await columnsOf(session, `select * from (${plan.rowsSql}\n)`)).map((column) => column.column_name);
    assertOwnColumnNames(plan, rowColumns);
    const path = session.scratch("dataset.parquet");
    await session.run(`copy (${joinSql({ ...plan, bringsSplit: bringsSplit(rowColumns) })}\n) to ${sqlText(path)} (format parquet, compression zstd, kv_metadata ${metadataOf(plan, features)})`);
    await session.run(`create view out as select * from read_parquet(${sqlText(path)})`);
    const described = await columnsOf(session, "out");
    const columns = described.map((column) => ({ name: column.column_name, type: column.column_type, role: roleOf(plan, features, column.column_name) }));
    const measured = columns.filter((column) => column.role === "feature" || column.role === "label");
    const statistics = await measureColumns(session, "out", measured.map((column) => ({ name: column.name, dtype: dtypeOf(column.type) })));
    const [count] = await session.rows<{ n: bigint }>("select count(*) as n from out");
    const splits = await splitsOf(session, plan);
    const blob = await adoptFile(projectId, path);
    return { rows: Number(count?.n ?? 0), columns, splits, statistics, sha256: blob.sha256, bytes: blob.size };
  });
}

type Making = { tookMs: number; createdBy: string; temporary: boolean };

async function insertDataset(projectId: string, planned: DatasetPlan, built: Built, making: Making) {
  const { plan, inputSha256, row } = planned;
  const { sha256: blobSha256, ...measured } = built;
  const id = newId();
  await database().transaction(async (tx) => {
    const identity = { id, projectId, name: row.name, definition: row.definition, inputSha256, sampleShare: String(plan.share) };
    if (!(await putDataset(tx, { ...identity, ...measured, blobSha256, ...making }))) return;
    const views = plan.views.map((view) => ({ from: { kind: "dataset", id }, to: { kind: "feature_view", id: view.definition.name }, relation: "joins" }));
    await addLinks(tx, projectId, [...views, { from: { kind: "dataset", id }, to: { kind: "feature_service", id: plan.service.name }, relation: "built by" }]);
  });
  return renewBuilt(database(), projectId, row.name, inputSha256, making.temporary);
}

const build = defineOperation({
  kind: "build-dataset",
  schema: BuildDatasetInput,
  run: async (run) => {
    const projectId = run.ctx.project.id;
    const planned = await planDataset(database(), projectId, run.payload.name, run.payload.sampleShare);
    const { temporary } = run.payload;
    const known = await renewBuilt(database(), projectId, run.payload.name, planned.inputSha256, temporary);
    if (known) return { datasetId: known.id, version: known.version, rows: known.rows, sha256: known.sha256, unchanged: true };
    const started = performance.now();
    await run.progress("joining features to rows", null);
    const built = await joinAndStore(projectId, planned);
    const tookMs = Math.round(performance.now() - started);
    const made = await insertDataset(projectId, planned, built, { tookMs, createdBy: run.ctx.actor.name, temporary });
    publishLive(projectId, ["catalog", "datasets"]);
    return { datasetId: made?.id, version: made?.version, rows: built.rows, sha256: built.sha256, tookMs };
  },
});

export const buildDataset = mutation("catalog.buildDataset", "member", BuildDatasetInput, async (write) => {
  const { tx, ctx, input, subject } = write;
  if (!(await findDefinition(tx, ctx.project.id, "dataset", input.name))) throw new NotFound(`There is no dataset definition ${input.name}.`);
  subject({ kind: "dataset", id: input.name, name: input.name }, { sampleShare: input.sampleShare, temporary: input.temporary });
  return startOperation(write, build, { kind: "dataset", id: input.name, name: input.name }, input);
});
