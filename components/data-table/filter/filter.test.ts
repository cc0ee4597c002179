import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { completeFilter } from "./complete-filter";
import { type FilterKey, parseFilter } from "./parse-filter";

const keys: FilterKey[] = [
  { key: "metrics.auc", type: "number" },
  { key: "metrics.val/log loss", type: "number" },
  { key: "params.lr", type: "text", values: ["0.1", "one two"] },
  { key: "state", type: "choice", values: ["running", "failed"] },
];

const clausesOf = (text: string) => parseFilter(text, keys).clauses.map((c) => [c.key, c.op, c.value]);
const messagesOf = (text: string) => parseFilter(text, keys).marks.map((mark) => mark.message);

describe("parseFilter", () => {
  test("reads conditions joined by and", () => {
    expect(clausesOf('metrics.auc > 0.9 and params.lr = "0.1" AND state!=failed')).toEqual([
      ["metrics.auc", ">", "0.9"],
      ["params.lr", "=", "0.1"],
      ["state", "!=", "failed"],
    ]);
    expect(messagesOf('metrics.auc>=-1e-3 and params.lr ~ "a \\"b\\" and c"')).toEqual([]);
    expect(clausesOf("metrics.`val/log loss` < 0.5")).toEqual([["metrics.val/log loss", "<", "0.5"]]);
    expect(parseFilter("  ", keys)).toEqual({ clauses: [], marks: [] });
  });

  test.each([
    ["metrics.auc", "comes ="],
    ["metrics.auc >", "comes a value"],
    ["metrics.auc > high", "is a number"],
    ["metrics.auc = 1 2", "joined by"],
    ['params.lr = "0.1', "not closed"],
    ["params.lr > 3", "is text"],
    ["state = lost", "one of running, failed"],
    ["nothing = 1", "There is no key nothing"],
    ["state = failed and", "missing"],
    ["= 3", "starts with a key"],
    ["state is failed", "not a comparison"],
  ])("%s is marked", (text, message) => expect(messagesOf(text).join()).toContain(message));

  test("marks point at the fault", () => {
    expect(parseFilter("state = failed and nothing = 1", keys).marks[0]).toMatchObject({ from: 19, to: 26 });
  });

  test("never throws, and marks stay within the text", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        for (const mark of parseFilter(text, keys).marks) expect(mark.from >= 0 && mark.to <= text.length).toBe(true);
        completeFilter(text, Math.floor(text.length / 2), keys);
      }),
    );
  });
});

describe("completeFilter", () => {
  const texts = (text: string, cursor = text.length) => completeFilter(text, cursor, keys).map((each) => each.text);

  test("offers keys, then comparisons, then values, then and", () => {
    expect(texts("")).toHaveLength(4);
    expect(texts("auc")).toEqual(["metrics.auc "]);
    expect(texts("metrics.l")).toEqual([]);
    expect(texts("log")).toEqual(["`metrics.val/log loss` "]);
    expect(texts("metrics.auc ")).toContain(">= ");
    expect(texts("state ")).toEqual(["= ", "!= ", "~ "]);
    expect(texts("state = ")).toEqual(["running ", "failed "]);
    expect(texts("state =")).toEqual(["running ", "failed "]);
    expect(texts("params.lr = on")).toEqual(['"one two" ']);
    expect(texts("state = failed ")).toEqual(["and "]);
    expect(texts("state = failed and st")).toEqual(["state "]);
  });

  test("replaces only the word at the cursor", () => {
    expect(completeFilter("st and params.lr = 1", 2, keys)[0]).toMatchObject({ text: "state ", from: 0, to: 2 });
  });
});
