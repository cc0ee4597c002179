import { expect, it } from "vitest";
import { rollbackTarget } from "./rollback-target";

const steps = (text: string) => text.split(" ").filter(Boolean).map((word) => ({ holder: word.replace("!", ""), cause: word.endsWith("!") ? "rollback" : "promotion" }));

it.each([
  ["", null, "nothing was ever champion"],
  ["1", null, "the first one has nothing before it"],
  ["1 2", "1", "one step back"],
  ["1 2 1!", null, "what was rolled away from is no target"],
  ["1 2 3 2!", "1", "a second step goes further back"],
  ["1 2 3 2! 1!", null, "to the very first"],
  ["1 2 1! 3", "1", "a new promotion stands on what was gone back to"],
  ["1 2 1! 2", "1", "what was rolled away from may be promoted again"],
  ["1 2 1", "2", "an old version that was promoted again is no rollback"],
  ["1 1 2", "1", "one that was set twice stands once"],
])("of %s it is %s: %s", (text, target, _why) => {
  expect(rollbackTarget(steps(text))).toBe(target);
});
