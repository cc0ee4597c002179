import { expect, it } from "vitest";
import { bandOf, fillContour } from "../contour/prepare-contour";
import { prepareParallel } from "../parallel/prepare-parallel";
import { inPlot, leftRoom, nearestSpot, spacedTicks, spreadOf, xAt, yAt } from "./points-place";

const place = { width: 300, height: 200, left: 40, right: 10, top: 5, bottom: 30 };
const rows = [["a", 1], ["b", 1_000]].map(([name, value]) => ({ id: String(name), label: String(name), colour: 1, values: { name: name ?? null, value: value ?? null } }));
const { scales } = prepareParallel([{ key: "name", label: "name", kind: "category" }, { key: "value", label: "value", kind: "numeric", log: true }], rows);

it("keeps a point at an edge whole, up from the foot", () => {
  expect([xAt(place, 0), xAt(place, 1)]).toEqual([49, 281]);
  expect([yAt(place, 0), yAt(place, 1)]).toEqual([161, 14]);
});

it("spreads the points of a category around it, those of a number not at all", () => {
  const [name, value] = scales;
  if (!name || !value) throw new Error("no scales");
  const spread = Array.from({ length: 50 }, (_, index) => spreadOf(name, index));
  expect(Math.max(...spread.map(Math.abs))).toBeLessThanOrEqual(18);
  expect(new Set(spread.map(Math.round)).size).toBeGreaterThan(20);
  expect([inPlot(name, 0), inPlot(value, 0), spreadOf(value, 7)]).toEqual([0.15, 0, 0]);
  expect(leftRoom(value)).toBeGreaterThan(12);
});

it("leaves out labels that would touch", () => {
  const [, value] = scales;
  if (!value) throw new Error("no scale");
  const crowded = { ...value, ticks: Array.from({ length: 30 }, (_, index) => ({ at: index / 29, label: `${index}000` })) };
  expect(spacedTicks(crowded, 200).length).toBeLessThan(8);
  expect(spacedTicks(crowded, 4_000)).toHaveLength(30);
});

it("points at what is near, and at nothing far off", () => {
  const spots = [{ id: "a", x: 10, y: 10 }, { id: "b", x: 30, y: 10 }];
  expect([nearestSpot(spots, 24, 10, 14), nearestSpot(spots, 12, 14, 14), nearestSpot(spots, 100, 10, 14)]).toEqual(["b", "a", null]);
});

it("a contour has a point's own value at the point, and what lies between elsewhere", () => {
  const cells = fillContour([{ x: 0.05, y: 0.05, value: 10 }, { x: 0.95, y: 0.95, value: 20 }], 10);
  expect(cells[0]).toBeCloseTo(0, 4);
  expect(cells.at(-1)).toBeCloseTo(1, 4);
  expect(cells[4 * 10 + 5]).toBeCloseTo(0.5, 1);
  expect([0, 0.49, 1].map((share) => bandOf(share, 3))).toEqual([0, 0.5, 1]);
});
