/** The point-in-time join against a naive reference: never a value from the future, never one outside the TTL. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { storeBlob } from "@/server/platform/blob-store/blobs";
import { sqlText } from "@/server/platform/duckdb/quote";
import { withDuckDb } from "@/server/platform/duckdb/session";
import { getOperation, runOperation } from "@/server/platform/operations";
import { testProject } from "@/server/platform/testing/project";
import type { DatasetDefinition, FeatureServiceDefinition, FeatureViewDefinition } from "../contract/definition";
import { joinSql } from "../rules/join-sql";
import { applyDefinitions } from "./apply-definitions";
import { buildDataset } from "./build-dataset";
import { checkSkew } from "./check-skew";
import { computeSource, loadSource, materializeView } from "./compute-material";
import { getDataset, listDatasets, listDefinitions } from "./read-catalog";

const ttl = 100;
const view: FeatureViewDefinition = {
  kind: "feature_view", name: "v", description: "", owner: "", entity: "e", source: "s", sql: "v.sql", event_time: "event_time", ttl, online: { history: 1_000 },
  features: [{ name: "x", dtype: "float64", unit: "", description: "" }],
};
const service: FeatureServiceDefinition = { kind: "feature_service", name: "fs", description: "", owner: "", views: [{ view: "v", join: {} }], request: [] };
const dataset: DatasetDefinition = {
  kind: "dataset", name: "d", description: "", owner: "", source: "s", sql: "d.sql", service: "fs", id: "id", event_time: "t", label: "y", slices: [], splits: {},
};

type Feature = { key: string; at: number; x: number };
type Entity = { key: string; at: number };

/** What the join must give, by looking at every pair. Event times of one key are distinct, as a view's rows are. */
function reference(features: readonly Feature[], entity: Entity): number | null {
  const known = features.filter((f) => f.key === entity.key && f.at <= entity.at && entity.at - f.at <= ttl);
  return known.sort((a, b) => b.at - a.at)[0]?.x ?? null;
}

const stamp = (seconds: number) => `timestamp '2020-01-01' + to_seconds(${seconds})`;
const values = (rows: string[], columns: string, empty: string) => (rows.length > 0 ? `select * from (values ${rows.join(", ")}) t(${columns})` : empty);

async function joinRows(features: readonly Feature[], entities: readonly Entity[]): Promise<(number | null)[]> {
  return withDuckDb([], async (session) => {
    const rows = features.map((f) => `(${sqlText(f.key)}, ${stamp(f.at)}, ${f.x}::double)`);
    await session.run(`create table v as ${values(rows, "key, event_time, x", "select 'a' as key, timestamp '2020-01-01' as event_time, 0::double as x where false")}`);
    const wanted = entities.map((e, index) => `(${index}, ${sqlText(e.key)}, ${stamp(e.at)}, 0)`);
    const sql = joinSql({ dataset, service, views: [{ definition: view, entityKey: "key", table: "v" }], rowsSql: values(wanted, "id, key, t, y", ""), share: 1 });
    const joined = await session.rows<{ id: number; x: number | null }>(`select id, x from (${sql}) order by id`);
    return joined.map((row) => row.x);
  });
}

const key = fc.constantFrom("a", "b");
const second = fc.integer({ min: 0, max: 400 });
const featuresArbitrary = fc.uniqueArray(fc.record({ key, at: second, x: fc.integer({ min: 1, max: 1_000 }) }), { maxLength: 30, selector: (f) => `${f.key} ${f.at}` });
const entitiesArbitrary = fc.array(fc.record({ key, at: second }), { minLength: 1, maxLength: 15 });

