/** Features of every type: the same online as in a dataset, and the same whichever way they came online. */
import { expect, it } from "vitest";
import type { ProjectContext } from "@/server/platform/context";
import { getOperation, runOperation } from "@/server/platform/operations";
import { testProject } from "@/server/platform/testing/project";
import { applyDefinitions } from "../apply-definitions";
import { buildDataset } from "../build-dataset";
import { checkSkew } from "../check-skew";
import { computeSource, materializeView } from "../compute-material";
import { materializeOnline, pushRows } from "../materialize-online";
import { getDataset } from "../read-catalog";
import { readOnline } from "../read-online";

const rows = `select 'a' as key, timestamp '2020-01-01' as event_time, true as flag, 1.25::decimal(10, 2) as price, 0.5::float as share, 5::bigint as visits, 3::integer as items,
  'web' as channel, timestamp '2019-12-31 10:00:00' as seen, date '2019-12-31' as day, 1 as y`;
const features = [
  { name: "flag", dtype: "bool" as const }, { name: "price", dtype: "float64" as const }, { name: "share", dtype: "float32" as const }, { name: "visits", dtype: "int64" as const },
  { name: "items", dtype: "int32" as const }, { name: "channel", dtype: "string" as const }, { name: "seen", dtype: "timestamp" as const }, { name: "day", dtype: "date" as const },
];

async function finish(ctx: ProjectContext, { operationId }: { operationId: string }) {
  await runOperation.run({ operationId }, { attempt: 1, maxAttempts: 1, signal: new AbortController().signal });
  const operation = await getOperation(ctx, { operationId });
  expect(operation.error).toBeNull();
  return operation.result;
}

async function computed(): Promise<ProjectContext> {
  const { ctx } = await testProject("member");
  await applyDefinitions(ctx, {
    definitions: [
      { definition: { kind: "entity", name: "e", key: "key" } },
      { definition: { kind: "source", name: "s", sql: "s.sql" }, sqlText: rows },
      { definition: { kind: "feature_view", name: "v", entity: "e", source: "s", sql: "v.sql", ttl: "1h", features }, sqlText: "select * exclude (y) from s" },
      { definition: { kind: "feature_service", name: "fs", views: [{ view: "v" }] } },
      { definition: { kind: "dataset", name: "d", source: "s", sql: "d.sql", service: "fs", id: "id", event_time: "t", label: "y" }, sqlText: "select 1 as id, key, event_time + interval 90 second as t, y from s" },
    ],
  });
  await finish(ctx, await computeSource(ctx, { name: "s" }));
  await finish(ctx, await materializeView(ctx, { name: "v" }));
  return ctx;
}

it("are the same online and in a dataset", async () => {
  const ctx = await computed();
  const datasetId = String((await finish(ctx, await buildDataset(ctx, { name: "d" })))?.datasetId);
  await finish(ctx, await checkSkew(ctx, { datasetId, from: "2020-01-01T00:00:00Z", to: "2020-01-02T00:00:00Z" }));
  expect((await getDataset(ctx, { datasetId })).skew).toMatchObject({ rows: 1, values: features.length, differing: 0 });
});

it("a bool is true or false online, computed or pushed", async () => {
  const ctx = await computed();
  await finish(ctx, await materializeOnline(ctx, { views: ["v"], to: "2020-01-02T00:00:00Z" }));
  const others = { price: [1], share: [1], visits: [1], items: [1], channel: ["web"], seen: ["2020-01-01 00:00:00"], day: ["2020-01-01"] };
  await pushRows(ctx, { view: "v", columns: { key: ["b"], event_time: ["2020-01-01 00:00:00"], flag: [false], ...others } });
  await pushRows(ctx, { view: "v", columns: { key: ["c"], event_time: ["2020-01-01 00:00:00"], flag: [1], ...others } });
  const at = Date.UTC(2020, 0, 1, 0, 10);
  const { columns } = await readOnline(ctx, { features: ["v:flag"], entities: { key: ["a", "b", "c"] }, eventTimes: [at, at, at] });
  expect(columns).toMatchObject([{ name: "flag", values: [true, false, true], statuses: ["PRESENT", "PRESENT", "PRESENT"] }]);
});
