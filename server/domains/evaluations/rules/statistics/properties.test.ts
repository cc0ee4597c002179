// What must hold for any scores, labels and clusters.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepareAuc } from "./auc-bootstrap";
import { bootstrapClusters, percentileInterval, shiftedInterval, subtractDraws } from "./bootstrap";
import { calibrationBins, expectedCalibrationError } from "./calibration";
import { clusterEachRow, clusteredMean, harmProbability, indexClusters } from "./clusters";
import { prepareEce } from "./ece-bootstrap";
import { adjustHolm } from "./holm";
import { assertScored, baseRateLogLoss } from "./losses";
import { createRandom } from "./random";
import { areaUnderCurve, rocPoints } from "./ranking";
import { addAt } from "./typed-access";

type Row = { score: number; label: number; cluster: number };
const score = fc.oneof(
  fc.integer({ min: 0, max: 8 }).map((k) => k / 8),
  fc.double({ min: 0, max: 1, noNaN: true }),
);
const row = fc.record({ score, label: fc.integer({ min: 0, max: 1 }), cluster: fc.integer({ min: 0, max: 5 }) });
const rowsOf = (minLength: number, maxLength = 120) => fc.array(row, { minLength, maxLength });

const scoredOf = (rows: Row[]) => ({
  scores: Float64Array.from(rows, (r) => r.score),
  labels: Uint8Array.from(rows, (r) => r.label),
});
const clustersOf = (rows: Row[]) => ({ ids: Uint32Array.from(rows, (r) => r.cluster), count: 6 });
const repeat = (rows: Row[], weights: number[]) => rows.flatMap((r) => Array<Row>(weights[r.cluster] ?? 0).fill(r));
const weightsArbitrary = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 6, maxLength: 6 });

describe("bootstrapClusters", () => {
  it("gives a statistic with fewer draws the first of the common ones", () => {
    const first = (weights: Uint32Array) => weights[0] ?? 0;
    const [full, short] = bootstrapClusters([first, first], 7, 50, 3, [50, 20]);
    expect(short).toEqual(full?.slice(0, 20));
  });
});

describe("AUC", () => {
  it("does not depend on row order, and turning the scores round turns it round", () => {
    fc.assert(
      fc.property(rowsOf(2), (rows) => {
        const auc = areaUnderCurve(scoredOf(rows));
        expect(areaUnderCurve(scoredOf([...rows].reverse()))).toBe(auc);
        if (auc === null) return;
        const turned = areaUnderCurve(scoredOf(rows.map((r) => ({ ...r, label: 1 - r.label }))));
        expect(turned).toBeCloseTo(1 - auc, 12);
      }),
    );
  });

  it("of a draw equals that of the rows repeated by weight, from pairs and from a scan", () => {
    fc.assert(
      fc.property(rowsOf(2), weightsArbitrary, (rows, weights) => {
        const repeated = repeat(rows, weights);
        const wanted = repeated.length === 0 ? null : areaUnderCurve(scoredOf(repeated));
        const pairs = prepareAuc(scoredOf(rows), clustersOf(rows))(Uint32Array.from(weights));
        const wide = { ...clustersOf(rows), count: 200 };
        const scan = prepareAuc(scoredOf(rows), wide)(Uint32Array.from({ length: 200 }, (_, g) => weights[g] ?? 0));
        for (const actual of [pairs, scan]) {
          if (wanted === null) expect(actual).toBeNaN();
          else expect(actual).toBeCloseTo(wanted, 12);
        }
      }),
    );
  });

  it("is the area under the full ROC curve, whose thinning keeps both ends and the widest gap", () => {
    fc.assert(
      fc.property(rowsOf(2), (rows) => {
        const full = rocPoints(scoredOf(rows), 1e9);
        const auc = areaUnderCurve(scoredOf(rows));
        if (auc === null) {
          expect(full).toEqual([]);
          return;
        }
        const area = full.reduce((sum, point, index) => {
          const before = full[index - 1] ?? point;
          const width = point.falsePositiveRate - before.falsePositiveRate;
          return sum + (width * (point.truePositiveRate + before.truePositiveRate)) / 2;
        }, 0);
        expect(area).toBeCloseTo(auc, 12);
        const thin = rocPoints(scoredOf(rows), 5);
        const gapOf = (points: typeof thin) => Math.max(...points.map((p) => p.truePositiveRate - p.falsePositiveRate));
        expect(thin.length).toBeLessThanOrEqual(13);
        expect([thin[0], thin.at(-1)]).toEqual([full[0], full.at(-1)]);
        expect(gapOf(thin)).toBe(gapOf(full));
      }),
    );
  });
});

