import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { downsample } from "./downsample";
import { isLater, summarizePoints } from "./summarize";

const points = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 3_000 }).map((values) => values.map((value, step) => ({ step, timestamp: step, value })));

describe("downsample", () => {
  it("keeps the ends and the extrema, in order, within the limit", () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 10, max: 500 }), (series, limit) => {
        const kept = downsample(series, limit);
        expect(kept.length).toBeLessThanOrEqual(limit);
        expect(kept[0]).toEqual(series[0]);
        expect(kept.at(-1)).toEqual(series.at(-1));
        const values = kept.map((point) => point.value);
        expect(Math.max(...values)).toBe(Math.max(...series.map((point) => point.value)));
        expect(Math.min(...values)).toBe(Math.min(...series.map((point) => point.value)));
        expect(kept.map((point) => point.step)).toEqual([...kept.map((point) => point.step)].sort((a, b) => a - b));
      }),
    );
  });
});

/** A few numbers that are none among many, so that buckets with and without them are drawn. */
const broken = fc.tuple(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 600, maxLength: 3_000 }), fc.array(fc.tuple(fc.nat(2_999), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)), { maxLength: 60 }));

it("finite extrema stay beside infinities, within the limit", () => {
  fc.assert(
    fc.property(broken, fc.integer({ min: 10, max: 500 }), ([values, breaks], limit) => {
      for (const [at, value] of breaks) if (at < values.length) values[at] = value;
      const kept = downsample(values.map((value, step) => ({ step, timestamp: step, value })), limit);
      const finite = values.filter(Number.isFinite);
      const keptFinite = kept.map(({ value }) => value).filter(Number.isFinite);
      expect(kept.length).toBeLessThanOrEqual(limit);
      expect([Math.min(...keptFinite), Math.max(...keptFinite)]).toEqual([Math.min(...finite), Math.max(...finite)]);
      for (const sign of [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) expect(kept.some(({ value }) => value === sign)).toBe(values.includes(sign));
      expect([kept[0]?.step, kept.at(-1)?.step]).toEqual([0, values.length - 1]);
      expect(kept.every(({ step }, at) => step > (kept[at - 1]?.step ?? -1))).toBe(true);
    }),
  );
});

describe("summarizePoints", () => {
  it("is the same in any order of points", () => {
    const point = fc.record({ key: fc.constantFrom("a", "b"), step: fc.integer({ min: 0, max: 5 }), timestamp: fc.integer({ min: 0, max: 5 }), value: fc.double({ min: -5, max: 5 }) });
    fc.assert(
      fc.property(fc.uniqueArray(point, { maxLength: 20, selector: (p) => `${p.key} ${p.step} ${p.timestamp} ${p.value}` }), (list) => {
        const strip = (all: readonly (typeof list)[number][]) => summarizePoints(all).map(({ key, lastValue, lastStep, minValue, maxValue, count }) => ({ key, lastValue, lastStep, minValue, maxValue, count }));
        expect(strip([...list].reverse())).toEqual(strip(list));
      }),
    );
  });

  it("takes the highest step as the latest, then time, then value; NaN is in no extremum", () => {
    expect(isLater({ key: "a", step: 2, timestamp: 0, value: 0 }, { step: 1, timestamp: 9, value: 9 })).toBe(true);
    const [sum] = summarizePoints([{ key: "a", step: 0, timestamp: 0, value: Number.NaN }, { key: "a", step: 1, timestamp: 0, value: 3 }]);
    expect(sum).toMatchObject({ lastValue: 3, minValue: 3, maxValue: 3, count: 2 });
  });
});
