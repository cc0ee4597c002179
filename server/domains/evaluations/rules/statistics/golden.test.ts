// Every statistic against scikit-learn, scipy and statsmodels (fixtures/make_golden.py), on random and hard cases.
import { describe, expect, it } from "vitest";
import golden from "../fixtures/golden.json";
import { prepareAuc } from "./auc-bootstrap";
import { expectedCalibrationError } from "./calibration";
import { clusteredMean, harmProbability, indexClusters, meanInterval, upperEnd } from "./clusters";
import { delongAuc, delongDifference } from "./delong";
import { normalQuantile, normalUpperTail, studentTQuantile, studentTUpperTail } from "@/server/platform/statistics/rules/distributions";
import { prepareEce } from "./ece-bootstrap";
import { adjustHolm } from "./holm";
import { brierLosses, logLosses, meanOf } from "./losses";
import { areaUnderCurve } from "./ranking";

const near = (actual: number | null | undefined, wanted: number | null | undefined, digits = 1e-9) => {
  if (wanted === null || wanted === undefined) return expect(actual ?? null).toBeNull();
  expect(Math.abs((actual ?? Number.NaN) - wanted), `${actual} against ${wanted}`).toBeLessThanOrEqual(
    digits * Math.max(1e-3, Math.abs(wanted)),
  );
};

describe("distributions", () => {
  it("has scipy's Student t quantiles and tails", () => {
    for (const { p, df, t } of golden.studentQuantiles) near(studentTQuantile(p, df), t);
    for (const { t, df, p } of golden.studentTails) near(studentTUpperTail(t, df), p);
  });
  it("has scipy's normal quantiles and tails", () => {
    for (const { p, z } of golden.normalQuantiles) near(normalQuantile(p), z);
    for (const { z, p } of golden.normalTails) near(normalUpperTail(z), p);
  });
  it("keeps its digits far out in the tail, where a p value is decided", () => {
    expect(studentTUpperTail(8, 29) / 4.006287829821907e-9).toBeCloseTo(1, 7);
  });
});

it("adjusts as statsmodels' Holm", () => {
  for (const { p, adjusted } of golden.holm) adjustHolm(p).forEach((value, index) => void near(value, adjusted[index]));
});

describe.each(golden.cases)("$name", (given) => {
  const labels = Uint8Array.from(given.labels);
  const scores = { baseline: Float64Array.from(given.baseline), candidate: Float64Array.from(given.candidate) };
  // The fixture's clusters are dense already; keeping its numbers lets `drawn` index them.
  const clusters = { ids: Uint32Array.from(given.clusters), count: given.drawn.length };

  it.each(["baseline", "candidate"] as const)("has the library's metrics of the %s", (model) => {
    const scored = { scores: scores[model], labels };
    const wanted = given.models[model];
    near(meanOf(logLosses(scored)), wanted.logLoss);
    near(meanOf(brierLosses(scored)), wanted.brier);
    near(areaUnderCurve(scored), wanted.auc);
    near(expectedCalibrationError(scored), wanted.ece);
    const interval = delongAuc(scored);
    near(interval?.low, wanted.delong?.[0]);
    near(interval?.high, wanted.delong?.[1]);
  });

  it.each(["baseline", "candidate"] as const)(
    "has the library's weighted AUC and ECE of a draw for the %s",
    (model) => {
      const scored = { scores: scores[model], labels };
      const wanted = given.models[model];
      const drawn = Uint32Array.from(given.drawn);
      const auc = prepareAuc(scored, clusters)(drawn);
      near(Number.isNaN(auc) ? null : auc, wanted.drawnAuc);
      near(prepareEce(scored, clusters)(drawn), wanted.drawnEce);
    },
  );

  it("has statsmodels' cluster-robust interval, p and upper end of the paired difference", () => {
    const baseline = logLosses({ scores: scores.baseline, labels });
    const difference = logLosses({ scores: scores.candidate, labels }).map((loss, row) => loss - (baseline[row] ?? 0));
    const estimate = clusteredMean(difference, indexClusters(given.clusters));
    near(estimate.mean, given.difference.mean);
    near(estimate.standardError, given.difference.se, 1e-8);
    near(meanInterval(estimate)?.low, given.difference.low, 1e-8);
    near(meanInterval(estimate)?.high, given.difference.high, 1e-8);
    near(upperEnd(estimate), given.difference.upper, 1e-8);
    near(harmProbability(estimate), given.difference.p, 1e-8);
  });

  it("has the literal DeLong interval of the difference", () => {
    const interval = delongDifference({ scores: scores.candidate, labels }, { scores: scores.baseline, labels });
    near(interval?.low, given.delongDifference?.[0]);
    near(interval?.high, given.delongDifference?.[1]);
  });
});
