import { describe, expect, test } from "vitest";
import type { RecipeView } from "@/server/domains/experiments/contract/recipe";
import { changesOf, chosenOf, draftFaults, formFields, launchInputOf, startDraft } from "./launch-draft";
import { shellLine } from "./shell-line";

const recipe: RecipeView = {
  id: "r", name: "train", version: 3, source: null, codeSha256: "", requirementsSha256: null, contentSha256: "", createdAt: new Date(0),
  definition: {
    kind: "recipe", name: "train", description: "", experiment: "first", command: ["python3", "train.py"], outputs: {},
    inputs: { data: { type: "dataset", description: "", optional: false }, base: { type: "logged_model", description: "", optional: true } },
    parameters: {
      type: "object", additionalProperties: false, required: ["steps"],
      properties: {
        steps: { type: "integer", minimum: 1, maximum: 100 },
        rate: { type: "number", default: 0.1 },
        mode: { type: "string", default: "fast", enum: ["fast", "slow"] },
        shuffle: { type: "boolean", default: true },
        note: { type: "string" },
      },
    },
    resources: { cpus: 1, memory: 1, timeout: 1, gpus: 0 },
  },
};
const launch = { recipe: "train", version: 2, parameters: { steps: 9, rate: 0.5, mode: "slow", shuffle: false }, inputs: { data: "d1" }, command: [], clonedFrom: null };

describe("startDraft", () => {
  test("takes defaults, or what the cloned run had", () => {
    expect(startDraft(recipe, null)).toMatchObject({ parameters: { steps: "", rate: "0.1", mode: "fast", shuffle: true, note: "" }, experiment: "first" });
    const draft = startDraft(recipe, { launch, experimentName: "second" });
    expect(draft).toMatchObject({ parameters: { steps: "9", rate: "0.5", shuffle: false }, inputs: { data: "d1", base: "" }, experiment: "second" });
    expect(changesOf(chosenOf(recipe, draft), launch)).toEqual([]);
  });
});

test("what is typed becomes typed values; empty fields are left out", () => {
  const draft = { ...startDraft(recipe, null), runName: " try " };
  draft.parameters.steps = "20";
  expect(launchInputOf(recipe, draft, "x")).toMatchObject({
    recipe: "train", version: 3, runName: "try", clonedFrom: "x", parameters: { steps: 20, rate: 0.1, mode: "fast", shuffle: true }, inputs: {},
  });
  expect(chosenOf(recipe, draft).parameters).not.toHaveProperty("note");
});

test("faults by field, in words", () => {
  const draft = startDraft(recipe, null);
  draft.parameters = { ...draft.parameters, rate: "many" };
  expect(Object.fromEntries(draftFaults(recipe, draft))).toEqual({
    "parameters.steps": "A value is needed.", "parameters.rate": "This is not a number.", "inputs.data": "A dataset is needed.",
  });
  draft.parameters.steps = "200";
  expect(draftFaults(recipe, draft).get("parameters.steps")).toBe("At most 100.");
  draft.parameters.steps = "2.5";
  expect(draftFaults(recipe, draft).get("parameters.steps")).toBe("A whole number is needed.");
});

const propertyOf = (schema: object): RecipeView => ({
  ...recipe, definition: { ...recipe.definition, inputs: {}, parameters: { type: "object", additionalProperties: false, required: [], properties: { x: { type: "number", ...schema } } } },
});

test.each([
  [{ exclusiveMinimum: 0 }, "0", "More than 0."],
  [{ exclusiveMinimum: 0 }, "0.001", undefined],
  [{ exclusiveMaximum: 1 }, "1", "Less than 1."],
  [{ minimum: 5 }, "4", "At least 5."],
  [{ multipleOf: 0.1 }, "0.3", undefined],
  [{ multipleOf: 5 }, "7", "A multiple of 5 is needed."],
])("what the schema %j says of %s is said before it is sent", (schema, typed, words) => {
  const made = propertyOf(schema);
  expect(draftFaults(made, { ...startDraft(made, null), parameters: { x: typed } }).get("parameters.x")).toBe(words);
});

test.each([
  [{ priority: "101" }, "priority", "At most 100."],
  [{ priority: "-101" }, "priority", "At least −100."],
  [{ priority: "1.5" }, "priority", "A whole number is needed."],
  [{ experiment: " " }, "experiment", "The run needs an experiment."],
])("the run's own fields have faults of their own: %j", (typed, field, words) => {
  const made = propertyOf({});
  expect(draftFaults(made, startDraft(made, null)).size).toBe(0);
  expect([...draftFaults(made, { ...startDraft(made, null), ...typed })]).toEqual([[field, words]]);
  expect(formFields(made).has(field)).toBe(true);
});

test("changes against the cloned run, added and removed ones too", () => {
  expect(changesOf({ parameters: { steps: 10, rate: 0.5, mode: "slow", shuffle: false, note: "x" }, inputs: {} }, launch)).toEqual([
    { name: "steps", before: "9", after: "10" }, { name: "note", before: "none", after: "x" }, { name: "data", before: "d1", after: "none" },
  ]);
});

test("a command as one would type it", () => {
  expect(shellLine(["python3", "a b.py", "--x", "it's", "--y"])).toBe("python3 'a b.py' \\\n  --x 'it'\\''s' \\\n  --y");
});
