import { describe, expect, it } from "vitest";
import { Invalid } from "@/server/platform/errors";
import { parseFiles, sqlBeside } from "./parse-files";

const parse = (text: string) => parseFiles({ "a.yaml": text });

describe("parseFiles", () => {
  it("reads every document of YAML and JSON files, by path, and leaves other files alone", () => {
    const files = {
      "b.yaml": "kind: x\n---\nkind: y # note\n",
      "a.json": '{"kind": "j", "n": [1]}',
      "q.sql": "select [",
      "empty.yml": "# nothing\n",
    };
    expect(parseFiles(files)).toEqual([
      { path: "a.json", index: 0, content: { kind: "j", n: [1] } },
      { path: "b.yaml", index: 0, content: { kind: "x" } },
      { path: "b.yaml", index: 1, content: { kind: "y" } },
    ]);
  });

  it("keeps days as text, and takes what definitions are written in", () => {
    expect(parse("{kind: dataset, from: 2001-01-08, share: 0.1, n: null, s: 'a: [b', t: \"&x\"}")[0]?.content).toEqual({
      kind: "dataset",
      from: "2001-01-08",
      share: 0.1,
      n: null,
      s: "a: [b",
      t: "&x",
    });
    expect(parse("text: |\n  a & b * c ? d\nplain: a ? b")[0]?.content).toEqual({
      text: "a & b * c ? d\n",
      plain: "a ? b",
    });
  });

  it.each([
    [
      "an alias bomb",
      `a: &a [x, x]\nb: &b [${"*a, ".repeat(9)}*a]\nc: [${"*b, ".repeat(9)}*b]`,
      "anchors and aliases (&a)",
    ],
    ["explicit keys, which take the parser forever", "? ".repeat(50_000), "explicit keys"],
    ["deep flow", `a: ${"[".repeat(70)}${"]".repeat(70)}`, "nests too deeply"],
    ["deep flow with closing brackets in quotes", `a: ${'["]", '.repeat(70)}`, "nests too deeply"],
    ["deep blocks", "- ".repeat(60_000), "nests too deeply"],
    ["tags", "a: !!js/function x", "tags (!!js/function)"],
    ["a repeated key", "kind: x\nkind: y", "the key kind stands twice"],
    ["__proto__", "__proto__: {a: 1}", "__proto__"],
    ["broken YAML", "a: [1", "a.yaml: "],
    ["a list", "- a", "a mapping"],
    ["a text", "hello", "a mapping"],
  ])("refuses %s by file", (_, text, message) => {
    expect(() => parse(text)).toThrow(Invalid);
    expect(() => parse(text)).toThrow(message);
  });

  it("bounds documents and characters", () => {
    expect(() => parse("a: 1\n---\n".repeat(1_100))).toThrow("at most 1000");
    const files = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`${i}.yaml`, "x".repeat(190_000)]));
    expect(() => parseFiles(files)).toThrow("characters of YAML");
  });
});

describe("sqlBeside", () => {
  const files = { "features/a.yaml": "", "features/a.sql": "select 1", "b.sql": "select 2" };
  const find = (sql: unknown, path = "features/a.yaml") => sqlBeside(files, { path, index: 0, content: { sql } });
  it("looks beside the document, also upwards, and never outside the files", () => {
    expect([find("a.sql"), find("../b.sql"), find(undefined)]).toEqual(["select 1", "select 2", null]);
    expect(() => find("c.sql")).toThrow(
      "features/a.yaml: sql names c.sql, which is not among the files (features/c.sql).",
    );
    expect(() => find("../../etc/passwd")).toThrow("not among the files");
    expect(() => find("constructor", "a.yaml")).toThrow("not among the files");
  });
});
