import { expect, test } from "vitest";
import { learntFrom, runWords, startWords } from "./start-words";

const estimate = (earliest: number, expected: number, latest: number) => ({
  earliest: new Date(earliest * 1_000), expected: new Date(expected * 1_000), latest: new Date(latest * 1_000),
});

test.each([
  [estimate(-5, 0, 1), "Should start now"],
  [estimate(0, 2, 25), "Starts within 25 s"],
  [estimate(40, 40, 40), "Starts in 40 s"],
  [estimate(120, 180, 300), "Starts in about 3 m 00 s (2 m 00 s to 5 m 00 s)"],
])("%#", (asked, words) => expect(startWords(asked, 0)).toBe(words));

test("how long it runs, and what that was learnt from", () => {
  expect(runWords({ low: 60, expected: 120, high: 185, likeness: "recipe", basedOnRuns: 5 })).toBe("Runs about 2 m 00 s (1 m 00 s to 3 m 05 s)");
  expect(runWords({ low: 4, expected: 4.1, high: 4.2, likeness: "command", basedOnRuns: 20 })).toBe("Runs about 4 s");
  expect(learntFrom({ low: 1, expected: 1, high: 1, likeness: "recipe", basedOnRuns: 5 })).toBe("By the last 5 jobs of the same recipe: the median, and most of them");
  expect(learntFrom({ low: 1, expected: 1, high: 1, likeness: "command", basedOnRuns: 1 })).toBe("By the last job with the same command: the median, and most of them");
});
