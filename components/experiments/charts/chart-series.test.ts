import { expect, test } from "vitest";
import { tableOfLines } from "@/components/charts/lines/lines-table";
import { attemptMarks, seriesOfGroups, seriesOfRuns, startsOf, stepsWithin } from "./chart-series";

const curve = (runId: string, steps: number[], values: number[], times: number[] = []) => ({ runId, steps, values, times, total: steps.length });

const none = new Map<string, number>();

test("lines in the order of the runs; a run without points has none", () => {
  const series = seriesOfRuns([curve("b", [0, 1], [5, 6], [10, 20]), curve("a", [0], [1])], [{ id: "a", name: "A" }, { id: "b", name: "B" }, { id: "c", name: "C" }], none, "b");
  expect(series.map(({ id, baseline, points }) => [id, baseline, points])).toEqual([
    ["a", false, [{ step: 0, at: undefined, value: 1 }]],
    ["b", true, [{ step: 0, at: 10, value: 5 }, { step: 1, at: 20, value: 6 }]],
  ]);
});

test("a stretch of a curve is counted from where the whole of it began", () => {
  const starts = startsOf([curve("a", [0, 1, 2], [1, 2, 3], [100, 200, 900]), curve("b", [], [], [])]);
  const runs = [{ id: "a", name: "A" }];
  const stretch = { ...curve("a", [2], [3], [900]), attempts: [{ number: 2, step: 2 }] };
  expect(seriesOfRuns([stretch], runs, starts)[0]?.start).toBe(100);
  expect(attemptMarks([stretch], runs, "relative", starts)).toEqual([{ x: 800, label: "attempt 2 from step 2" }]);
});

test("a group's mean and standard deviation, at each step over the runs that reach it", () => {
  const [group] = seriesOfGroups([curve("a", [0, 1], [1, 2]), curve("b", [0, 1, 2], [3, 6, 9]), curve("x", [0], [100])], [{ name: "lr 0.1", runIds: ["a", "b", "c"] }, { name: "none", runIds: [] }]);
  expect(group?.label).toBe("lr 0.1 (n = 2)");
  expect(group?.points).toEqual([{ step: 0, value: 2 }, { step: 1, value: 4 }, { step: 2, value: 9 }]);
  expect(group?.band?.[0]?.low).toBeCloseTo(2 - Math.SQRT2);
  expect(group?.band?.[1]?.high).toBeCloseTo(4 + Math.sqrt(8));
  expect(group?.band?.[2]).toEqual({ low: 9, high: 9 });
});

test("a stretch of a clock as steps, one more at each end; runs outside it say nothing", () => {
  const curves = [curve("a", [0, 10, 20, 30], [0, 0, 0, 0], [100, 200, 300, 400]), curve("b", [500, 600], [0, 0], [9_000, 9_100])];
  expect(stepsWithin(curves, "wall", { from: 150, to: 250 })).toEqual({ from: 0, to: 20 });
  expect(stepsWithin(curves, "relative", { from: 50, to: 120 })).toEqual({ from: 0, to: 600 });
  expect(stepsWithin(curves, "wall", { from: 5_000, to: 6_000 })).toBe(null);
});

test("an attempt is marked where it begins, on each axis, and what it took the place of stands beside its run's line", () => {
  const resumed = { ...curve("a", [0, 1, 2], [1, 2, 3], [100, 200, 900]), attempts: [{ number: 2, step: 2 }], superseded: [{ attempt: 1, ...curve("a", [2, 3], [7, 8], [300, 400]) }] };
  const runs = [{ id: "a", name: "A" }];
  expect((["step", "wall", "relative"] as const).map((mode) => attemptMarks([resumed], runs, mode, none)[0])).toEqual([2, 900, 800].map((x) => ({ x, label: "attempt 2 from step 2" })));
  expect(attemptMarks([resumed], [...runs, { id: "b", name: "B" }], "step", none)[0]?.label).toBe("A: attempt 2 from step 2");
  expect(attemptMarks([curve("a", [0], [1])], runs, "step", none)).toEqual([]);
  const series = seriesOfRuns([resumed], runs, none);
  expect(tableOfLines(series, "step", undefined, attemptMarks([resumed], runs, "step", none))).toEqual({
    columns: ["Step", "A", "A, attempt 1, superseded", "Mark"],
    rows: [[0, 1, null, null], [1, 2, null, null], [2, 3, 7, "attempt 2 from step 2"], [3, null, 8, null]],
  });
});
