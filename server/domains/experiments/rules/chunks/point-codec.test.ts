import fc from "fast-check";
import { expect, it } from "vitest";
import type { MetricPoint } from "../../contract/run";
import { decodePoints, encodePoints } from "./point-codec";

const whole = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.constantFrom(0, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 2 ** 50, 2 ** 50 + 1));
const value = fc.oneof(fc.double(), fc.float(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 1e308, 5e-324));
const point: fc.Arbitrary<MetricPoint> = fc.record({ step: whole, timestamp: whole, value });

it("gives back every point as it was, whatever its numbers", () => {
  fc.assert(
    fc.property(fc.array(point, { maxLength: 200 }), (points) => {
      expect(decodePoints(encodePoints(points))).toEqual(points);
    }),
    { numRuns: 500 },
  );
});

it("takes few bytes for what loops log", () => {
  const regular = (of: (i: number) => number) => Array.from({ length: 4_096 }, (_, i) => ({ step: i, timestamp: 1_700_000_000_000 + i * 50 + (i % 7), value: of(i) }));
  expect(encodePoints(regular((i) => Math.fround(Math.exp(-i / 1_000)))).length / 4_096).toBeLessThan(6.5);
  expect(encodePoints(regular((i) => Math.exp(-i / 1_000))).length / 4_096).toBeLessThan(10.5);
});

it("says so when bytes are cut or of another format", () => {
  const bytes = encodePoints([{ step: 1, timestamp: 2, value: 3 }]);
  expect(() => decodePoints(bytes.subarray(0, bytes.length - 1))).toThrow("end early");
  expect(() => decodePoints(Uint8Array.from([9, 0]))).toThrow("unknown format");
});