describe("ECE", () => {
  it("does not depend on row order, and its bins hold every row once, ties together", () => {
    fc.assert(
      fc.property(rowsOf(1), (rows) => {
        const bins = calibrationBins(scoredOf(rows));
        expect(bins.reduce((sum, bin) => sum + bin.rows, 0)).toBe(rows.length);
        expect(bins.length).toBeLessThanOrEqual(Math.min(15, new Set(rows.map((r) => r.score)).size));
        const turned = expectedCalibrationError(scoredOf([...rows].reverse()));
        expect(turned).toBeCloseTo(expectedCalibrationError(scoredOf(rows)), 12);
      }),
    );
  });

  it("of a draw equals that of the rows repeated by weight, by scan and by search", () => {
    const long = fc
      .tuple(rowsOf(1, 60), fc.integer({ min: 1, max: 40 }))
      .map(([rows, times]) =>
        Array.from({ length: times }, (_, k) =>
          rows.map((r) => ({ ...r, score: Math.min(1, r.score + k / 97) })),
        ).flat(),
      );
    fc.assert(
      fc.property(long, weightsArbitrary, (rows, weights) => {
        const repeated = repeat(rows, weights);
        fc.pre(repeated.length > 0);
        const wanted = expectedCalibrationError(scoredOf(repeated));
        expect(prepareEce(scoredOf(rows), clustersOf(rows))(Uint32Array.from(weights))).toBeCloseTo(wanted, 10);
        const wide = { ...clustersOf(rows), count: 5000 };
        const padded = Uint32Array.from({ length: 5000 }, (_, g) => weights[g] ?? 0);
        expect(prepareEce(scoredOf(rows), wide)(padded)).toBeCloseTo(wanted, 10);
      }),
      { numRuns: 60 },
    );
  });
});

describe("clustered mean", () => {
  const values = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 2, maxLength: 60 });

  it("is antisymmetric: swapping the models turns the sign and keeps the error, and p and 1 − p change places", () => {
    fc.assert(
      fc.property(values, (list) => {
        const clusters = indexClusters(list.map((_, index) => index % 4));
        const there = clusteredMean(Float64Array.from(list), clusters);
        const back = clusteredMean(
          Float64Array.from(list, (v) => -v),
          clusters,
        );
        expect(back.mean).toBeCloseTo(-there.mean, 12);
        expect(back.standardError).toBeCloseTo(there.standardError ?? Number.NaN, 12);
        fc.pre((there.standardError ?? 0) > 1e-9);
        expect((harmProbability(there) ?? 0) + (harmProbability(back) ?? 0)).toBeCloseTo(1, 9);
      }),
    );
  });

  it("with one row a cluster is s/√n, and with one cluster has no error", () => {
    fc.assert(
      fc.property(values, (list) => {
        const mean = list.reduce((sum, v) => sum + v, 0) / list.length;
        const variance = list.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (list.length - 1);
        const plain = clusteredMean(Float64Array.from(list), clusterEachRow(list.length));
        expect(plain.standardError).toBeCloseTo(Math.sqrt(variance / list.length), 10);
        const one = clusteredMean(Float64Array.from(list), indexClusters(list.map(() => "a")));
        expect(one.standardError).toBeNull();
        expect(harmProbability(one)).toBeNull();
      }),
    );
  });
});

