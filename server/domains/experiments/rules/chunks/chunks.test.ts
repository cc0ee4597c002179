import fc from "fast-check";
import { expect, it } from "vitest";
import type { MetricPoint } from "../../contract/run";
import { downsample } from "../downsample";
import { decodeGroups, encodeGroups, groupByKey } from "./batch-codec";
import { decodeLevel, encodeLevel, leastPoints, levelWidths } from "./pyramid";
import { chunkPoints, comparePoints, cutChunks, sortPoints } from "./seal";

const value = fc.oneof(fc.double(), fc.integer({ min: -3, max: 3 }), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY));
const point: fc.Arbitrary<MetricPoint> = fc.record({ step: fc.integer({ min: -5, max: 60 }), timestamp: fc.integer({ min: 0, max: 3 }), value });
const series = fc.array(value, { minLength: 1, maxLength: 3_000 }).map((values) => values.map((each, step): MetricPoint => ({ step, timestamp: step * 2, value: each })));

const numbers = (points: readonly MetricPoint[]) => points.map((each) => each.value).filter((each) => !Number.isNaN(each));
const lowest = (points: readonly MetricPoint[]) => Math.min(...numbers(points));
const highest = (points: readonly MetricPoint[]) => Math.max(...numbers(points));

/** Of finite numbers, and whether infinities are there. */
function extremaOf(points: readonly MetricPoint[]) {
  const values = numbers(points);
  const finite = values.filter(Number.isFinite);
  return { low: Math.min(...finite), high: Math.max(...finite), soars: values.includes(Number.POSITIVE_INFINITY), sinks: values.includes(Number.NEGATIVE_INFINITY) };
}

it("a batch comes back by key as it came, and is the same bytes whatever the order of its keys", () => {
  const metric = fc.tuple(fc.constantFrom("loss", "val/auc", "Verlust ü"), point).map(([key, each]) => ({ key, ...each }));
  fc.assert(
    fc.property(fc.array(metric, { maxLength: 60 }), (metrics) => {
      const groups = groupByKey(metrics);
      expect(decodeGroups(encodeGroups(groups))).toEqual(groups);
      expect(decodeGroups(encodeGroups(groups), new Map(), "loss").get("loss")).toEqual(groups.get("loss"));
      expect(encodeGroups(new Map([...groups].reverse()))).toEqual(encodeGroups(groups));
    }),
  );
});

it("no level of the pyramid loses an extremum, an end or a mean", () => {
  fc.assert(
    fc.property(series, fc.constantFrom(...levelWidths), (points, width) => {
      const buckets = decodeLevel(encodeLevel(points, width));
      const kept = buckets.flatMap((bucket) => bucket.points);
      expect([lowest(kept), highest(kept)]).toEqual([lowest(points), highest(points)]);
      expect([kept[0], kept.at(-1)]).toEqual([points[0], points.at(-1)]);
      expect(buckets.reduce((sum, bucket) => sum + bucket.count, 0)).toBe(points.length);
      const thin = downsample(kept, 40);
      for (const some of [kept, thin, downsample(points, 10)]) expect(extremaOf(some)).toEqual(extremaOf(points));
      expect([lowest(thin), highest(thin)]).toEqual([lowest(points), highest(points)]);
      for (const [i, bucket] of buckets.entries()) {
        const own = numbers(points.slice(i * width, (i + 1) * width));
        const sum = own.reduce((total, each) => total + each, 0);
        expect(bucket.mean).toEqual(own.length === 0 ? Number.NaN : sum / own.length);
      }
    }),
    { numRuns: 200 },
  );
});

it.each([[64, 400, 6_400], [256, 400, 25_600], [1_024, 2_000, 512_000], [64, 2, 64]] as const)("the level of %i is fine enough for %i points from %i on", (width, wanted, least) => {
  expect(leastPoints(width, wanted)).toBe(least);
});

it("sorting keeps every distinct point once and names the rest", () => {
  fc.assert(
    fc.property(fc.array(point, { maxLength: 300 }), (points) => {
      const sorted = sortPoints(points);
      expect(sorted.points.length + sorted.repeats.length).toBe(points.length);
      for (const [i, each] of sorted.points.entries()) if (i > 0) expect(comparePoints(sorted.points[i - 1] ?? each, each)).toBeLessThan(0);
      for (const each of points) expect(sorted.points.some((other) => comparePoints(each, other) === 0)).toBe(true);
      expect(sortPoints(sorted.points)).toEqual({ points: sorted.points, repeats: [] });
    }),
  );
});

it("chunks are full but the last", () => {
  const points = Array.from({ length: chunkPoints * 2 + 5 }, (_, step) => ({ step, timestamp: 0, value: 1 }));
  expect(cutChunks(points).map((chunk) => chunk.length)).toEqual([chunkPoints, chunkPoints, 5]);
  expect(cutChunks(points).flat()).toEqual(points);
  expect(cutChunks([])).toEqual([]);
});