describe("the point-in-time join", () => {
  it("gives each row what the naive reference gives", async () => {
    await fc.assert(
      fc.asyncProperty(featuresArbitrary, entitiesArbitrary, async (features, entities) => {
        expect(await joinRows(features, entities)).toEqual(entities.map((entity) => reference(features, entity)));
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ["a value at the row's own time is known", 100, 100, 1],
    ["a value one second later is not", 101, 100, null],
    ["a value exactly as old as the TTL is fresh", 0, 100, 1],
    ["a value one second older is not", 0, 101, null],
  ])("%s", async (_, at, rowAt, expected) => {
    expect(await joinRows([{ key: "a", at, x: 1 }], [{ key: "a", at: rowAt }])).toEqual([expected]);
  });
});

async function csvBlob(ctx: Parameters<typeof storeBlob>[0], text: string): Promise<string> {
  return (await storeBlob(ctx, Readable.from([Buffer.from(text)]), {})).sha256;
}

/** Runs a queued operation as the worker would, and gives its result. */
async function finish(ctx: Parameters<typeof getOperation>[0], { operationId }: { operationId: string }) {
  await runOperation.run({ operationId }, { attempt: 1, maxAttempts: 1, signal: new AbortController().signal });
  return getOperation(ctx, { operationId });
}

const sourceRows = ["key,event_time,available_at,x,y", "a,2020-01-01 00:00:00,2020-01-01 00:00:00,1,0", "a,2020-01-01 00:01:00,2020-01-01 00:05:00,2,1", "b,2020-01-01 00:00:30,2020-01-01 00:00:30,,1"].join("\n");

type Rows = { sql: string; splits?: DatasetDefinition["splits"] };
const someRows: Rows = { sql: "select row_number() over () as id, key, event_time + interval 90 second as t, y from s" };

function definitionsOf(lateView: boolean, rows = someRows) {
  const available = lateView ? { available_at: "available_at" } : {};
  return [
    { definition: { kind: "entity" as const, name: "e", key: "key" } },
    { definition: { kind: "source" as const, name: "s", file: "s.csv", columns: [{ name: "x", dtype: "float64" as const }], checks: [{ name: "has-x", holds: "x is not null" }] } },
    { definition: { ...view, ttl: "1h", online: { history: "2h" }, ...available }, sqlText: "select key, event_time, available_at, x from s" },
    { definition: service },
    { definition: { ...dataset, splits: rows.splits ?? {} }, sqlText: rows.sql },
  ];
}

async function buildAll(lateView: boolean, rows = someRows) {
  const { ctx } = await testProject("member");
  const parsed = JSON.parse(JSON.stringify(definitionsOf(lateView, rows)));
  await applyDefinitions(ctx, { definitions: parsed });
  const sha256 = await csvBlob(ctx, sourceRows);
  const loaded = await finish(ctx, await loadSource(ctx, { name: "s", sha256, format: "csv" }));
  const materialized = await finish(ctx, await materializeView(ctx, { name: "v" }));
  const built = await finish(ctx, await buildDataset(ctx, { name: "d" }));
  return { ctx, loaded, materialized, built };
}

describe("from a file to a dataset", () => {
  it("loads with findings, computes, joins, and builds the same dataset only once", async () => {
    const { ctx, loaded, materialized, built } = await buildAll(false);
    expect(loaded).toMatchObject({ state: "succeeded", result: { rows: 3, findings: 1 } });
    expect(materialized).toMatchObject({ state: "succeeded", result: { rows: 3 } });
    expect(built).toMatchObject({ state: "succeeded", result: { version: 1, rows: 3 } });
    const again = await finish(ctx, await buildDataset(ctx, { name: "d" }));
    expect(again.result).toMatchObject({ unchanged: true, datasetId: built.result?.datasetId, sha256: built.result?.sha256 });
    expect((await listDatasets(ctx, {})).datasets).toHaveLength(1);
  });

  const splits = { train: { column: "t", from: "2020-01-01", to: "2020-01-02" } };
  it.each([
    ["a view's feature", { sql: someRows.sql.replace("select", "select 1 as X,") }, /rows have the column x/],
    ["its split", { sql: someRows.sql.replace("select", "select 'a' as split,"), splits }, /rows have the column split/],
  ])("refuses to build on rows that name a column as %s is named", async (_, rows, message) => {
    const { built } = await buildAll(false, rows);
    expect(built).toMatchObject({ state: "failed", error: expect.stringMatching(message) });
  });

  it.each(["timestamp", "date", "varchar"])("has the whole of a split's last day, by a column of type %s", async (type) => {
    const sql = `select *, (t + interval 12 hour)::${type} as moment from (${someRows.sql})`;
    const { ctx, built } = await buildAll(false, { sql, splits: { train: { column: "moment", from: "2020-01-01", to: "2020-01-01" }, later: { column: "moment", from: "2020-01-02", to: "2020-01-02" } } });
    expect((await getDataset(ctx, { datasetId: String(built.result?.datasetId) })).splits).toMatchObject([{ name: "train", rows: 3 }]);
  });

  it("takes the split that the rows say where none is defined", async () => {
    const { ctx, built } = await buildAll(false, { sql: someRows.sql.replace("select", "select 'a' as split,") });
    const { columns, splits: found } = await getDataset(ctx, { datasetId: String(built.result?.datasetId) });
    expect(columns.map((column) => column.name)).toEqual(["split", "id", "key", "t", "y", "x"]);
    expect(found).toMatchObject([{ name: "a", rows: 3 }]);
  });

  it("keeps the load that was asked for later, whichever ends first, also where it is what the source held before", async () => {
    const { ctx } = await testProject("member");
    await applyDefinitions(ctx, { definitions: JSON.parse(JSON.stringify(definitionsOf(false))) });
    const [three, one] = [await csvBlob(ctx, sourceRows), await csvBlob(ctx, sourceRows.split("\n").slice(0, 2).join("\n"))];
    const load = (sha256: string) => loadSource(ctx, { name: "s", sha256, format: "csv" });
    const heldRows = async () => (await listDefinitions(ctx, { kind: "source" }))[0]?.material?.rows;
    const [first, second] = [await load(one), await load(three)];
    expect(await finish(ctx, second)).toMatchObject({ state: "succeeded", result: { rows: 3 } });
    expect(await finish(ctx, first)).toMatchObject({ state: "succeeded", result: { superseded: true } });
    expect(await heldRows()).toBe(3);
    const [third, fourth] = [await load(one), await load(three)];
    expect(await finish(ctx, fourth)).toMatchObject({ result: { unchanged: true } });
    expect(await finish(ctx, third)).toMatchObject({ result: { superseded: true } });
    expect(await heldRows()).toBe(3);
    expect(await finish(ctx, await load(one))).toMatchObject({ result: { rows: 1 } });
  });

  it("finds no skew where rows are known at their event time, and finds it where they come later", async () => {
    for (const [late, share] of [[false, 0], [true, 2 / 3]] as const) {
      const { ctx, built } = await buildAll(late);
      const datasetId = String(built.result?.datasetId);
      const checked = await finish(ctx, await checkSkew(ctx, { datasetId, from: "2020-01-01T00:00:00Z", to: "2020-01-02T00:00:00Z" }));
      expect(checked).toMatchObject({ state: "succeeded" });
      const { skew } = await getDataset(ctx, { datasetId });
      expect(skew?.share).toBeCloseTo(share, 9);
      const [view] = (await listDefinitions(ctx, { kind: "feature_view" })).map((one) => one.skew?.byFeature[0]);
      expect((view?.differing ?? 0) / (view?.values ?? 1)).toBeCloseTo(share, 9);
    }
  });

  it("refuses SQL that is more than one SELECT or reads outside its tables, and says so", async () => {
    const { ctx } = await testProject("member");
    const attack = (sqlText: string) => [{ definition: { kind: "entity" as const, name: "e", key: "key" } }, { definition: { kind: "source" as const, name: "bad", sql: "bad.sql" }, sqlText }];
    await expect(applyDefinitions(ctx, { definitions: attack("select 1; drop table x") })).rejects.toMatchObject({ code: "Invalid" });
    const folder = mkdtempSync(join(tmpdir(), "slipway-canary-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const canary = join(folder, "canary.csv");
    writeFileSync(canary, "secret\n1\n");
    for (const attempt of [`select * from read_csv(${sqlText(canary)})`, "select * from '/etc/passwd'", "select getenv('HOME') as x", "select * from glob('/**')"]) {
      await applyDefinitions(ctx, { definitions: attack(attempt) });
      expect(await finish(ctx, await computeSource(ctx, { name: "bad" }))).toMatchObject({ state: "failed" });
    }
  });
});
