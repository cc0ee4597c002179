import { describe, expect, test } from "vitest";
import { pointsEach } from "./curve-size";
import { meansByStep } from "./step-means";

test.each([
  [600, 1, 600],
  [600, 100, 240],
  [600, 1_000, 60],
])("%i points asked for, %i curves: %i each", (asked, curves, points) => expect(pointsEach(asked, curves)).toBe(points));

const of = (values: readonly number[], from = 0) => values.map((mean, index) => ({ step: from + index, mean, count: 1 }));

describe("meansByStep", () => {
  test("few steps stay as they are", () => {
    expect(meansByStep(new Map([["a", of([1, 2])], ["b", of([4], 1)]]), 10)).toEqual(new Map([["a", { steps: [0, 1], values: [1, 2] }], ["b", { steps: [1], values: [4] }]]));
  });

  test("many become the same shares for all runs, weighted, without what is no number", () => {
    const means = meansByStep(new Map([["a", of([1, 3, 5, 7, 9, 11, 13, 15])], ["b", [{ step: 2, mean: 8, count: 3 }, { step: 3, mean: 4, count: 1 }, { step: 7, mean: Number.NaN, count: 5 }]]]), 4);
    expect(means.get("a")).toEqual({ steps: [1, 3, 5, 7], values: [2, 6, 10, 14] });
    expect(means.get("b")).toEqual({ steps: [3], values: [7] });
  });
});
