import { describe, expect, test } from "vitest";
import { prepareBars } from "./bars/prepare-bars";
import { prepareHistogram } from "./bars/prepare-histogram";
import { prepareCurves } from "./curves/prepare-curves";
import { sparkBars, sparkPath } from "./spark/prepare-sparkline";
import { type HeatRow, heatCells, heatSummary, heatTimes, windowColumns } from "./time/prepare-heat";
import { liveSentence, placeSpans, type TimelineTrack } from "./time/prepare-timeline";

test("a histogram compares shares, and only on the same edges", () => {
  const bins = { edges: [0, 1, 2], counts: [1, 3] };
  expect(
    prepareHistogram(bins, { edges: [0, 1, 2], counts: [50, 50] }).rows.map((row) => [row.share, row.reference]),
  ).toEqual([
    [0.25, 0.5],
    [0.75, 0.5],
  ]);
  expect(prepareHistogram(bins, { edges: [0, 1, 3], counts: [1, 1] })).toMatchObject({
    comparable: false,
    referenceTotal: 0,
  });
  expect(prepareHistogram({ edges: [0, 1], counts: [0] }).rows[0]?.share).toBe(0);
});

test("bars start at zero, negative ones to its left", () => {
  const { bars, zero } = prepareBars([
    { id: "a", label: "a", value: -1 },
    { id: "b", label: "b", value: 3 },
    { id: "c", label: "c", value: null },
  ]);
  expect(zero).toBe(25);
  expect(bars.map((bar) => [bar.id, bar.left, bar.width])).toEqual([
    ["b", 25, 75],
    ["a", 0, 25],
    ["c", 25, 0],
  ]);
});

test("curves are ordered, cleaned, and their intervals become distances", () => {
  const [curve] = prepareCurves([
    {
      id: "a",
      label: "A",
      points: [
        { x: 1, y: 0.5, low: 0.4, high: 0.7 },
        { x: 0, y: 0 },
        { x: Number.NaN, y: 1 },
      ],
    },
  ]);
  expect(curve?.points.map((point) => point.x)).toEqual([0, 1]);
  expect(curve?.points[1]?.error?.map((value) => value.toFixed(2))).toEqual(["0.10", "0.20"]);
});

test("sparklines break at gaps and survive flat and empty data", () => {
  expect(sparkPath([1, null, 2, 3]).match(/M/g)).toHaveLength(2);
  expect(sparkPath([2, 2])).toBe("M0 50L100 50");
  expect(sparkPath([null])).toBe("");
  expect(sparkBars([1, 2, null, -3])).toEqual([50, 100, 0, 0]);
});

describe("heat strip", () => {
  const rows: HeatRow[] = [
    {
      id: "psi",
      label: "psi",
      cells: [
        { at: 0, value: 1, level: "ok" },
        { at: 60, value: 2, level: "bad" },
      ],
    },
    { id: "p99", label: "p99", cells: [{ at: 120, value: 1, level: "warn" }] },
  ];
  test("rows share their times; what is missing is no data", () => {
    expect(heatTimes(rows)).toEqual([0, 60, 120]);
    expect(rows.map((row) => heatCells(row, [0, 60, 120]).map((cell) => cell.level))).toEqual([
      ["ok", "bad", "none"],
      ["none", "none", "warn"],
    ]);
  });
  test("a row says itself in words", () => {
    expect(heatSummary(rows[0]?.cells ?? [])).toBe("bad in 1 of 2, now bad");
    expect(heatSummary([{ at: 0, value: 1, level: "ok" }])).toBe("nothing wrong in 1, now in order");
  });
  test("windows cover whole columns", () => {
    expect(windowColumns({ from: 60, to: 180, label: "" }, [0, 60, 120])).toEqual([2, 4]);
    expect(windowColumns({ from: 200, to: 300, label: "" }, [0, 60, 120])).toBeNull();
  });
});

test("a timeline knows what was live at a moment", () => {
  const tracks: TimelineTrack[] = [
    {
      id: "c",
      label: "champion",
      spans: [
        { id: "1", label: "v1", from: 0, to: 10 },
        { id: "2", label: "v2", from: 10, to: null },
      ],
    },
    { id: "h", label: "challenger", spans: [] },
  ];
  expect([9, 10, -1].map((at) => liveSentence(tracks, at))).toEqual([
    "champion v1; challenger none",
    "champion v2; challenger none",
    "champion none; challenger none",
  ]);
  expect(
    placeSpans({ id: "c", label: "", spans: tracks[0]?.spans ?? [] }, [5, 25]).map((span) => [span.left, span.width]),
  ).toEqual([
    [0, 25],
    [25, 75],
  ]);
});
