import { expect, it } from "vitest";
import { detailWords } from "./example-progress";

it.each([
  ["log-loss -0.0068 against gbdt-inbound, 95 % interval [-0.0081, -0.0055]", "log-loss −0.0068 against gbdt-inbound, 95 % interval [−0.0081, −0.0055]"],
  ["-3 to 5", "−3 to 5"],
  ["flights-2 of 2001-05", "flights-2 of 2001-05"],
])("%s gets the minus where a number is negative", (detail, words) => {
  expect(detailWords(detail)).toBe(words);
});
