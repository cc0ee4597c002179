import fc from "fast-check";
import { expect, it } from "vitest";
import type { MetricPoint } from "../../contract/run";
import { packCurve, unpackCurve } from "../compare/packed-curve";
import { decodeGroups, encodeGroups } from "./batch-codec";
import { columnsOf, cutColumns, decodeColumns, decodeLevelColumns, joinColumns } from "./columns";
import { decodePoints, encodePoints } from "./point-codec";
import { decodeLevel, encodeLevel } from "./pyramid";
import { comparePoints } from "./seal";

const value = fc.oneof(fc.double(), fc.float(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0));
const whole = fc.oneof(fc.integer({ min: -1_000, max: 1_000 }), fc.maxSafeInteger());
const points = fc.array(fc.record({ step: whole, timestamp: whole, value }), { maxLength: 400 }).map((all) => all.sort(comparePoints));

const asPoints = ({ steps, times, values }: { steps: ArrayLike<number>; times: ArrayLike<number>; values: ArrayLike<number> }): MetricPoint[] =>
  Array.from({ length: steps.length }, (_, i) => ({ step: steps[i] ?? 0, timestamp: times[i] ?? 0, value: values[i] ?? 0 }));

it("columns hold what points do, with times or without", () => {
  fc.assert(
    fc.property(points, (all) => {
      const bytes = encodePoints(all);
      expect(asPoints(decodeColumns(bytes, true))).toEqual(decodePoints(bytes));
      expect({ ...decodeColumns(bytes, false), times: null }).toEqual({ ...decodeColumns(bytes, true), times: null });
      const level = encodeLevel(all, 64);
      expect(asPoints(decodeLevelColumns(level, true))).toEqual(decodeLevel(level).flatMap((bucket) => bucket.points));
    }),
  );
});

it("a packed curve comes back to the last bit, from wherever it was joined and cut", () => {
  fc.assert(
    fc.property(points, fc.nat(400), fc.boolean(), (all, at, withTimes) => {
      const joined = joinColumns([columnsOf(all.slice(0, at), withTimes), columnsOf(all.slice(at), withTimes)]);
      const [from, to] = [all[Math.floor(all.length / 3)]?.step ?? 0, all[Math.floor((2 * all.length) / 3)]?.step ?? 0];
      const kept = cutColumns(joined, from, to);
      const text = Buffer.from(packCurve(kept)).toString("base64");
      const wanted = all.filter(({ step }) => step >= from && step <= to);
      const { steps, times, values } = unpackCurve({ runId: "", total: 0, points: text });
      expect([steps, values]).toEqual([wanted.map(({ step }) => step), wanted.map((point) => point.value)]);
      expect(times).toEqual(withTimes ? wanted.map(({ timestamp }) => timestamp) : []);
    }),
  );
});

it("one metric is read out of many that share a block", () => {
  fc.assert(
    fc.property(fc.array(points, { minLength: 1, maxLength: 6 }), (series) => {
      const bytes = encodeGroups(new Map(series.map((all, at) => [`m${at}`, all])));
      for (const [at, all] of series.entries()) expect([...decodeGroups(bytes, new Map(), `m${at}`)]).toEqual([[`m${at}`, all]]);
    }),
  );
});
