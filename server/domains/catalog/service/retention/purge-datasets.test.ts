import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { datasets } from "@/drizzle/schema/catalog";
import { database } from "@/server/platform/db";
import { listAudit } from "@/server/platform/audit/service";
import { newId } from "@/server/platform/ids";
import { getOperation, runOperation } from "@/server/platform/operations";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { applyDefinitions } from "../apply-definitions";
import { buildDataset } from "../build-dataset";
import { checkSkew } from "../check-skew";
import { computeSource, materializeView } from "../compute-material";
import { findDatasetContent } from "../find-dataset-content";
import { holdDataset } from "./hold-dataset";
import { purgeDatasets } from "./purge-datasets";
import { getDataset, listDatasetChoices, listDatasets } from "../read-catalog";

const rows = "select 1 as id, 'a' as key, timestamp '2020-01-01' as event_time, timestamp '2020-01-02' as t, 1.5 as x, 1 as y";
const about = { description: "", owner: "" };
const definitions = [
  { definition: { kind: "entity", name: "e", key: "key", dtype: "string", ...about }, sqlText: null },
  { definition: { kind: "source", name: "s", sql: "s.sql", ...about }, sqlText: rows },
  {
    definition: { kind: "feature_view", name: "v", entity: "e", source: "s", sql: "v.sql", event_time: "event_time", ttl: "10d", features: [{ name: "x", dtype: "float64" }], ...about },
    sqlText: "select key, event_time, x from s",
  },
  { definition: { kind: "feature_service", name: "fs", views: [{ view: "v" }], request: [], ...about }, sqlText: null },
  { definition: { kind: "dataset", name: "d", source: "s", sql: "d.sql", service: "fs", id: "id", event_time: "t", label: "y", ...about }, sqlText: "select id, key, t, y from s" },
];

let made: TestProject;

async function finish({ operationId }: { operationId: string }) {
  await runOperation.run({ operationId }, { attempt: 1, maxAttempts: 1, signal: new AbortController().signal });
  const operation = await getOperation(made.ctx, { operationId });
  expect(operation.error).toBeNull();
  return operation.result;
}

const build = async (temporary: boolean) => String((await finish(await buildDataset(made.ctx, { name: "d", temporary })))?.datasetId);
const weekAgo = (datasetId: string) => database().update(datasets).set({ temporarySince: sql`now() - interval '8 days'` }).where(eq(datasets.id, datasetId));
const purge = () => purgeDatasets(new AbortController().signal, 7);
const read = (datasetId: string) => getDataset(made.ctx, { datasetId });

beforeEach(async () => {
  made = await testProject();
  await applyDefinitions(made.ctx, { definitions } as Parameters<typeof applyDefinitions>[1]);
  await finish(await computeSource(made.ctx, { name: "s" }));
  await finish(await materializeView(made.ctx, { name: "v" }));
});

