import { expect, test } from "vitest";
import { judgeRuler } from "./judge-ruler";
import { type ForestRow, prepareForest } from "./prepare-forest";

const row = (id: string, low: number | null, high: number | null, overall?: boolean): ForestRow => ({
  id,
  label: id,
  estimate: low === null || high === null ? null : (low + high) / 2,
  low,
  high,
  overall,
});

test("the whole stands first, then the worst, what is unknown last", () => {
  const rows = [row("fine", -3, -1), row("unknown", null, null), row("all", -2, -1, true), row("bad", -1, 4)];
  const ids = (goodWhen: "lower" | "higher") => prepareForest({ rows, goodWhen }).rows.map((each) => each.id);
  expect(ids("lower")).toEqual(["all", "bad", "fine", "unknown"]);
  expect(ids("higher")).toEqual(["all", "fine", "bad", "unknown"]);
});

test("zero and the threshold are always in sight", () => {
  const { domain, ticks } = prepareForest({ rows: [row("a", 0.01, 0.02)], goodWhen: "lower", thresholds: [0.05] });
  expect(domain[0]).toBeLessThan(0);
  expect(domain[1]).toBeGreaterThan(0.05);
  expect(ticks).toContain(0);
  expect(prepareForest({ rows: [], goodWhen: "lower" }).rows).toEqual([]);
});

test("the end on the wrong side decides, and being at the threshold is not past it", () => {
  expect(judgeRuler({ estimate: -1, low: -2, high: 0.1, threshold: 0, passWhen: "below" })).toEqual({
    judged: 0.1,
    end: "the upper end",
    passes: false,
  });
  expect(judgeRuler({ estimate: 0.75, low: 0.71, high: 0.8, threshold: 0.7, passWhen: "above" }).passes).toBe(true);
  expect(judgeRuler({ estimate: 0.7, threshold: 0.7, passWhen: "above" })).toEqual({
    judged: 0.7,
    end: "the estimate",
    passes: false,
  });
});
