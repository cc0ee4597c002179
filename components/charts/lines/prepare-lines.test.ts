import { describe, expect, test } from "vitest";
import { endsOf, roomOf, spread } from "./line-ends";
import type { LineSeries } from "./line-series";
import { aloneIn, prepareLines } from "./prepare-lines";
import { smooth } from "./smooth";

const a: LineSeries = {
  id: "a",
  label: "A",
  points: [
    { step: 0, at: 1000, value: 1 },
    { step: 2, at: 3000, value: 3 },
  ],
};
const b: LineSeries = {
  id: "b",
  label: "B",
  points: [
    { step: 1, at: 9000, value: 5 },
    { step: 2, at: 9500, value: 4 },
  ],
};

describe("prepareLines", () => {
  test("since start, counts from when the series began, though its first points are not given", () => {
    expect(prepareLines({ series: [{ ...a, start: 500 }], xMode: "relative" }).xs).toEqual([500, 2500]);
    expect(prepareLines({ series: [a], xMode: "relative" }).xs).toEqual([0, 2000]);
  });

  test("aligns series on a shared x; what a series does not have is no gap", () => {
    expect(prepareLines({ series: [a, b], xMode: "step" })).toMatchObject({
      xs: [0, 1, 2],
      columns: [
        { id: "a", role: "line", values: [1, undefined, 3] },
        { id: "b", role: "line", values: [undefined, 5, 4] },
      ],
    });
  });

  test("relative time counts from each series' own start", () => {
    expect(prepareLines({ series: [a, b], xMode: "relative" }).xs).toEqual([0, 500, 2000]);
    expect(prepareLines({ series: [a, b], xMode: "wall" }).xs).toEqual([1000, 3000, 9000, 9500]);
  });

  test("orders points, lets the later of two with one step stand, and knows the last", () => {
    const wild: LineSeries = {
      id: "w",
      label: "W",
      points: [
        { step: 5, value: 1 },
        { step: 1, value: 2 },
        { step: 5, value: 9 },
      ],
    };
    const prepared = prepareLines({ series: [wild], xMode: "step" });
    expect(prepared.columns[0]?.values).toEqual([2, 9]);
    expect(prepared.last.get("w")).toBe(9);
  });

  test("counts what cannot be drawn and leaves a gap there", () => {
    const odd: LineSeries = {
      id: "o",
      label: "O",
      points: [Number.NaN, 0, -1, 2, null].map((value, step) => ({ step, value })),
    };
    expect(prepareLines({ series: [odd], xMode: "step" })).toMatchObject({ leftOut: 1 });
    const logged = prepareLines({ series: [odd], xMode: "step", log: true });
    expect(logged.leftOut).toBe(3);
    expect(logged.columns[0]?.values).toEqual([null, null, null, 2, null]);
  });

  test("marks the best of all series", () => {
    expect(prepareLines({ series: [a, b], xMode: "step", best: "max" }).best).toEqual({ id: "b", x: 1, value: 5 });
    expect(prepareLines({ series: [a, b], xMode: "step", best: "min" }).best).toEqual({ id: "a", x: 0, value: 1 });
    expect(prepareLines({ series: [], xMode: "step", best: "min" })).toMatchObject({ xs: [], best: null });
  });

  test("smoothing keeps the raw line beside it and skips other series' steps", () => {
    const { columns } = prepareLines({ series: [a, b], xMode: "step", smoothing: 0.5 });
    expect(columns.map((column) => `${column.id} ${column.role}`)).toEqual(["a raw", "a line", "b raw", "b line"]);
    expect(columns[1]?.values[0]).toBe(1);
    expect(columns[1]?.values[1]).toBeUndefined();
    expect(columns[1]?.values[2]).toBeCloseTo((1 * 0.25 + 3 * 0.5) / 0.75);
  });
});

test("smooth corrects its start and keeps gaps", () => {
  expect(smooth([4, 4, null, 4], 0.9).map((value) => value && Math.round(value * 1e9) / 1e9)).toEqual([4, 4, null, 4]);
  expect(smooth([1, 2], 0)).toEqual([1, 2]);
});

test("names keep their distance and their order, and stay within", () => {
  expect(spread([50, 52, 20], 13, 0, 100)).toEqual([50, 63, 20]);
  expect(spread([99, 98], 13, 0, 100)).toEqual([100, 87]);
  expect(spread([], 13, 0, 100)).toEqual([]);
});

test("a name that is too long is cut", () => {
  const looks = new Map([["a", { colour: 1, dash: [] }], ["b", { colour: 2, dash: [] }]]);
  const ends = endsOf([{ id: "a", label: "a-name-that-goes-on", points: [] }, { id: "b", label: "b", points: [] }], looks);
  expect(ends).toEqual([{ id: "a", text: "a-name-that-g…", colour: 1 }, { id: "b", text: "b", colour: 2 }]);
  expect(roomOf(ends)).toBe(98);
  expect(roomOf([])).toBe(0);
});

test("a value between gaps is a point; one between other series' x is not", () => {
  expect(aloneIn([1, null, 2, 3, null, undefined, 4])).toEqual([0, 6]);
  expect(aloneIn([undefined, 1, undefined, undefined, 2, undefined])).toBe(null);
  expect(aloneIn([undefined, 7, undefined])).toEqual([1]);
});
