import { describe, expect, it } from "vitest";
import { ComparisonResult, EvaluationResult } from "../contract/result";
import { SliceDefinition } from "../contract/suite";
import { compareScores } from "./compare-scores";
import { evaluateScores } from "./evaluate-scores";
import { blurScores, simulateSample } from "../testing/simulated-sample";
import { assignSlices } from "./slices";
import { adjustHolm } from "./statistics/holm";

const floor = { clusters: 20, positives: 100, negatives: 100 };
const judgement = { floor, alpha: 0.05 };
const blocks = SliceDefinition.parse({
  name: "hour",
  column: "hour",
  blocks: [
    { label: "early", below: 6 },
    { label: "late", from: 6, below: 19 },
    { label: "last", from: 19 },
    { label: "never", from: 20 },
  ],
});
const sample = simulateSample(6000, 30, 3);
const slices = assignSlices([blocks], { hour: sample.hours });
const good = blurScores(sample.truth, 0.3, 1);
const poor = blurScores(sample.truth, 1.5, 2);

describe("assignSlices", () => {
  it("takes half-open blocks, named values in order, and the largest values with ties by name", () => {
    const define = (part: object) => SliceDefinition.parse({ name: "s", column: "c", ...part });
    const columns = { c: ["b", "a", "c", "a", null, "b"] };
    const labels = (part: object) =>
      assignSlices([define(part)], columns).map(({ slice, rows }) => [slice.label, [...rows]]);
    expect(labels({ largest: 2 })).toEqual([
      ["a", [1, 3]],
      ["b", [0, 5]],
    ]);
    expect(labels({ values: ["c", "z"] })).toEqual([
      ["c", [2]],
      ["z", []],
    ]);
    const numbers = assignSlices([define({ blocks: [{ label: "x", from: 5, below: 9 }] })], { c: [4, 5, 8, 9, null] });
    expect([...(numbers[0]?.rows ?? [])]).toEqual([1, 2]);
    expect(() => assignSlices([define({ largest: 1 })], {})).toThrow("no column c");
    expect(() => define({ largest: 1, values: ["a"] })).toThrow("exactly one");
  });
});

describe("evaluateScores", () => {
  it("gives each metric with an interval around it, overall and by slice, in the wire shape", () => {
    const result = EvaluationResult.parse(evaluateScores(sample, good, slices, { seed: 1 }));
    expect(result.resampling).toEqual({ seed: 1, draws: 10_000, sliceEceDraws: 2_000, level: 0.95 });
    for (const { value, low, high } of Object.values(result.overall.metrics)) {
      expect(low).toBeLessThan(value ?? 0);
      expect(high).toBeGreaterThan(value ?? 0);
    }
    expect(result.overall.metrics.auc.method).toBe("cluster_bootstrap");
    expect(result.overall.support).toMatchObject({ rows: 6000, clusters: 30 });
    expect(result.slices.map(({ support }) => support.rows).reduce((a, b) => a + b)).toBe(6000);
    expect(result.slices.at(-1)?.metrics.log_loss.value).toBeNull();
  });

  it("names DeLong, t and the bootstrap of rows where there are no clusters, and its intervals are then narrower", () => {
    const plain = evaluateScores({ labels: sample.labels, clusters: null }, good, [], { seed: 1, draws: 300 });
    const methods = Object.values(plain.overall.metrics).map((metric) => metric.method);
    expect(methods).toEqual(["paired_t", "paired_t", "delong", "paired_bootstrap_shifted"]);
    const clustered = evaluateScores(sample, good, [], { seed: 1, draws: 300 });
    const width = (r: EvaluationResult) =>
      (r.overall.metrics.log_loss.high ?? 0) - (r.overall.metrics.log_loss.low ?? 0);
    expect(width(plain)).toBeLessThan(width(clustered));
  });

  it("gives an ECE that is near nothing an interval that holds it, overall and in every slice", () => {
    for (const seed of [1, 2, 3, 4]) {
      const { truth, labels, clusters, hours } = simulateSample(4000, 20, seed);
      const result = evaluateScores({ labels, clusters }, truth, assignSlices([blocks], { hour: hours }), { seed, draws: 400 });
      const found = [result.overall, ...result.slices].map((scope) => scope.metrics.ece).filter(({ low }) => low !== null);
      expect(found.length).toBeGreaterThanOrEqual(4);
      for (const { value, low, high, method } of found) {
        expect(method).toBe("cluster_bootstrap_shifted");
        expect(low).toBeLessThanOrEqual(value ?? -1);
        expect(high).toBeGreaterThanOrEqual(value ?? 2);
      }
    }
  });

  it("has values but no interval for one cluster, and no AUC for one class", () => {
    const rows = { labels: new Uint8Array(50), clusters: { ids: new Uint32Array(50), count: 1 } };
    const { metrics } = evaluateScores(rows, new Float64Array(50).fill(0.25), [], { seed: 1, draws: 100 }).overall;
    expect(metrics.auc).toEqual({ value: null, low: null, high: null, method: null });
    expect(metrics.ece).toEqual({ value: 0.25, low: null, high: null, method: null });
    expect(metrics.log_loss).toMatchObject({ low: null, high: null, method: null });
  });
});