describe("a temporary dataset", () => {
  it("says until when it stays, and one that was not built so has no end", async () => {
    const view = await read(await build(true));
    expect(view.temporaryUntil?.getTime()).toBeCloseTo(Date.now() + 7 * 86_400_000, -6);
    expect((await read(await build(false))).temporaryUntil).toBeNull();
    expect((await read(await build(true))).temporaryUntil).toBeNull();
  });

  it("is purged after its days: a tombstone with its facts, no content, and an audit row", async () => {
    const id = await build(true);
    await purge();
    expect((await read(id)).purgedAt).toBeNull();
    await weekAgo(id);
    await purge();
    expect(await read(id)).toMatchObject({ purgedAt: expect.any(Date), rows: 1, name: "d", version: 1 });
    const [held] = await database().select({ held: datasets.heldSha256 }).from(datasets).where(eq(datasets.id, id));
    expect(held).toEqual({ held: null });
    await expect(findDatasetContent(database(), made.project.id, id)).rejects.toThrow(/d v1 was purged on .*: build it again/);
    await expect(checkSkew(made.ctx, { datasetId: id, from: "2020-01-01T00:00:00Z", to: "2020-01-03T00:00:00Z" })).rejects.toMatchObject({ code: "Conflict" });
    const audit = await listAudit(await made.as("owner"), {});
    expect(audit.rows.filter((row) => row.action === "catalog.purgeDataset")).toMatchObject([{ subjectId: id, actorName: "dataset retention" }]);
  });

  it("comes back under its old name and version when it is built again", async () => {
    const id = await build(true);
    await weekAgo(id);
    await purge();
    expect(await build(false)).toBe(id);
    expect(await read(id)).toMatchObject({ purgedAt: null, temporaryUntil: null, version: 1 });
    expect(await findDatasetContent(database(), made.project.id, "d")).toMatchObject({ id });
  });

  it("leaves pickers and the list of what is kept once it is purged; pages hold all the rest", async () => {
    const id = await build(true);
    await weekAgo(id);
    await purge();
    expect(await listDatasets(made.ctx, {})).toMatchObject({ datasets: [], nextCursor: null, count: 0 });
    const [tombstone] = await database().select().from(datasets).where(eq(datasets.id, id));
    if (!tombstone) throw new Error("the row is gone");
    const { heldSha256: _, ...row } = tombstone;
    const copies = Array.from({ length: 110 }, (_copy, n) => ({ ...row, id: newId(), version: n + 2, inputSha256: `copy ${n}` }));
    const stays = { ...row, id: newId(), name: "other", temporarySince: null, purgedAt: null };
    await database().insert(datasets).values([{ ...stays }, ...copies]);
    expect(await listDatasets(made.ctx, {})).toMatchObject({ datasets: [{ name: "other" }], nextCursor: null, count: 1 });
    const first = await listDatasets(made.ctx, { content: "all" });
    expect(first).toMatchObject({ count: 112, nextCursor: first.datasets.at(-1)?.id });
    const rest = await listDatasets(made.ctx, { content: "all", cursor: first.nextCursor ?? undefined });
    expect(rest).toMatchObject({ count: 112, nextCursor: null });
    expect(new Set([...first.datasets, ...rest.datasets].map((one) => one.id)).size).toBe(112);
    expect(await listDatasetChoices(made.ctx, {})).toMatchObject([{ id: stays.id }]);
  });

  it("does not stand in for one of its name that stays", async () => {
    const temporary = await build(true);
    const [found] = await database().select().from(datasets).where(eq(datasets.id, temporary));
    if (!found) throw new Error("the row is gone");
    const { heldSha256: _, ...row } = found;
    const stays = { ...row, id: newId(), version: 2, inputSha256: "older inputs", temporarySince: null };
    await database().insert(datasets).values([stays, { ...row, id: newId(), version: 3, inputSha256: "newer inputs" }]);
    expect(await findDatasetContent(database(), made.project.id, "d")).toMatchObject({ id: stays.id });
    expect((await listDatasetChoices(made.ctx, { versionsOfEach: 1 })).map(({ version }) => version)).toEqual([2]);
    expect((await listDatasetChoices(made.ctx, { versionsOfEach: 1, also: [temporary] })).map(({ version }) => version)).toEqual([2, 1]);
    expect((await listDatasetChoices(made.ctx, { versionsOfEach: 1, find: "D v1" })).map(({ version }) => version)).toEqual([1]);
    expect(await listDatasetChoices(made.ctx, { find: "_" })).toEqual([]);
  });

  it("starts its days anew when it is built again in time", async () => {
    const id = await build(true);
    await weekAgo(id);
    await build(true);
    await purge();
    expect((await read(id)).purgedAt).toBeNull();
  });

  it.each(["run", "evaluation", "model_version", "monitor"])("stays while a %s uses it", async (kind) => {
    const id = await build(true);
    await weekAgo(id);
    await database().transaction((tx) => holdDataset(tx, made.project.id, { kind, id: newId() }, id, "reads"));
    await purge();
    expect((await read(id)).purgedAt).toBeNull();
  });

  it("is kept by a use that is being written while the purge runs; a later one is refused", async () => {
    const [kept] = [await build(true)];
    await weekAgo(kept);
    let purging: Promise<unknown> = Promise.resolve();
    await database().transaction(async (tx) => {
      await holdDataset(tx, made.project.id, { kind: "run", id: newId() }, kept, "reads");
      purging = purge();
      await expect.poll(async () => (await tx.execute(sql`select 1 from pg_locks where not granted`)).rows.length).toBeGreaterThan(0);
    });
    await purging;
    expect((await read(kept)).purgedAt).toBeNull();
    await database().update(datasets).set({ purgedAt: sql`now()` }).where(eq(datasets.id, kept));
    const late = database().transaction((tx) => holdDataset(tx, made.project.id, { kind: "run", id: newId() }, kept, "reads"));
    await expect(late).rejects.toMatchObject({ code: "Conflict" });
  });
});
