/** Attempts of a run: every point kept once, charts show one line with a mark. */
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { expect, it } from "vitest";
import { runs } from "@/drizzle/schema/experiments";
import type { ProjectContext } from "@/server/platform/context";
import { database } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import { testProject } from "@/server/platform/testing/project";
import { eq } from "drizzle-orm";
import { readCurves } from "../compare/curves";
import { logBatch } from "../log";
import { listSparklines } from "../table/run-keys";
import { createRun, getRun, updateRun } from "../runs";
import { getMetricHistory, readChartSeries } from "./charts";
import { sealRun } from "./seal-metrics";

async function fresh() {
  const made = await testProject("member");
  return { ...made, run: await createRun(made.ctx, { experimentNo: 0, name: "r" }) };
}

/** The run is its job's, and these are the tokens of the job's attempts. */
async function launched() {
  const { ctx, run } = await fresh();
  const jobId = newId();
  await database().update(runs).set({ jobId }).where(eq(runs.id, run.id));
  const attempt = (number: number): ProjectContext => ({ ...ctx, actor: { ...ctx.actor, kind: "attempt", attempt: { jobId, number } } });
  return { ctx, run, attempt };
}

async function logSteps(ctx: ProjectContext, runId: string, [from, to]: [number, number], valueAt: (step: number) => number, timeFrom = 0, key = "loss") {
  for (let at = from; at < to; at += 1_000) {
    const steps = Array.from({ length: Math.min(1_000, to - at) }, (_, i) => at + i);
    await logBatch(ctx, { runId, metrics: steps.map((step) => ({ key, step, timestamp: timeFrom + step, value: valueAt(step) })) });
  }
}

const curveOf = async (ctx: ProjectContext, runId: string, more: { points?: number; fromStep?: number; toStep?: number } = {}) =>
  (await readCurves(ctx, { runIds: [runId], key: "loss", points: 2_000, ...more }))[0];

it.each([false, true])("a job that is tried again draws one line from its restart on, with a mark and what it took the place of (sealed: %s)", async (isSealed) => {
  const { ctx, run, attempt } = await launched();
  await logSteps(attempt(1), run.id, [0, 200], () => 1);
  if (isSealed) await sealRun(run.id);
  await logSteps(attempt(2), run.id, [120, 160], () => 2, 1_000);
  if (isSealed) await sealRun(run.id);
  const curve = await curveOf(ctx, run.id);
  expect(curve?.attempts).toEqual([{ number: 2, step: 120 }]);
  expect(curve?.steps).toEqual(Array.from({ length: 160 }, (_, step) => step));
  expect(curve?.values).toEqual([...Array(120).fill(1), ...Array(40).fill(2)]);
  expect(curve?.superseded).toMatchObject([{ attempt: 1, steps: Array.from({ length: 80 }, (_, i) => 120 + i) }]);
  const { points } = await getMetricHistory(ctx, { runId: run.id, key: "loss" });
  expect(points.length).toBe(240);
  expect((await getRun(ctx, { runId: run.id })).metrics).toMatchObject([{ count: 240, lastStep: 199, lastValue: 1, minValue: 1, maxValue: 2 }]);
  const [series] = await readChartSeries(ctx, { runIds: [run.id], keys: ["loss"], points: 400 });
  expect(series?.points.length).toBe(160);
});

it("lists the points of attempts that share their steps in the order of their times, however the pages are cut", async () => {
  const { ctx, run, attempt } = await launched();
  const each = 11_000;
  for (let from = 0; from < each; from += 1_000) {
    for (const number of [1, 2]) {
      const metrics = Array.from({ length: 1_000 }, (_, i) => ({ key: "loss", step: 0, timestamp: 2 * (from + i) + number, value: number }));
      await logBatch(attempt(number), { runId: run.id, metrics });
    }
  }
  await sealRun(run.id);
  const times: number[] = [];
  for (let pageToken: string | null = null; ; ) {
    const page: { points: { timestamp: number }[]; next: string | null } = await getMetricHistory(ctx, { runId: run.id, key: "loss", limit: 3_000, pageToken });
    times.push(...page.points.map(({ timestamp }) => timestamp));
    if (page.next === null) break;
    pageToken = page.next;
  }
  expect(times).toEqual(Array.from({ length: 2 * each }, (_, i) => i + 1));
});

it("of long series the superseded part is left out at every resolution, and each zoom has the line's own extrema", async () => {
  const { ctx, run, attempt } = await launched();
  await logSteps(attempt(1), run.id, [0, 20_000], (step) => (step === 15_000 ? 99 : 0));
  while (await sealRun(run.id));
  await logSteps(attempt(2), run.id, [9_000, 16_000], (step) => (step === 12_345 ? 50 : 1), 100_000);
  while (await sealRun(run.id));
  const curve = await curveOf(ctx, run.id, { points: 100 });
  expect(Math.max(...(curve?.values ?? []))).toBe(50);
  expect(curve?.steps.at(-1)).toBe(15_999);
  expect(curve?.steps.every((step, i) => curve.values[i] === (step < 9_000 ? 0 : step === 12_345 ? 50 : 1))).toBe(true);
  expect(Math.max(...(curve?.superseded?.[0]?.values ?? []))).toBe(99);
  expect(curve?.superseded?.[0]?.steps[0]).toBe(9_000);
  const zoomed = await curveOf(ctx, run.id, { fromStep: 8_990, toStep: 9_010 });
  expect(zoomed?.values).toEqual([...Array(10).fill(0), ...Array(11).fill(1)]);
  expect((await listSparklines(ctx, { runIds: [run.id], key: "loss", points: 4 }))[0]?.values).toEqual([0, 0, expect.closeTo(0.75, 0), expect.closeTo(1, 1)]);
  let [pageToken, count]: [string | null, number] = [null, 0];
  do {
    const page: Awaited<ReturnType<typeof getMetricHistory>> = await getMetricHistory(ctx, { runId: run.id, key: "loss", limit: 5_000, pageToken });
    [pageToken, count] = [page.next, count + page.points.length];
  } while (pageToken !== null);
  expect(count).toBe(27_000);
});

