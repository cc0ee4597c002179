import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { issueWords } from "@/server/platform/issues/rules/issue-words";
import { CheckedRecipe } from "./checked-recipe";

const base = { kind: "recipe", name: "train", experiment: "e", command: ["true"] };
const withSchema = (parameters: object) => ({ ...base, parameters: { type: "object", ...parameters } });
const withX = (x: object) => withSchema({ properties: { x } });

function faultsOf(definition: unknown): string[] {
  const parsed = CheckedRecipe.safeParse(definition, { error: issueWords });
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
}

describe("a recipe is refused by field", () => {
  it.each<[string, object, RegExp]>([
    ["negation", withX({ type: "string", not: { type: "string" } }), /^parameters\.properties\.x: Unknown: not\. Known here: type, title, .*unit\.$/],
    ["a condition", withX({ type: "string", if: {} }), /x: Unknown: if\./],
    ["a reference", withX({ type: "string", $ref: "#/x" }), /x: Unknown: \$ref\./],
    ["a conjunction", withSchema({ allOf: [] }), /^parameters: Unknown: allOf\. Known here: type, additionalProperties, required, properties\.$/],
    ["a key misspelt", { ...base, reources: {} }, /^: Unknown: reources\. Known here: kind, name, .*resources\.$/],
    ["a resource misspelt", { ...base, resources: { cpu: 1 } }, /^resources: Unknown: cpu\. Known here: cpus, memory, timeout, gpus\.$/],
    ["an input's key", { ...base, inputs: { data: { type: "dataset", required: true } } }, /^inputs\.data: Unknown: required\./],
    ["a default above its range", withX({ type: "integer", maximum: 3, default: 4 }), /^parameters\.properties\.x\.default: At most 3\.$/],
    ["a default outside its choices", withX({ type: "string", enum: ["a", "b"], default: "c" }), /x\.default: One of a, b is needed\.$/],
    ["a default of another type", withX({ type: "integer", default: "4" }), /x\.default: A number is needed\.$/],
    ["a default that its pattern refuses", withX({ type: "string", pattern: "^a$", default: "b" }), /x\.default: It must match \^a\$\.$/],
    ["a choice of another type", withX({ type: "string", enum: ["a", 2] }), /x\.enum\.1: Text is needed\.$/],
    ["what is required and not there", withSchema({ required: ["y"], properties: { x: { type: "string" } } }), /^parameters\.required\.0: There is no parameter y\.$/],
    ["what an object has of itself", withSchema({ required: ["constructor"] }), /^parameters\.required\.0: There is no parameter constructor\.$/],
    ["no pattern", withX({ type: "string", pattern: "[" }), /x\.pattern: .*missing closing/],
    ["a pattern that looks ahead", withX({ type: "string", pattern: "^(?=a)b" }), /x\.pattern: .*\(\?=/],
    ["a pattern that grows", withX({ type: "string", pattern: "((a{30}){30}){3}" }), /x\.pattern: /],
    ["a pattern of a number", withX({ type: "number", pattern: "1" }), /x\.pattern: Only a text has one\.$/],
    ["more than 200 parameters", withSchema({ properties: Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`p${n}`, { type: "string" }])) }), /^parameters\.properties: At most 200 parameters\.$/],
  ])("%s", (_, definition, fault) => {
    const faults = faultsOf(definition);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(fault);
  });

  it("patterns that are too much together, not each compiled", () => {
    const properties = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`p${n}`, { type: "string", pattern: "a{0,900}".repeat(30) }]));
    const start = performance.now();
    const faults = faultsOf(withSchema({ properties }));
    expect(faults.filter((fault) => /pattern: its repetitions are more than a check may take/.test(fault))).toHaveLength(200);
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});

it("every keyword that is known", () => {
  const text = { type: "string", title: "T", description: "d", minLength: 1, maxLength: 9, pattern: "^\\w+$", default: "a", enum: ["a", "b"] };
  const number = { type: "number", minimum: 0, maximum: 9, exclusiveMinimum: -1, exclusiveMaximum: 10, multipleOf: 0.5, default: 2.5, unit: "ms" };
  expect(faultsOf(withSchema({ required: ["text"], properties: { text, number, constructor: { type: "boolean", default: true } } }))).toEqual([]);
});

it.each(["train", "score"])("the example's recipe %s", (name) => {
  expect(faultsOf(parse(readFileSync(`examples/flights/recipes/${name}/recipe.yaml`, "utf8")))).toEqual([]);
});
