import { expect, test } from "vitest";
import { endsOf, roomOf, spread } from "./line-ends";

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