describe("compareScores", () => {
  it("finds the better model better, swapped worse, and itself not distinguishable", () => {
    const options = { seed: 7, draws: 500 };
    const there = ComparisonResult.parse(
      compareScores(sample, { baseline: poor, candidate: good }, slices, judgement, options),
    );
    const back = compareScores(sample, { baseline: good, candidate: poor }, slices, judgement, options);
    const words = (result: ComparisonResult) => Object.values(result.overall.differences).map((d) => d.word);
    expect(words(there).slice(0, 3)).toEqual(["better", "better", "better"]);
    expect(words(back).slice(0, 3)).toEqual(["worse", "worse", "worse"]);
    for (const metric of ["log_loss", "auc", "brier", "ece"] as const) {
      const [a, b] = [there.overall.differences[metric], back.overall.differences[metric]];
      expect(b.value).toBeCloseTo(-(a.value ?? 0), 12);
      expect(b.low).toBeCloseTo(-(a.high ?? 0), 12);
    }
    expect(there.slices.map((slice) => slice.word)).toEqual([
      "better",
      "better",
      "too_little_evidence",
      "too_little_evidence",
    ]);
    const same = compareScores(sample, { baseline: good, candidate: good }, slices, judgement, options);
    expect(words(same)).toEqual(Array(4).fill("not_distinguishable"));
    expect(same.slices.map(({ p }) => p)).toEqual([1, 1, 1, null]);
  });

  it("adjusts the gated slices among themselves, and what is only shown over all", () => {
    const quarters = [0, 5, 10, 15].map((from) => ({ label: `from ${from}`, from, below: from + 5 }));
    const shown = SliceDefinition.parse({ name: "shown", column: "hour", gated: false, blocks: quarters });
    const scores = { baseline: good, candidate: blurScores(sample.truth, 0.8, 5) };
    const compare = (definitions: SliceDefinition[]) =>
      compareScores(sample, scores, assignSlices(definitions, { hour: sample.hours }), judgement, { seed: 7, draws: 50 }).slices;
    const beside = compare([blocks, shown]);
    const adjusted = beside.map(({ adjustedP }) => adjustedP);
    const overAll = adjustHolm(beside.map(({ judged, p }) => (judged ? p : null)));
    const [gated, only] = [beside.filter(({ slice }) => slice.gated).length, beside.filter(({ slice }) => !slice.gated).length];
    expect([gated, only]).toEqual([4, 4]);
    expect(adjusted.slice(0, gated)).toEqual(compare([blocks]).map(({ adjustedP }) => adjustedP));
    expect(adjusted.slice(0, gated)).not.toEqual(overAll.slice(0, gated));
    expect(adjusted.slice(gated)).toEqual(overAll.slice(gated));
    expect(adjusted.slice(gated)).not.toContain(null);
  });

  it("does not depend on the order of rows", () => {
    const turned = {
      ...sample,
      labels: sample.labels.slice().reverse(),
      clusters: { ...sample.clusters, ids: sample.clusters.ids.slice().reverse() },
    };
    const options = { seed: 7, draws: 200 };
    const first = compareScores(sample, { baseline: poor, candidate: good }, [], judgement, options);
    const scores = { baseline: poor.slice().reverse(), candidate: good.slice().reverse() };
    const second = compareScores(turned, scores, [], judgement, options);
    for (const metric of ["log_loss", "auc", "brier", "ece"] as const) {
      expect(second.overall.differences[metric].low).toBeCloseTo(first.overall.differences[metric].low ?? 0, 10);
      expect(second.overall.differences[metric].high).toBeCloseTo(first.overall.differences[metric].high ?? 0, 10);
    }
  });

  it("covers the truth: of models equally wrong, about one in twenty is called different", () => {
    let called = 0;
    for (let trial = 0; trial < 200; trial++) {
      const drawn = simulateSample(900, 30, trial);
      const scores = {
        baseline: blurScores(drawn.truth, 1, 2 * trial + 1000),
        candidate: blurScores(drawn.truth, 1, 2 * trial + 1001),
      };
      const result = compareScores(drawn, scores, [], judgement, { seed: 1, draws: 10 });
      if (result.overall.differences.log_loss.word !== "not_distinguishable") called++;
    }
    expect(called).toBeGreaterThan(1);
    expect(called).toBeLessThan(24);
  });
});
