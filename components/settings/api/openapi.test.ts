import { describe, expect, it } from "vitest";
import { fieldRows, limitText, matchesOperation, type Operation, typeText } from "./openapi";
import { curlOf, exampleOf, pythonSnippetOf } from "./snippets";

const body = {
  type: "object", required: ["name", "config"],
  properties: {
    name: { type: "string", minLength: 1, maxLength: 100 }, config: { type: "object", required: ["url"], properties: { url: { type: "string", format: "uri" } } },
    events: { type: "array", items: { enum: ["a", "b"] }, maxItems: 3, default: ["a"] }, count: { anyOf: [{ type: "integer", minimum: 1, maximum: 9007199254740991 }, { type: "null" }] }, tree: { $ref: "#/$defs/node" },
  },
  $defs: { node: { type: "object", properties: { next: { $ref: "#/$defs/node" } } } },
};
const operation: Operation = { id: "post /channels/{id}", method: "POST", path: "/channels/{id}", summary: "Make a channel", needs: "", tag: "monitoring", parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }], body, status: "201" };

describe("the API reference", () => {
  it("says types and limits in words, without those of the type itself", () => {
    expect(fieldRows(body).slice(0, 5).map((row) => [row.name, row.depth, row.type, row.limits, row.required])).toEqual([
      ["name", 0, "string", "1 to 100 characters", true], ["config", 0, "object", "", true], ["url", 1, "string (uri)", "", true],
      ["events", 0, '("a" | "b")[]', 'at most 3 items, default ["a"]', false], ["count", 0, "integer | null", "", false],
    ]);
    expect(limitText({ minimum: 1, maximum: 200 })).toBe("1 to 200");
    expect(typeText({ const: "x" })).toBe('"x"');
  });

  it("ends with a schema that contains itself", () => {
    expect(fieldRows(body).filter((row) => row.name === "next").length).toBeLessThan(6);
    expect(exampleOf({ $ref: "#/$defs/node" }, body, "tree")).toEqual({});
  });

  it("fills snippets with the least that a call takes", () => {
    expect(curlOf(operation, "http://here/api/v1")).toContain(`curl -X POST 'http://here/api/v1/channels/<id>'`);
    expect(curlOf(operation, "http://here/api/v1")).toContain(`-d '{"name":"<name>","config":{"url":"https://example.org/"}}'`);
    expect(pythonSnippetOf(operation, "http://here/api/v1")).toContain('"url": "https://example.org/",');
  });

  it("finds by words of the path, the summary and the fields", () => {
    expect(["channel post", "events", "make monitoring"].map((text) => matchesOperation(operation, text))).toEqual([true, true, true]);
    expect(matchesOperation(operation, "channel delete")).toBe(false);
  });
});
