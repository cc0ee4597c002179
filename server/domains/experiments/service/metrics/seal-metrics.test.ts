/** Sealing changes how points are kept, never which points there are. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inArray, sql } from "drizzle-orm";
import fc from "fast-check";
import { expect, it } from "vitest";
import { metricBatches } from "@/drizzle/schema/experiments";
import type { ProjectContext } from "@/server/platform/context";
import { database } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import { testProject } from "@/server/platform/testing/project";
import type { MetricPoint } from "../../contract/run";
import { comparePoints, sortPoints } from "../../rules/chunks/seal";
import { readHistory } from "../../store/metrics/history";
import { readSeries } from "../../store/metrics/series";
import { getMetricHistory, readChartSeries } from "./charts";
import { logBatch } from "../log";
import { listSparklines } from "../table/run-keys";
import { createRun, getRun, updateRun } from "../runs";
import { sealDueRuns, sealRun } from "./seal-metrics";

type Metric = { key: string; step: number; value: number; timestamp: number };

async function fresh() {
  const made = await testProject("member");
  return { ...made, run: await createRun(made.ctx, { experimentNo: 0, name: "r" }) };
}

async function historyOf(ctx: ProjectContext, runId: string, key: string, limit: number): Promise<MetricPoint[]> {
  const points: MetricPoint[] = [];
  for (let pageToken: string | null = null; ; ) {
    const page: { points: MetricPoint[]; next: string | null } = await getMetricHistory(ctx, { runId, key, limit, pageToken });
    points.push(...page.points);
    if (page.next === null) return points;
    pageToken = page.next;
  }
}

const shape = async (runId: string) =>
  (await database().execute<{ packed: boolean; key_from: string; key_to: string; count: number }>(sql`select packed, key_from, key_to, count from metric_chunks where run_id = ${runId} order by key_from, step_from`)).rows;
const tail = async (runId: string) => (await database().execute(sql`select 1 from metric_batches where run_id = ${runId}`)).rowCount;

const value = fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: -2, max: 2 }), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0));
const metric: fc.Arbitrary<Metric> = fc.record({ key: fc.constantFrom("a", "b", "c/d"), step: fc.integer({ min: -20, max: 150 }), timestamp: fc.integer({ min: 0, max: 2 }), value });
const action = fc.oneof({ weight: 4, arbitrary: fc.array(metric, { minLength: 1, maxLength: 90 }) }, { weight: 1, arbitrary: fc.constant("seal" as const) }, { weight: 1, arbitrary: fc.constant("again" as const) });

it("has every point once whatever was logged, repeated and sealed in between", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 12 }), async (actions) => {
      const { ctx, run } = await fresh();
      const sent: Metric[] = [];
      let last: Metric[] = [];
      for (const act of actions) {
        if (act === "seal") await sealRun(run.id);
        else {
          last = act === "again" ? last : act;
          sent.push(...last);
          await logBatch(ctx, { runId: run.id, metrics: last });
        }
      }
      for (const isSealed of [false, true]) {
        if (isSealed) await sealRun(run.id);
        for (const key of ["a", "b", "c/d"]) {
          const expected = sortPoints(sent.filter((each) => each.key === key).map(({ step, timestamp, value: of }) => ({ step, timestamp, value: of }))).points;
          const found = await historyOf(ctx, run.id, key, 37);
          expect(found.length).toBe(expected.length);
          for (const [i, point] of found.entries()) expect(comparePoints(point, expected[i] ?? point)).toBe(0);
          if (!isSealed) continue;
          const summary = (await getRun(ctx, { runId: run.id })).metrics.find((each) => each.key === key);
          expect(summary?.count ?? 0).toBe(expected.length);
          expect(summary?.valueCount ?? 0).toBe(expected.filter((point) => Number.isFinite(point.value)).length);
        }
      }
      expect(await tail(run.id)).toBe(0);
    }),
    { numRuns: 40 },
  );
});

it("charts of sealed points, whole and zoomed, keep extrema and ends of what is shown", async () => {
  const { ctx, run } = await fresh();
  const of = (step: number) => (step === 7_001 ? 500 : step === 12_345 ? -500 : Math.sin(step / 50));
  for (let from = 0; from < 20_000; from += 1_000) {
    await logBatch(ctx, { runId: run.id, metrics: Array.from({ length: 1_000 }, (_, i) => ({ key: "loss", step: from + i, timestamp: from + i, value: of(from + i) })) });
    if (from % 7_000 === 0) await sealRun(run.id);
  }
  await sealRun(run.id);
  expect((await shape(run.id)).map(({ count }) => count)).toEqual([4_096, 4_096, 4_096, 4_096, 3_616]);
  const [whole] = await readChartSeries(ctx, { runIds: [run.id], keys: ["loss"], points: 100 });
  expect(whole?.points.length).toBeLessThanOrEqual(100);
  expect([whole?.points[0]?.step, whole?.points.at(-1)?.step]).toEqual([0, 19_999]);
  expect([Math.max(...(whole?.points ?? []).map((point) => point.value)), Math.min(...(whole?.points ?? []).map((point) => point.value))]).toEqual([500, -500]);
  const [zoomed] = await readChartSeries(ctx, { runIds: [run.id], keys: ["loss"], points: 50, fromStep: 6_999, toStep: 7_400 });
  expect([zoomed?.points[0]?.step, zoomed?.points.at(-1)?.step]).toEqual([6_999, 7_400]);
  expect(Math.max(...(zoomed?.points ?? []).map((point) => point.value))).toBe(500);
  const [close] = await readChartSeries(ctx, { runIds: [run.id], keys: ["loss"], points: 400, fromStep: 12_340, toStep: 12_350 });
  expect(close?.points.map(({ step, value: at }) => [step, at])).toEqual(Array.from({ length: 11 }, (_, i) => [12_340 + i, of(12_340 + i)]));
});

it("a zoom is as fine as what it shows, not as the whole metric", async () => {
  const { ctx, run } = await fresh();
  for (let from = 0; from < 100_000; from += 1_000) {
    await logBatch(ctx, { runId: run.id, metrics: Array.from({ length: 1_000 }, (_, i) => ({ key: "y", step: from + i, timestamp: 0, value: Math.sin(from + i) })) });
  }
  await sealRun(run.id);
  const length = async (from: number | null, to: number | null) => (await readSeries(database(), [run.id], "y", { from, to }, 2_000)).get(run.id)?.length ?? 0;
  expect(await length(12_000, 24_000)).toBe(12_001);
  expect(await length(null, null)).toBeLessThan(8_000);
});

it("a tail of very many points is sealed, however many runs before it cannot be", async () => {
  const broken = await Promise.all(Array.from({ length: 60 }, () => fresh()));
  const brokenIds = broken.map(({ run }) => run.id);
  await database().insert(metricBatches).values(brokenIds.map((runId) => ({ id: newId(), runId, points: Buffer.from([1, 2, 3]) })));
  const [long, other] = [await fresh(), await fresh()];
  const points = (from: number) => Array.from({ length: 1_000 }, (_, i) => ({ key: "y", step: from + i, timestamp: 0, value: 1 }));
  for (let from = 0; from < 200_000; from += 1_000) await logBatch(long.ctx, { runId: long.run.id, metrics: points(from) });
  await logBatch(other.ctx, { runId: other.run.id, metrics: points(0) });
  const later = Date.now() + 200_000;
  const tailsAfterPass = async () => {
    await sealDueRuns(later);
    return [await tail(long.run.id), await tail(other.run.id)];
  };
  await expect.poll(tailsAfterPass, { timeout: 20_000 }).toEqual([0, 0]);
  expect(await tail(brokenIds[0] ?? "")).toBe(1);
  expect((await getRun(long.ctx, { runId: long.run.id })).metrics).toMatchObject([{ count: 200_000 }]);
  await database().delete(metricBatches).where(inArray(metricBatches.runId, brokenIds));
});

it("short series share a row, and leave it once they are long", async () => {
  const { ctx, run } = await fresh();
  const keys = Array.from({ length: 100 }, (_, i) => `m/${String(i).padStart(3, "0")}`);
  await logBatch(ctx, { runId: run.id, metrics: keys.map((key, i) => ({ key, step: 0, timestamp: 0, value: i })) });
  await sealRun(run.id);
  expect(await shape(run.id)).toEqual([{ packed: true, key_from: "m/000", key_to: "m/099", count: 100 }]);
  await logBatch(ctx, { runId: run.id, metrics: Array.from({ length: 200 }, (_, step) => ({ key: "m/050", step: step + 1, timestamp: 0, value: step })) });
  await sealRun(run.id);
  expect(await shape(run.id)).toEqual([{ packed: true, key_from: "m/000", key_to: "m/099", count: 99 }, { packed: false, key_from: "m/050", key_to: "m/050", count: 201 }]);
  expect((await historyOf(ctx, run.id, "m/050", 1_000)).length).toBe(201);
  expect(await historyOf(ctx, run.id, "m/051", 1_000)).toEqual([{ step: 0, timestamp: 0, value: 51 }]);
  expect(await historyOf(ctx, run.id, "m/0505", 1_000)).toEqual([]);
});

it("a long history is read by the page", async () => {
  const { ctx, run } = await fresh();
  for (let from = 0; from < 20_000; from += 1_000) await logBatch(ctx, { runId: run.id, metrics: Array.from({ length: 1_000 }, (_, i) => ({ key: "y", step: from + i, timestamp: 0, value: i })) });
  await sealRun(run.id);
  const page = await readHistory(database(), run.id, "y", { step: 4_095, timestamp: 0, value: 95 }, 10);
  expect(page.map(({ step }) => step)).toEqual(Array.from({ length: 10 }, (_, i) => 4_096 + i));
  expect((await historyOf(ctx, run.id, "y", 3_000)).length).toBe(20_000);
});

it("a history whose points share a step is read to its end by the page, and a page far on reads nothing of what lies before", async () => {
  const { ctx, run } = await fresh();
  for (let from = 0; from < 10_000; from += 1_000) await logBatch(ctx, { runId: run.id, metrics: Array.from({ length: 1_000 }, (_, i) => ({ key: "y", step: 0, timestamp: from + i, value: 1 })) });
  await logBatch(ctx, { runId: run.id, metrics: [{ key: "y", step: 1, timestamp: 0, value: 2 }] });
  await sealRun(run.id);
  expect(await shape(run.id)).toHaveLength(3);
  const found = await historyOf(ctx, run.id, "y", 1_000);
  expect(found.map(({ timestamp }) => timestamp)).toEqual([...Array.from({ length: 10_000 }, (_, i) => i), 0]);
  await database().execute(sql`update metric_chunks set points = '\\x'::bytea where id = (select id from metric_chunks where run_id = ${run.id} order by id limit 1)`);
  const page = await readHistory(database(), run.id, "y", { step: 0, timestamp: 8_500, value: 1 }, 10);
  expect(page.map(({ timestamp }) => timestamp)).toEqual(Array.from({ length: 10 }, (_, i) => 8_501 + i));
});

it("two that seal one run at once, and writers beside them, lose and double nothing", async () => {
  const { ctx, run } = await fresh();
  const batches = Array.from({ length: 40 }, (_, b) => Array.from({ length: 20 }, (_, i) => ({ key: i % 2 === 0 ? "a" : "b", step: b * 20 + i, timestamp: 1, value: b })));
  await Promise.all(batches.map(async (metrics, b) => {
    await logBatch(ctx, { runId: run.id, metrics });
    if (b % 4 === 0) await Promise.all([sealRun(run.id), sealRun(run.id)]);
  }));
  await sealRun(run.id);
  for (const key of ["a", "b"]) expect((await historyOf(ctx, run.id, key, 10_000)).length).toBe(400);
  expect((await getRun(ctx, { runId: run.id })).metrics.map(({ count }) => count)).toEqual([400, 400]);
});

it("is due for a run that ended and rested, not for one that logs", async () => {
  const { ctx, run } = await fresh();
  await logBatch(ctx, { runId: run.id, metrics: [{ key: "a", step: 0, timestamp: 0, value: 1 }] });
  await sealDueRuns();
  expect(await tail(run.id)).toBe(1);
  await updateRun(ctx, { runId: run.id, status: "FINISHED", endTime: 1 });
  await sealDueRuns(Date.now() + 6_000);
  expect(await tail(run.id)).toBe(0);
  await logBatch(ctx, { runId: run.id, metrics: [{ key: "a", step: 1, timestamp: 0, value: 3 }] });
  expect((await listSparklines(ctx, { runIds: [run.id], key: "a", points: 10 }))[0]).toMatchObject({ values: [1, 3] });
});

it("points of an earlier release become chunks", async () => {
  const { run } = await fresh();
  const folder = "drizzle/migrations";
  const [file = ""] = readdirSync(folder).filter((name) => name.startsWith("0011"));
  const [makeFunction = "", convert = "", sums = ""] = readFileSync(join(folder, file), "utf8").split("--> statement-breakpoint");
  const values = [1.5, Number.NaN, Number.NEGATIVE_INFINITY, 1e308, -0, 5e-324];
  const points = Array.from({ length: 5_000 }, (_, i) => ({ step: i - 10, timestamp: 1_700_000_000_000 + i, value: values[i % values.length] ?? 0 }));
  await database().transaction(async (tx) => {
    await tx.execute(sql`create temporary table metric_points (run_id uuid, key text, step bigint, "timestamp" bigint, value float8) on commit drop`);
    await tx.execute(sql`insert into metric_points select ${run.id}::uuid, 'old', * from unnest(${sql.param(points.map(({ step }) => step))}::bigint[], ${sql.param(points.map(({ timestamp }) => timestamp))}::bigint[], ${sql.param(points.map(({ value: of }) => String(of)))}::float8[])`);
    await tx.execute(sql.raw(makeFunction));
    await tx.execute(sql.raw(convert));
    await tx.execute(sql`insert into metric_points values (${run.id}, 'one', 0, 0, 1e308), (${run.id}, 'few', 0, 0, 2), (${run.id}, 'few', 1, 0, 'NaN'), (${run.id}, 'few', 2, 0, 4)`);
    // The table as it was then, in front of today's.
    await tx.execute(sql`create temporary table metric_summaries (run_id uuid, key text, value_sum float8, value_count bigint) on commit drop`);
    await tx.execute(sql`insert into metric_summaries select ${run.id}::uuid, key, 0, 0 from unnest(array['old', 'one', 'few']) key`);
    await tx.execute(sql.raw(sums));
    const summed = await tx.execute(sql`select key, value_sum, value_count from metric_summaries order by key`);
    expect(summed.rows).toEqual([{ key: "few", value_sum: 6, value_count: 2 }, { key: "old", value_sum: Number.POSITIVE_INFINITY, value_count: 3_333 }, { key: "one", value_sum: 1e308, value_count: 1 }]);
  });
  expect((await shape(run.id)).map(({ count }) => count)).toEqual([4_096, 904]);
  const found = await readHistory(database(), run.id, "old", null, 10_000);
  expect(found.map(({ step, timestamp, value: of }) => ({ step, timestamp, value: Object.is(of, -0) ? 0 : of }))).toEqual(points.map((point) => ({ ...point, value: Object.is(point.value, -0) ? 0 : point.value })));
});
