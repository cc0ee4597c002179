import { expect, test } from "vitest";
import { startWords } from "./start-words";

const estimate = (earliest: number, expected: number, latest: number) => ({
  earliest: new Date(earliest * 1_000), expected: new Date(expected * 1_000), latest: new Date(latest * 1_000), basedOnRuns: 3,
});

test.each([
  [estimate(-5, 0, 1), "Should start now"],
  [estimate(0, 2, 25), "Starts within 25 s"],
  [estimate(40, 40, 40), "Starts in 40 s"],
  [estimate(120, 180, 300), "Starts in about 3 m 00 s (2 m 00 s to 5 m 00 s)"],
])("%#", (asked, words) => expect(startWords(asked, 0)).toBe(words));
