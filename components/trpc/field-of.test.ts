import { expect, it } from "vitest";
import { fieldOf, fieldWords } from "./field-of";

it.each([
  ["priority: at most 100.", { field: "priority" }, "priority", "At most 100."],
  ["That name is taken.", { field: "name" }, "name", "That name is taken."],
  ["Nothing fits.", {}, null, "Nothing fits."],
])("%s at the field of %j", (message, detail, field, words) => {
  const error = { message, data: { detail } };
  expect(fieldOf(error)).toBe(field);
  expect(fieldWords(error)).toBe(words);
});
