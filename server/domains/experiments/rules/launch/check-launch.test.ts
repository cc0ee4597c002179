import { describe, expect, it } from "vitest";
import { RecipeDefinition } from "../../contract/recipe";
import { checkLaunch } from "./check-launch";
import { commandOf } from "./launch-command";

const recipeOf = (properties: object, more: object = {}) => RecipeDefinition.parse({ kind: "recipe", name: "r", experiment: "e", command: ["run"], parameters: { type: "object", properties }, ...more });
const check = (recipe: RecipeDefinition, parameters: Record<string, string | number | boolean>, inputs: Record<string, string> = {}) =>
  checkLaunch(recipe, { parameters, inputs }).faults.map(({ field, message }) => `${field}: ${message}`);

describe("a pattern", () => {
  it("that a backtracking engine hangs on is answered at once", () => {
    const start = performance.now();
    const recipe = recipeOf({ x: { type: "string", pattern: "^(a+)+$" } });
    expect(check(recipe, { x: `${"a".repeat(28)}!` })).toEqual(["parameters.x: It must match ^(a+)+$."]);
    expect(check(recipe, { x: "aaa" })).toEqual([]);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it("needs a short text", () => {
    expect(check(recipeOf({ x: { type: "string", pattern: "a" } }), { x: "a".repeat(501) })).toEqual(["parameters.x: At most 500 characters, where a pattern is to be matched."]);
  });

  it("of before, which no engine of ours takes, is said where it is used", () => {
    const recipe = recipeOf({ x: { type: "string", pattern: "(?=a)" }, y: { type: "string" } });
    expect(check(recipe, { y: "b" })).toEqual([]);
    expect(check(recipe, { x: "a" })).toEqual([expect.stringMatching(/^parameters\.x: Its pattern can't be checked: .*Register the recipe anew/)]);
  });
});

it("a definition stored with keywords that are not known any more is still launched", () => {
  const recipe = recipeOf({ x: { type: "number", minimum: 1 } });
  const stored = { ...recipe, parameters: { ...recipe.parameters, properties: { x: { type: "number" as const, minimum: 1, examples: [3], not: { pattern: "^(a+)+$" } } } } };
  expect(check(stored, { x: 2 })).toEqual([]);
  expect(check(stored, { x: 0 })).toEqual(["parameters.x: At least 1."]);
});

describe("names that every object has", () => {
  it("are no inputs of a recipe without any", () => expect(check(recipeOf({}), {}, { constructor: "d", toString: "d" })).toEqual(["inputs.constructor: The recipe has no such input.", "inputs.toString: The recipe has no such input."]));
  it("are needed where they are declared", () => {
    const recipe = recipeOf({ valueOf: { type: "string" } }, { inputs: { constructor: { type: "dataset" } } });
    expect(check({ ...recipe, parameters: { ...recipe.parameters, required: ["valueOf"] } }, {})).toEqual(["parameters.valueOf: A value is needed.", "inputs.constructor: A dataset is needed."]);
    expect(commandOf(recipe, {}, {})).toEqual(["run"]);
  });
  it("are no parameters", () => expect(check(recipeOf({}), { constructor: 1 })).toHaveLength(1));
});