it("a script that opens its ended run again begins an attempt; one whose steps go on is not marked", async () => {
  const { ctx, run } = await fresh();
  await logSteps(ctx, run.id, [0, 50], () => 1);
  await updateRun(ctx, { runId: run.id, status: "FINISHED", endTime: 1 });
  await updateRun(ctx, { runId: run.id, status: "RUNNING" });
  await logSteps(ctx, run.id, [50, 60], () => 2, 500);
  expect(await curveOf(ctx, run.id)).toMatchObject({ attempts: [], superseded: [] });
  await updateRun(ctx, { runId: run.id, status: "FAILED", endTime: 2 });
  await updateRun(ctx, { runId: run.id, status: "RUNNING" });
  await logSteps(ctx, run.id, [40, 45], () => 3, 900);
  const curve = await curveOf(ctx, run.id);
  expect(curve?.attempts).toEqual([{ number: 3, step: 40 }]);
  expect(curve?.steps.at(-1)).toBe(44);
  expect(curve?.superseded?.map(({ attempt, steps }) => [attempt, steps.length])).toEqual([[1, 10], [2, 10]]);
});

it("last batches behind a run's end, other processes beside one that logs, and single late values begin nothing", async () => {
  const { ctx, run } = await fresh();
  await logSteps(ctx, run.id, [0, 50], () => 1);
  await updateRun(ctx, { runId: run.id, status: "RUNNING" });
  await logSteps(ctx, run.id, [30, 40], () => 2, 500);
  await updateRun(ctx, { runId: run.id, status: "FINISHED", endTime: 1 });
  await logSteps(ctx, run.id, [49, 51], () => 1, 7);
  expect((await curveOf(ctx, run.id))?.attempts).toBeUndefined();
  await updateRun(ctx, { runId: run.id, status: "RUNNING" });
  await logBatch(ctx, { runId: run.id, metrics: [{ key: "loss", step: 0, timestamp: 9, value: 5 }] });
  const curve = await curveOf(ctx, run.id);
  expect(curve?.attempts).toBeUndefined();
  expect(curve?.steps.at(-1)).toBe(50);
});

it("a run that ended long ago, and a killed script that comes back, begin one by what they log", async () => {
  const { ctx, run } = await fresh();
  await logSteps(ctx, run.id, [0, 50], () => 1);
  await updateRun(ctx, { runId: run.id, status: "FINISHED", endTime: 1 });
  await database().execute(sql`update runs set attempt_over_at = now() - interval '1 minute' where id = ${run.id}`);
  await Promise.all([logSteps(ctx, run.id, [20, 25], () => 2, 500), logSteps(ctx, run.id, [25, 30], () => 2, 500)]);
  expect((await curveOf(ctx, run.id))?.attempts).toEqual([{ number: 2, step: 20 }]);
  const killed = await fresh();
  await logSteps(killed.ctx, killed.run.id, [0, 50], () => 1);
  await sealRun(killed.run.id);
  await updateRun(killed.ctx, { runId: killed.run.id, status: "RUNNING" });
  await logSteps(killed.ctx, killed.run.id, [10, 12], () => 2, 500);
  expect((await curveOf(killed.ctx, killed.run.id))?.attempts).toEqual([{ number: 2, step: 10 }]);
});

const batch = fc.record({ attempt: fc.integer({ min: 1, max: 4 }), from: fc.integer({ min: 0, max: 120 }), length: fc.integer({ min: 1, max: 90 }) });

it("keeps each point of each attempt once, and reads the same before and after each seal", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(batch, fc.constant("seal" as const)), { minLength: 1, maxLength: 10 }), async (acts) => {
      const { ctx, run, attempt } = await launched();
      const sent = new Map<string, number>();
      const ordered = acts.filter((act) => act !== "seal").sort((a, b) => a.attempt - b.attempt);
      for (const act of acts) {
        const next = act === "seal" ? undefined : ordered.shift();
        if (!next) {
          await sealRun(run.id);
          continue;
        }
        await logSteps(attempt(next.attempt), run.id, [next.from, next.from + next.length], () => next.attempt, next.attempt * 1_000);
        for (let step = next.from; step < next.from + next.length; step += 1) sent.set(`${next.attempt}:${step}`, next.attempt);
      }
      const read = async () => ({ curve: await curveOf(ctx, run.id), history: (await getMetricHistory(ctx, { runId: run.id, key: "loss" })).points });
      const before = await read();
      expect(before.history.map(({ value, step }) => `${value}:${step}`).sort()).toEqual([...sent.keys()].sort());
      while (await sealRun(run.id));
      const after = await read();
      expect({ ...after, curve: { ...after.curve, total: 0 } }).toEqual({ ...before, curve: { ...before.curve, total: 0 } });
      expect((await getRun(ctx, { runId: run.id })).metrics[0]?.count ?? 0).toBe(sent.size);
    }),
    { numRuns: 30 },
  );
});
