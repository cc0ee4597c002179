import { describe, expect, it } from "vitest";
import { GateVerdict } from "../contract/gate";
import type { ComparisonResult, EvaluationResult } from "../contract/result";
import { GatePolicy } from "../contract/suite";
import { decideGate, describeSlice } from "./gate";

const policy = GatePolicy.parse({});
const noSkew = { compared: 1000, differing: 5 };
const estimate = (value: number | null) => ({ value, low: value, high: value, method: "cluster_t" as const });
const support = { rows: 5000, positives: 1000, negatives: 4000, clusters: 30 };

function evaluationOf(part: { auc?: number | null; logLoss?: number; ece?: number } = {}): EvaluationResult {
  const { auc = 0.76, logLoss = 0.4, ece = 0.008 } = part;
  const metrics = { auc: estimate(auc), log_loss: estimate(logLoss), brier: estimate(0.12), ece: estimate(ece) };
  const resampling = { seed: 1, draws: 10_000, sliceEceDraws: 2_000, level: 0.95 };
  return { resampling, overall: { support, metrics }, slices: [], baseRateLogLoss: 0.48, calibration: [], roc: [] };
}

type SlicePart = { label: string; d: number; adjustedP: number | null; upperEnd?: number; gated?: boolean };

function comparisonOf(high: number | null, slices: SlicePart[] = []): ComparisonResult {
  const difference = (value: number | null, end: number | null) =>
    ({ value, low: null, high: end, method: "cluster_t", word: "not_distinguishable" }) as const;
  const differences = (value: number | null, end: number | null) => {
    const one = difference(value, end);
    return { log_loss: one, auc: one, brier: one, ece: one };
  };
  return {
    resampling: { seed: 9, draws: 12_000, sliceEceDraws: 2_000, level: 0.95 },
    overall: { support, differences: differences(-0.01, high) },
    slices: slices.map(({ label, d, adjustedP, upperEnd = d + 0.005, gated = true }) => ({
      slice: { name: "hour", label, gated },
      support,
      differences: differences(d, null),
      judged: adjustedP !== null,
      p: adjustedP,
      adjustedP,
      upperEnd,
      word: "not_distinguishable",
    })),
  };
}

const decide = (part: Partial<Parameters<typeof decideGate>[0]> = {}) =>
  decideGate({
    policy,
    candidate: evaluationOf(),
    comparison: comparisonOf(-0.004),
    skew: noSkew,
    judgedCandidates: 2,
    ...part,
  });
const failing = (verdict: GateVerdict) => verdict.checks.filter((check) => !check.passed).map((check) => check.name);

describe("against the champion", () => {
  it("passes a candidate that is superior, calibrated and served as trained, and keeps its evidence", () => {
    const verdict = GateVerdict.parse(decide());
    expect(verdict.outcome).toBe("passed");
    expect(verdict.evidence).toEqual({
      method: "cluster_t",
      seed: 9,
      draws: 12_000,
      clusters: 30,
      judgedCandidates: 2,
    });
  });

  it.each([
    ["an interval that reaches 0", { comparison: comparisonOf(0) }, ["overall"]],
    ["no interval at all", { comparison: comparisonOf(null) }, ["overall"]],
    ["an ECE above its limit", { candidate: evaluationOf({ ece: 0.0151 }) }, ["calibration"]],
    ["skew above half a percent", { skew: { compared: 1000, differing: 6 } }, ["skew"]],
    ["no shadow replay", { skew: null }, ["skew"]],
    ["a replay that compared nothing", { skew: { compared: 0, differing: 0 } }, ["skew"]],
    [
      "all of it",
      { comparison: comparisonOf(1), candidate: evaluationOf({ ece: 1 }), skew: null },
      ["overall", "calibration", "skew"],
    ],
  ])("refuses %s and says which check", (_, part, names) => {
    const verdict = decide(part);
    expect(verdict.outcome).toBe("refused");
    expect(failing(verdict)).toEqual(names);
  });

  it("takes limits themselves as met", () => {
    expect(decide({ candidate: evaluationOf({ ece: 0.015 }), skew: { compared: 1000, differing: 5 } }).outcome).toBe(
      "passed",
    );
  });

  it("asks for no replay where the policy does not", () => {
    expect(decide({ policy: GatePolicy.parse({ skew: null }), skew: null }).outcome).toBe("passed");
  });
});

describe("the harm test", () => {
  it.each([
    ["evidence and size", { d: 0.0218, adjustedP: 0.0001 }, "harmed", "refused"],
    ["size without evidence", { d: 0.0218, adjustedP: 0.05 }, "no_harm_shown", "passed"],
    ["evidence without size", { d: 0.002, adjustedP: 0.0001 }, "no_harm_shown", "passed"],
    ["too little to judge", { d: 0.5, adjustedP: null }, "too_little_evidence", "passed"],
  ])("%s", (_, part, finding, outcome) => {
    const verdict = decide({ comparison: comparisonOf(-0.004, [{ label: "20–23", ...part }]) });
    expect([verdict.slices[0]?.finding, verdict.outcome]).toEqual([finding, outcome]);
  });

  it("names the slices that refuse, and leaves a slice that is only shown alone", () => {
    const bad = { d: 0.02, adjustedP: 0.001 };
    const verdict = decide({
      comparison: comparisonOf(-0.004, [
        { label: "20–23", ...bad },
        { label: "Mon", gated: false, ...bad },
      ]),
    });
    expect(verdict.slices).toHaveLength(1);
    expect(verdict.checks.find((check) => check.name === "slices")?.reason).toBe("refused for hour 20–23");
  });
});

describe("non-inferiority", () => {
  const nonInferior = GatePolicy.parse({ slices: { rule: "non_inferior", margin: 0.01 } });
  it.each([
    ["every upper end below the margin", [{ label: "a", d: 0, adjustedP: 1, upperEnd: 0.009 }], "passed"],
    ["an upper end on the margin", [{ label: "a", d: 0, adjustedP: 1, upperEnd: 0.01 }], "refused"],
    ["a slice that cannot be judged", [{ label: "a", d: 0, adjustedP: null, upperEnd: 0.001 }], "refused"],
  ] as const)("%s", (_, slices, outcome) => {
    expect(decide({ policy: nonInferior, comparison: comparisonOf(-0.004, [...slices]) }).outcome).toBe(outcome);
  });
});

describe("the first version", () => {
  const first = (part: Parameters<typeof evaluationOf>[0]) =>
    decide({ comparison: null, candidate: evaluationOf(part) });
  it.each([
    [{}, []],
    [{ auc: 0.7, ece: 0.015 }, []],
    [{ auc: 0.699 }, ["discrimination"]],
    [{ auc: null }, ["discrimination"]],
    [{ logLoss: 0.48 }, ["base_rate"]],
    [{ ece: 0.02 }, ["calibration"]],
  ])("%j fails %j", (part, names) => {
    const verdict = first(part);
    expect([verdict.against, failing(verdict)]).toEqual(["absolute_limits", names]);
  });
});

describe("describeSlice", () => {
  it.each([
    ["no_harm_shown", 0.009, "harm up to +0.0090 not ruled out"],
    ["no_harm_shown", -0.004, "harm ruled out (upper end −0.0040)"],
    ["harmed", 0.029, "harm shown; harm up to +0.0290 not ruled out"],
    ["too_little_evidence", null, "too little evidence; harm of any size not ruled out"],
  ] as const)("%s with upper end %s reads %s", (finding, upper, words) => {
    expect(describeSlice(finding, upper)).toBe(words);
  });
});
