/** What infinities and NaN do to a curve: every finite extremum stays, at each size, in each zoom, sealed or not. */
import { eq, isNotNull } from "drizzle-orm";
import fc from "fast-check";
import { beforeEach, expect, it } from "vitest";
import { metricChunks } from "@/drizzle/schema/experiments";
import { database } from "@/server/platform/db";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { writePoints, writeValues } from "../../rules/chunks/point-codec";
import { ByteWriter } from "../../rules/chunks/varint";
import { logBatch } from "../log";
import { sealRun } from "../metrics/seal-metrics";
import { createRun } from "../runs";
import { readCurves } from "./curves";

let a: TestProject;
beforeEach(async () => {
  a = await testProject("member");
});

async function logged(values: readonly number[], seal: boolean): Promise<string> {
  const run = await createRun(a.ctx, { experimentNo: 0, name: "broken" });
  const metrics = values.map((value, step) => ({ key: "loss", value, step, timestamp: 1_000 + step }));
  for (let from = 0; from < metrics.length; from += 1_000) await logBatch(a.ctx, { runId: run.id, metrics: metrics.slice(from, from + 1_000) });
  if (seal) await sealRun(run.id);
  return run.id;
}

type Zoom = { from: number; to: number };

function extremaOf(values: readonly number[]) {
  const finite = values.filter(Number.isFinite);
  return { low: Math.min(...finite), high: Math.max(...finite), soars: values.includes(Number.POSITIVE_INFINITY), sinks: values.includes(Number.NEGATIVE_INFINITY) };
}

async function drawn(runId: string, points: number, { from, to }: Zoom): Promise<number[]> {
  const [curve] = await readCurves(a.ctx, { runIds: [runId], key: "loss", points, fromStep: from, toStep: to });
  return curve?.values ?? [];
}

const wave = (count: number, breaks: Record<number, number>) => Array.from({ length: count }, (_, step) => breaks[step] ?? 0.5 + Math.sin(step / 90) / 2);

it.each([false, true])("an infinity takes no extremum's place (sealed: %s)", async (seal) => {
  const values = wave(4_000, { 1_001: -50, 1_005: Number.NEGATIVE_INFINITY, 2_001: 100, 2_003: Number.POSITIVE_INFINITY });
  const runId = await logged(values, seal);
  for (const points of [10, 100, 600]) {
    const curve = await drawn(runId, points, { from: 0, to: 3_999 });
    expect(curve.length).toBeLessThanOrEqual(points);
    expect(extremaOf(curve)).toEqual({ low: -50, high: 100, soars: true, sinks: true });
    expect(extremaOf(await drawn(runId, points, { from: 990, to: 2_010 }))).toEqual({ low: -50, high: 100, soars: true, sinks: true });
  }
});

it("random series in random zooms, half sealed and half not, against every point", async () => {
  const value = fc.oneof({ weight: 40, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) }, { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY) });
  const series = fc.array(value, { minLength: 3_000, maxLength: 6_000, size: "max" });
  const zoom = fc.tuple(fc.nat(2_999), fc.nat(5_999), fc.constantFrom(10, 40, 100, 600));
  await fc.assert(
    fc.asyncProperty(series, fc.array(zoom, { minLength: 4, maxLength: 4 }), async (values, zooms) => {
      const runId = await logged(values.slice(0, 2_500), true);
      const tail = values.slice(2_500).map((each, at) => ({ key: "loss", value: each, step: 2_500 + at, timestamp: 0 }));
      for (let from = 0; from < tail.length; from += 1_000) await logBatch(a.ctx, { runId, metrics: tail.slice(from, from + 1_000) });
      for (const [from, width, points] of [[0, 5_999, 100] as const, ...zooms]) {
        const curve = await drawn(runId, points, { from, to: from + width });
        expect(curve.length).toBeLessThanOrEqual(points);
        expect(extremaOf(curve)).toEqual(extremaOf(values.slice(from, from + width + 1)));
      }
    }),
    { numRuns: 12 },
  );
}, 120_000);

/** As levels were written before infinities stood apart: here each bucket has kept nothing but its infinity. */
function levelOfBefore(count: number): Buffer {
  const writer = new ByteWriter();
  const buckets = Math.ceil(count / 64);
  writer.varint(buckets);
  for (let i = 0; i < buckets; i += 1) {
    writer.byte(1);
    writer.varint(64);
  }
  writeValues(writer, Array.from({ length: buckets }, () => 0));
  writePoints(writer, Array.from({ length: buckets }, (_, i) => ({ step: i * 64, timestamp: 0, value: i === 1 ? Number.POSITIVE_INFINITY : 0 })));
  return Buffer.from(writer.finish());
}

it("of a level written before that has an infinity, the chunk's points are read instead", async () => {
  const runId = await logged(wave(4_000, { 70: 100, 72: Number.POSITIVE_INFINITY }), true);
  const changed = await database().update(metricChunks).set({ level64: levelOfBefore(4_000), level256: null, level1024: null }).where(eq(metricChunks.runId, runId)).returning({ id: metricChunks.id });
  expect(changed).toHaveLength(1);
  expect(await database().$count(metricChunks, isNotNull(metricChunks.level64))).toBeGreaterThan(0);
  expect(extremaOf(await drawn(runId, 100, { from: 0, to: 3_999 }))).toMatchObject({ high: 100, soars: true });
});
