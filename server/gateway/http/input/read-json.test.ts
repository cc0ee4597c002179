import { expect, it } from "vitest";
import { parseJson } from "./read-json";

const parse = (text: string) => parseJson(Buffer.from(text));

it.each(['{"a":"\\u0000"}', '{"a":["x\\\\\\u0000"]}', '{"\\u0000":1}'])("refuses the escaped NUL of %s", (body) => {
  expect(() => parse(body)).toThrow(/NUL character/);
});

it.each(['{"a":"\\ud800"}', '{"a":"\\udc00\\ud800"}', '{"a":{"\\ud800x":1}}'])("refuses half a pair in %s", (body) => {
  expect(() => parse(body)).toThrow(/half of a surrogate pair/);
});

it("takes text that only looks like such an escape, and whole pairs", () => {
  expect(parse('{"a":"C:\\\\u0000","b":"\\\\ud800","c":"\\ud83d\\ude00","d":"\\u00e9"}')).toEqual({ a: "C:\\u0000", b: "\\ud800", c: "😀", d: "é" });
});
