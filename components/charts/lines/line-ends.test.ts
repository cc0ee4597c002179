import { expect, test } from "vitest";
import { looksByPlace } from "../colour-of";
import { endsOf, roomOf, spread } from "./line-ends";

test("names keep their distance and their order, and stay within", () => {
  expect(spread([50, 52, 20], 13, 0, 100)).toEqual([50, 63, 20]);
  expect(spread([99, 98], 13, 0, 100)).toEqual([100, 87]);
  expect(spread([], 13, 0, 100)).toEqual([]);
});

test("runs by place share no colour before the ninth, and a long name is cut", () => {
  const looks = looksByPlace([..."abcdefghi"]);
  expect(new Set([...looks.values()].slice(0, 8).map((look) => look.colour)).size).toBe(8);
  expect(looks.get("i")).toEqual({ colour: 1, dash: [6, 3] });
  const ends = endsOf([{ id: "a", label: "a-name-that-goes-on", points: [] }, { id: "b", label: "b", points: [] }], looks);
  expect(ends).toEqual([{ id: "a", text: "a-name-that-g…", colour: 1 }, { id: "b", text: "b", colour: 2 }]);
  expect(roomOf(ends)).toBe(98);
  expect(roomOf([])).toBe(0);
});
