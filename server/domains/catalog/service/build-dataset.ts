/** Building a dataset: one point-in-time join, stored once under its content hash; the same inputs give the same dataset. */
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { datasets } from "@/drizzle/schema/catalog";
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
import { featureNames, type JoinPlan, joinSql } from "../rules/join-sql";
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

type Built = { rows: number; columns: ColumnInfo[]; splits: SplitView[]; statistics: FeatureStatistics[]; sha256: string; bytes: number };

async function joinAndStore(projectId: string, { plan, tables }: DatasetPlan): Promise<Built> {
  const features = featureNames(plan.service, plan.views);
  return withDuckDb(tables.map((table) => table.path), async (session) => {
    await createTables(session, tables);
    await assertSingleSelect(session, plan.rowsSql, "sql");
    const path = session.scratch("dataset.parquet");
    await session.run(`copy (${joinSql(plan)}\n) to ${sqlText(path)} (format parquet, compression zstd, kv_metadata ${metadataOf(plan, features)})`);
    await session.run(`create view out as select * from read_parquet(${sqlText(path)})`);
    const described = await session.rows<{ column_name: string; column_type: string }>("describe out");
    const columns = described.map((column) => ({ name: column.column_name, type: column.column_type, role: roleOf(plan, features, column.column_name) }));
    const measured = columns.filter((column) => column.role === "feature" || column.role === "label");
    const statistics = await measureColumns(session, "out", measured.map((column) => ({ name: column.name, dtype: dtypeOf(column.type) })));
    const [count] = await session.rows<{ n: bigint }>("select count(*) as n from out");
    const splits = await splitsOf(session, plan);
    const blob = await adoptFile(projectId, path);
    return { rows: Number(count?.n ?? 0), columns, splits, statistics, sha256: blob.sha256, bytes: blob.size };
  });
}

/** The days of a temporary one count anew; asked for to stay, it stays. One that stays is never made temporary. */
const renewed = (temporary: boolean) => (temporary ? sql`case when temporary_since is null then null else now() end` : null);

/** What was built of these inputs and still has its content. An update, so that purging comes before it or finds it renewed. */
async function findBuilt(projectId: string, name: string, inputSha256: string, temporary: boolean) {
  const [row] = await database()
    .update(datasets)
    .set({ temporarySince: renewed(temporary) })
    .where(and(eq(datasets.projectId, projectId), eq(datasets.name, name), eq(datasets.inputSha256, inputSha256), isNull(datasets.purgedAt)))
    .returning({ id: datasets.id, version: datasets.version, rows: datasets.rows, sha256: datasets.blobSha256 });
  return row ?? null;
}

type Making = { tookMs: number; createdBy: string; temporary: boolean };

/** A new version, or a purged one of the same inputs with its content again. */
async function insertDataset(projectId: string, planned: DatasetPlan, built: Built, { tookMs, createdBy, temporary }: Making) {
  const { plan, inputSha256, row } = planned;
  const id = newId();
  await database().transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`dataset ${projectId} ${row.name}`}, 0))`);
    const [last] = await tx.select({ version: datasets.version }).from(datasets)
      .where(and(eq(datasets.projectId, projectId), eq(datasets.name, row.name))).orderBy(desc(datasets.version)).limit(1);
    const content = {
      blobSha256: built.sha256, rows: built.rows, bytes: built.bytes, columns: built.columns, splits: built.splits, statistics: built.statistics, tookMs, createdBy,
      temporarySince: temporary ? sql`now()` : null, purgedAt: null,
    };
    const [again] = await tx.update(datasets).set(content)
      .where(and(eq(datasets.projectId, projectId), eq(datasets.name, row.name), eq(datasets.inputSha256, inputSha256), sql`${datasets.purgedAt} is not null`))
      .returning({ id: datasets.id });
    if (again) return;
    await tx.insert(datasets).values({
      ...content, id, projectId, name: row.name, version: (last?.version ?? 0) + 1, definition: row.definition, inputSha256, sampleShare: String(plan.share),
    }).onConflictDoNothing();
    const views = plan.views.map((view) => ({ from: { kind: "dataset", id }, to: { kind: "feature_view", id: view.definition.name }, relation: "joins" }));
    await addLinks(tx, projectId, [...views, { from: { kind: "dataset", id }, to: { kind: "feature_service", id: plan.service.name }, relation: "built by" }]);
  });
  return findBuilt(projectId, row.name, inputSha256, temporary);
}

const build = defineOperation({
  kind: "build-dataset",
  schema: BuildDatasetInput,
  run: async (run) => {
    const projectId = run.ctx.project.id;
    const planned = await planDataset(database(), projectId, run.payload.name, run.payload.sampleShare);
    const { temporary } = run.payload;
    const known = await findBuilt(projectId, run.payload.name, planned.inputSha256, temporary);
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
