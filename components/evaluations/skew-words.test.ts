import { expect, it } from "vitest";
import { overallWords } from "./comparison/verdict-word";
import { differsOnline, skewReason } from "./skew-words";

it.each([
  [null, false],
  [0, false],
  [0.005, false],
  [0.0051, true],
  [0.8114, true],
])("a skew check that found %s differing marks it: %s", (skewShare, marked) => {
  expect(differsOnline({ skewShare })).toBe(marked);
});

it("says how many and of which dataset", () => {
  expect(skewReason({ skewShare: 0.8114, dataset: { id: "d", name: "flights_leaky", version: 1 } })).toMatch(/^In the skew check of flights_leaky v1, 81\.14% of values differ online/);
});

it.each([
  ["better", 0, false, "better"],
  ["better", 0, true, "better, features differ online"],
  ["better", 2, false, "better, worse in 2 slices"],
  ["not_distinguishable", 1, true, "not distinguishable, worse in 1 slice, features differ online"],
] as const)("%s, worse in %d slices, differs online %s: %s", (word, worse, differs, words) => {
  expect(overallWords(word, worse, differs)).toBe(words);
});
