import { describe, expect, it } from "vitest";
import type { TrialState } from "../../contract/sweep-words";
import { type Counts, isMeasureDue, nextStep, objectiveValue, reportedOf, type Standing, takeEvenly } from "./next-step";

const counts = (change: Partial<Counts> = {}): Counts => ({ planned: 0, launched: 0, complete: 0, pruned: 0, failed: 0, cancelled: 0, ...change });
const choice = { name: "m", kind: "choice" as const, values: ["a", "b", "c"], when: null };
const ended = (state: TrialState) => ({ state, failure: "exit code 3" });

function standing(change: Partial<Omit<Standing, "counts">> & { counts?: Partial<Counts>; runs?: number; hours?: number; cost?: number; sampler?: "tpe" | "grid" }): Standing {
  const { counts: counted, runs = 10, hours = null, cost = null, sampler = "tpe", ...rest } = change;
  const spec = { budget: { runs, hours, cost }, parallelism: 3, space: [choice], sampler: sampler === "grid" ? { kind: "grid" as const } : { kind: "tpe" as const, startupRuns: 10 } };
  return { state: "running", reason: null, spec, hoursUsed: 0, costUsed: null, latest: [], ...rest, counts: counts(counted) };
}

describe("nextStep", () => {
  it.each([
    ["fills its parallelism", {}, { kind: "launch", count: 3 }],
    ["fills what is free", { counts: { launched: 1, planned: 1, complete: 4 } }, { kind: "launch", count: 1 }],
    ["waits while all run", { counts: { launched: 3 } }, { kind: "wait" }],
    ["keeps to its budget", { counts: { complete: 5, pruned: 2, failed: 1, launched: 1 } }, { kind: "launch", count: 1 }],
    ["waits for the last", { counts: { complete: 9, launched: 1 } }, { kind: "wait" }],
    ["ends", { counts: { complete: 9, pruned: 1 } }, { kind: "end", state: "finished", reason: "All runs of its budget are done." }],
    ["makes up for what was cancelled", { counts: { complete: 9, cancelled: 4 } }, { kind: "launch", count: 1 }],
    ["ends a grid at its last point", { sampler: "grid", counts: { complete: 3 } }, { kind: "end", state: "finished", reason: "Each point of the grid was run." }],
    ["launches no more than a grid has", { sampler: "grid", counts: { complete: 2 } }, { kind: "launch", count: 1 }],
    ["ends when its hours are used", { hours: 2, hoursUsed: 2, counts: { complete: 4 } }, { kind: "end", state: "finished", reason: "The hours of its budget are used." }],
    ["ends when its cost is used", { cost: 5, costUsed: 5.01, counts: { complete: 4 } }, { kind: "end", state: "finished", reason: "The cost of its budget is used." }],
    ["goes on below its cost", { cost: 5, costUsed: 4.99, counts: { complete: 4 } }, { kind: "launch", count: 3 }],
    ["stops when its cost can't be told", { cost: 5, costUsed: null }, { kind: "end", state: "stopped", reason: "No prices are set any more: what it costs can't be held to its budget." }],
    ["lets what runs then end", { hours: 2, hoursUsed: 2.5, counts: { complete: 4, launched: 2 } }, { kind: "wait" }],
    ["stops after five failures in a row", { counts: { failed: 5 }, latest: Array(5).fill(ended("failed")) }, { kind: "end", state: "stopped", reason: "The last 5 runs failed. The latest: exit code 3" }],
    ["goes on when one went well", { counts: { failed: 5, complete: 1 }, latest: [ended("failed"), ended("complete"), ...Array(4).fill(ended("failed"))] }, { kind: "launch", count: 3 }],
    ["launches nothing while it stops", { state: "stopping", counts: { launched: 1 } }, { kind: "wait" }],
    ["is stopped when nothing runs", { state: "stopping", counts: { cancelled: 2 } }, { kind: "end", state: "stopped", reason: "It was stopped." }],
    ["rests", { state: "stopped" }, { kind: "wait" }],
  ] as [string, Parameters<typeof standing>[0], unknown][])("%s", (_, change, step) => expect(nextStep(standing(change))).toEqual(step));
});

it.each([
  ["last", "minimize", 3],
  ["best", "minimize", 1],
  ["best", "maximize", 9],
] as const)("the %s value to %s", (of, direction, value) => {
  const metrics = [{ key: "loss", lastValue: 3, minValue: 1, maxValue: 9 }];
  expect(objectiveValue({ metric: "loss", direction, of }, metrics)).toBe(value);
  expect(objectiveValue({ metric: "other", direction, of }, metrics)).toBeNull();
});

it("what is no finite number is no value", () => {
  expect(objectiveValue({ metric: "loss", direction: "minimize", of: "last" }, [{ key: "loss", lastValue: Number.NaN, minValue: null, maxValue: null }])).toBeNull();
});

it.each([
  [1, 0, "running", true],
  [21, 20, "running", false],
  [22, 20, "running", true],
  [21, 20, "finished", true],
  [20, 20, "finished", false],
] as const)("%i finished, measured over %i, %s: due %s", (finished, measured, state, due) => expect(isMeasureDue(finished, measured, state)).toBe(due));

it("takes evenly, the last among them", () => {
  expect(takeEvenly([1, 2, 3], 3)).toEqual([1, 2, 3]);
  expect(takeEvenly([1, 2, 3, 4, 5, 6, 7], 3)).toEqual([2, 4, 7]);
});

it("reports one value a step, in order", () => {
  const points = [[3, 1], [1, 5], [1, 4], [2, Number.NaN], [-1, 7]].map(([step = 0, value = 0]) => ({ step, value, timestamp: 0 }));
  expect(reportedOf(points)).toEqual([[1, 4], [2, null], [3, 1]]);
});