describe("Holm", () => {
  const family = fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 25 });

  it("never lowers a p, keeps their order, keeps nulls, and shrinks when fewer are judged", () => {
    fc.assert(
      fc.property(family, (given) => {
        const adjusted = adjustHolm(given);
        const pairs = given.flatMap((p, index) => (p === null ? [] : [{ p, q: adjusted[index] ?? -1, index }]));
        expect(adjusted.filter((q) => q === null).length).toBe(given.length - pairs.length);
        for (const { p, q } of pairs) expect(q).toBeGreaterThanOrEqual(p);
        for (const a of pairs) for (const b of pairs) if (a.p < b.p) expect(a.q).toBeLessThanOrEqual(b.q);
        const [first] = pairs;
        if (first === undefined) return;
        const fewer = adjustHolm(given.map((p, index) => (index === first.index ? null : p)));
        for (const { q, index } of pairs.slice(1)) expect(fewer[index]).toBeLessThanOrEqual(q);
      }),
    );
  });
});

describe("bootstrap", () => {
  const mass = (weights: Uint32Array) => weights.reduce((sum, weight, g) => sum + weight * g, 0);

  it("gives the same draws for a seed, others for another, and one draw to all statistics", () => {
    const [first = new Float64Array(), second = new Float64Array()] = bootstrapClusters([mass, mass], 7, 200, 5);
    expect(second).toEqual(first);
    expect(bootstrapClusters([mass], 7, 200, 5)[0]).toEqual(first);
    expect(bootstrapClusters([mass], 7, 200, 6)[0]).not.toEqual(first);
    expect(subtractDraws(first, second).every((value) => value === 0)).toBe(true);
  });

  it("draws each cluster equally often", () => {
    const counts = new Uint32Array(10);
    const random = createRandom(1);
    for (let draw = 0; draw < 100_000; draw++) addAt(counts, random(10), 1);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThan(600);
  });

  it("moves an interval by the bias of its draws, and never past the estimate or out of [0, 1]", () => {
    const draws = Float64Array.from({ length: 101 }, (_, k) => 0.01 + k / 10_000);
    expect(shiftedInterval(draws, 0.0095)?.low).toBeCloseTo(0.0095 - 0.00475, 12);
    expect(shiftedInterval(draws, 0.0095)?.high).toBeCloseTo(0.0095 + 0.00475, 12);
    const value = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), value, (list, estimate) => {
        const { low = 2, high = -1 } = shiftedInterval(Float64Array.from(list), estimate) ?? {};
        expect(low).toBeLessThanOrEqual(estimate);
        expect(high).toBeGreaterThanOrEqual(estimate);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("has no interval where more than one draw in twenty has no value", () => {
    const values = Float64Array.from({ length: 100 }, (_, k) => k);
    const interval = percentileInterval(values);
    expect(interval?.low).toBeCloseTo(2.475, 12);
    expect(interval?.high).toBeCloseTo(96.525, 12);
    values.fill(Number.NaN, 0, 6);
    expect(percentileInterval(values)).toBeNull();
  });
});

describe("bad input", () => {
  it.each([
    [[0.5], [], "labels"],
    [[], [], "at least one row"],
    [[Number.NaN], [1], "row 0"],
    [[1.01], [1], "row 0"],
    [[0.5, 0.5], [1, 2], "row 1"],
  ])("names what is wrong with scores %j and labels %j", (scores, labels, message) => {
    const scored = { scores: Float64Array.from(scores), labels: Uint8Array.from(labels) };
    expect(() => assertScored(scored)).toThrow(message);
  });

  it("refuses a p outside [0, 1], a seed that is no uint32, an impossible base rate", () => {
    expect(() => adjustHolm([1.2])).toThrow(RangeError);
    expect(() => createRandom(-1)).toThrow(RangeError);
    expect(() => baseRateLogLoss(3, 2)).toThrow(RangeError);
  });
});
