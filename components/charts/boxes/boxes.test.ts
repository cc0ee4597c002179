import { expect, test } from "vitest";
import { prepareBoxes, quantileOf } from "./prepare-boxes";

// numpy.percentile's default.
test.each([
  { values: [0.71, 0.732, 0.725, 0.719, 0.741], q: [0.719, 0.725, 0.732] },
  { values: [0.7, 0.81, 0.66], q: [0.6799999999999999, 0.7, 0.755] },
  { values: [1.0, 1.2], q: [1.05, 1.1, 1.15] },
  { values: [5.0], q: [5.0, 5.0, 5.0] },
])("quartiles of $values", ({ values, q }) => {
  const sorted = [...values].sort((a, b) => a - b);
  for (const [index, share] of [0.25, 0.5, 0.75].entries()) expect(quantileOf(sorted, share)).toBeCloseTo(q[index] ?? 0, 12);
});

test("whiskers end at the farthest value within 1.5 interquartile ranges; groups without values are left out", () => {
  const points = [1, 2, 3, 4, 5, 30].map((value) => ({ label: "", value }));
  const { boxes } = prepareBoxes([{ id: "a", label: "a", colour: 1, points }, { id: "b", label: "b", colour: 2, points: [] }]);
  expect(boxes.map(({ id, low, high, median, n }) => [id, low, high, median, n])).toEqual([["a", 1, 5, 3.5, 6]]);
});
