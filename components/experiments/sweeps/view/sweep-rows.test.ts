import { expect, it } from "vitest";
import type { TrialView } from "@/server/domains/experiments/contract/sweep";
import { bestSoFar, finishedOf, rowsByRank, sortTrials } from "./sweep-rows";

const trial = (number: number, value: number | null, change: Partial<TrialView> = {}): TrialView => ({
  number, value, state: value === null ? "failed" : "complete", params: { x: number }, runId: null, failure: null, seconds: null, prunedAtStep: null, createdAt: new Date(0), endedAt: null, ...change,
});
const trials = [trial(0, 5), trial(1, 3), trial(2, null), trial(3, 4), trial(4, 1, { state: "pruned" }), trial(5, 2)];

it("the best so far is of finished trials alone", () => {
  expect(bestSoFar(finishedOf({ trials }), "minimize")).toEqual([{ x: 0, y: 5 }, { x: 1, y: 3 }, { x: 3, y: 3 }, { x: 5, y: 2 }]);
  expect(bestSoFar(finishedOf({ trials }), "maximize").map(({ y }) => y)).toEqual([5, 5, 5, 5]);
});

it.each(["minimize", "maximize"] as const)("to %s, the best is drawn last and strongest", (direction) => {
  const rows = rowsByRank(finishedOf({ trials }), direction);
  expect(rows.at(-1)).toMatchObject({ label: direction === "minimize" ? "#5" : "#0", colour: { shade: 1 } });
});

it.each([
  ["value", false, [4, 5, 1, 3, 0, 2]],
  ["value", true, [0, 3, 1, 5, 4, 2]],
  ["param.x", true, [5, 4, 3, 2, 1, 0]],
  ["state", false, [0, 1, 3, 5, 4, 2]],
])("sorts by %s, descending: %s", (key, desc, numbers) => expect(sortTrials(trials, { key, desc }).map(({ number }) => number)).toEqual(numbers));
