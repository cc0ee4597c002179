import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ksBounds, leastShare, mergeGroups, psi, sumOf } from "./divergence";
import { binOf, edgesOf, groupsOf, maxBins, quantileLevels, quantilesOf } from "./histogram";

type Golden = { name: string; reference: number[]; current: number[]; edges: number[]; psi: number; ks: number };
const golden = JSON.parse(readFileSync(join(import.meta.dirname, "fixtures", "divergence-golden.json"), "utf8")) as Golden[];

const ascending = (values: readonly number[]) => [...values].sort((a, b) => a - b);
const binned = (edges: readonly number[], values: readonly number[]) => {
  const counts = new Array<number>(edges.length + 1).fill(0);
  for (const value of values) counts[binOf(edges, value)] = (counts[binOf(edges, value)] ?? 0) + 1;
  return counts;
};
const edgesFor = (values: readonly number[]) => edgesOf(quantilesOf(ascending(values), quantileLevels));

/** Straight from the definitions. */
const slowKs = (a: readonly number[], b: readonly number[]) =>
  Math.max(...[...a, ...b].map((x) => Math.abs(a.filter((v) => v <= x).length / a.length - b.filter((v) => v <= x).length / b.length)));
const slowPsi = (p: readonly number[], q: readonly number[]) => {
  const share = (counts: readonly number[], i: number) => Math.max(leastShare, (counts[i] ?? 0) / counts.reduce((x, y) => x + y, 0));
  return p.reduce((total, _, i) => total + (share(q, i) - share(p, i)) * Math.log(share(q, i) / share(p, i)), 0);
};

const value = fc.oneof(fc.integer({ min: -20, max: 20 }), fc.double({ min: -1e3, max: 1e3, noNaN: true }));
const sample = fc.array(value, { minLength: 1, maxLength: 400 });

describe("bins", () => {
  it("are found by bisection as by looking at each edge", () => {
    fc.assert(
      fc.property(sample, value, (values, x) => {
        const edges = edgesFor(values);
        const at = edges.findIndex((edge) => x <= edge);
        expect(binOf(edges, x)).toBe(at < 0 ? edges.length : at);
      }),
    );
    expect(binOf([1, 2], Number.NaN)).toBe(3);
    expect(binOf([], 5)).toBe(0);
  });

  it("are at most 256, each with a part of the reference but the last", () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 1_000 }), (values) => {
        const edges = edgesFor(values);
        const counts = binned(edges, values);
        expect(edges.length).toBeLessThan(maxBins);
        // −0 and 0 are one edge.
        expect(edges.map((edge) => edge + 0)).toEqual([...new Set(ascending(edges))]);
        expect(counts.slice(0, -1).every((count) => count > 0)).toBe(true);
        expect(sumOf(counts)).toBe(values.length);
      }),
    );
  });

  it("take quantiles as observed values, and leave out what is absent", () => {
    expect(quantilesOf([1, 2, 3, 4], [0.25, 0.5, 0.75])).toEqual([1, 2, 3]);
    expect(quantilesOf([], [0.5])).toEqual([]);
    expect(edgesOf([null, 1, 1, Number.NaN, 2])).toEqual([1, 2]);
  });
});

describe("groups", () => {
  it("cut all bins into at most ten, none without a part of the reference", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: 1, maxLength: 256 }), (counts) => {
        fc.pre(sumOf(counts) > 0);
        const ends = groupsOf(counts, 10);
        expect(ends.at(-1)).toBe(counts.length - 1);
        expect(ends.length).toBeLessThanOrEqual(10);
        expect(ends).toEqual([...new Set(ascending(ends))]);
        const merged = mergeGroups(counts, ends);
        expect(sumOf(merged)).toBe(sumOf(counts));
        expect(merged.every((count) => count > 0)).toBe(true);
      }),
    );
  });

  it("are of equal mass where bins are fine", () => {
    expect(mergeGroups(new Array(256).fill(10), groupsOf(new Array(256).fill(10), 10))).toEqual([260, 250, 260, 250, 260, 260, 250, 260, 250, 260]);
    expect(groupsOf([5, 90, 5], 10)).toEqual([0, 1, 2]);
    expect(groupsOf([100], 10)).toEqual([0]);
  });
});

describe("PSI", () => {
  it.each(golden)("is numpy's on deciles: $name", ({ reference, current, edges, psi: expected }) => {
    const p = binned(edges, reference);
    expect(psi(p, binned(edges, current), p.map((_, i) => i))).toBeCloseTo(expected, 12);
  });

  it("is the formula, summed by hand", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(100), fc.nat(100)), { minLength: 1, maxLength: 40 }), (pairs) => {
        const p = pairs.map(([a]) => a);
        const q = pairs.map(([, b]) => b);
        fc.pre(sumOf(p) > 0 && sumOf(q) > 0);
        const ends = groupsOf(p, 10);
        expect(psi(p, q, ends)).toBeCloseTo(slowPsi(mergeGroups(p, ends), mergeGroups(q, ends)), 10);
        expect(psi(p, p, ends)).toBeCloseTo(0, 12);
        expect(psi(p, q, ends) ?? -1).toBeGreaterThanOrEqual(0);
      }),
    );
    expect(psi([0, 0], [1, 1], [0, 1])).toBeNull();
    expect(psi([1, 1], [0, 0], [0, 1])).toBeNull();
  });
});

describe("KS", () => {
  it.each(golden)("is scipy's where bins are values: $name", ({ reference, current, ks }) => {
    const edges = ascending([...new Set([...reference, ...current])]);
    const bounds = ksBounds(binned(edges, reference), binned(edges, current));
    expect(bounds?.low).toBeCloseTo(ks, 12);
  });

  it("lies between its bounds, whatever the bins", () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 120 }), fc.array(value, { minLength: 1, maxLength: 120 }), fc.integer({ min: 1, max: 255 }), (reference, current, step) => {
        const edges = edgesFor(reference).filter((_, i) => i % step === 0);
        const bounds = ksBounds(binned(edges, reference), binned(edges, current));
        const exact = slowKs(reference, current);
        expect(bounds?.low ?? 2).toBeLessThanOrEqual(exact + 1e-12);
        expect(bounds?.high ?? -1).toBeGreaterThanOrEqual(exact - 1e-12);
      }),
    );
    expect(ksBounds([0], [1])).toBeNull();
  });
});
