import { expect, test } from "vitest";
import { colourOf, looksApart, looksOf } from "./colour-of";
import { extentOf, niceTicks, padded, percentOf, tickLabels, timeTicks } from "./ticks";

test("an id keeps its colour, whatever stands beside it", () => {
  const ids = Array.from({ length: 800 }, (_, index) => `run-${index}`);
  const uses: Record<number, number> = {};
  for (const id of ids) uses[colourOf(id)] = (uses[colourOf(id)] ?? 0) + 1;
  expect(Object.keys(uses)).toHaveLength(8);
  expect(Math.min(...Object.values(uses))).toBeGreaterThan(60);
  const some = ids.slice(0, 20).map((id) => ({ id }));
  for (const { id } of some) expect(looksOf(some).get(id)?.colour).toBe(colourOf(id));
});

test("series shown together never look alike", () => {
  const looks = [...looksOf([..."abcdefgh"].map((id) => ({ id }))).values()].map((look) => JSON.stringify(look));
  expect(new Set(looks).size).toBe(8);
  expect(looksOf([{ id: "b" }, { id: "a" }])).toEqual(looksOf([{ id: "a" }, { id: "b" }]));
  const lent = looksOf([
    { id: "train", colourId: "run" },
    { id: "valid", colourId: "run" },
  ]);
  expect(lent.get("train")?.colour).toBe(lent.get("valid")?.colour);
  expect(lent.get("train")?.dash).not.toEqual(lent.get("valid")?.dash);
});

test("held against each other, each keeps its own colour unless one before it has it, and none has another's", () => {
  const ids = Array.from({ length: 40 }, (_, index) => `run-${index}`);
  const series = (from: number, count: number) => ids.slice(from, from + count).map((id) => ({ id }));
  for (let from = 0; from < 30; from += 1) {
    const few = looksApart(series(from, 8));
    expect(new Set([...few.values()].map((look) => look.colour)).size).toBe(8);
    expect([...few.values()].every((look) => look.dash.length === 0)).toBe(true);
    // Whoever is the first of its colour keeps it.
    for (const [at, { id }] of series(from, 8).entries())
      if (!series(from, at).some((before) => colourOf(before.id) === colourOf(id))) expect(few.get(id)?.colour).toBe(colourOf(id));
  }
  expect(new Set([...looksApart(series(0, 32)).values()].map((look) => JSON.stringify(look))).size).toBe(32);
  const lent = looksApart([{ id: "evaluation", colourId: "run-1" }, { id: "another", colourId: "run-1" }]);
  expect(lent.get("evaluation")?.colour).toBe(colourOf("run-1"));
  expect(lent.get("another")?.colour).not.toBe(colourOf("run-1"));
});

test("ticks are round and within", () => {
  expect(niceTicks([0, 1])).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(niceTicks([-0.011, 0.013], 4)).toEqual([-0.01, 0, 0.01]);
  expect(niceTicks([3, 3])).toEqual([3]);
  expect(niceTicks([0, Number.POSITIVE_INFINITY])).toEqual([0]);
  const hour = 3_600_000;
  expect(timeTicks([1000, hour], 6).every((at) => at % 600_000 === 0)).toBe(true);
});

test("tick labels have the decimals their step needs", () => {
  expect(tickLabels([0, 1250, 2500])).toEqual(["0", "1250", "2500"]);
  expect(tickLabels([0, 12_500, 25_000])).toEqual(["0", "12.5k", "25.0k"]);
  expect(tickLabels([-0.5, 0, 0.5])).toEqual(["−0.5", "0", "0.5"]);
  expect(tickLabels([0.45, 0.5])).toEqual(["0.45", "0.50"]);
  expect(tickLabels([0.1])).toEqual(["0.1"]);
});

test("extents leave out what is no number", () => {
  expect(extentOf([3, null, Number.NaN, -1, undefined, Number.POSITIVE_INFINITY])).toEqual([-1, 3]);
  expect(extentOf([null])).toBeNull();
  expect(padded([2, 2])[0]).toBeLessThan(2);
  expect([percentOf(5, [0, 10]), percentOf(-5, [0, 10]), percentOf(1, [1, 1])]).toEqual([50, 0, 50]);
});
