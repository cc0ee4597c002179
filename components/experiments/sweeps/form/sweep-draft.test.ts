import { expect, it } from "vitest";
import type { ParameterSchema, RecipeView } from "@/server/domains/experiments/contract/recipe";
import { type SpaceDraft, startSweepDraft, type SweepDraft, sweepInputOf, withMetric } from "./sweep-draft";
import { formFieldOf, hasField, sweepFaults } from "./sweep-faults";

const properties: Record<string, ParameterSchema> = {
  lr: { type: "number", minimum: 0.001, maximum: 1 },
  depth: { type: "integer", minimum: 1, maximum: 9 },
  model: { type: "string", enum: ["tree", "line"], default: "tree" },
  bias: { type: "boolean" },
  note: { type: "string" },
};
const recipe: RecipeView = {
  id: "r", name: "train", version: 3, source: null, codeSha256: "", requirementsSha256: null, contentSha256: "", createdAt: new Date(0),
  definition: { kind: "recipe", name: "train", description: "", experiment: "e", command: ["x"], inputs: {}, outputs: {}, parameters: { type: "object", additionalProperties: false, required: [], properties }, resources: { cpus: 1, memory: 1, timeout: 60, gpus: 0 } },
};

function drafted(space: Record<string, Partial<SpaceDraft>>, change: Partial<SweepDraft> = {}): SweepDraft {
  const draft = withMetric(recipe, startSweepDraft(recipe), "loss");
  for (const [name, own] of Object.entries(space)) draft.space[name] = { ...(draft.space[name] as SpaceDraft), ...own };
  return { ...draft, ...change };
}

it("starts from the recipe's ranges, a wide one as magnitudes", () => {
  const { space } = startSweepDraft(recipe);
  expect(space.lr).toMatchObject({ mode: "fixed", low: "0.001", high: "1", log: true });
  expect(space.depth).toMatchObject({ low: "1", high: "9", step: "1", log: false });
  expect(space.model?.chosen).toEqual(["tree", "line"]);
});

it("sends what varies as a space, and the rest as it stands", () => {
  const draft = drafted({ lr: { mode: "range" }, depth: { mode: "range", whenParameter: "model", whenEquals: ["tree"] }, model: { mode: "choice" }, bias: { mode: "choice", chosen: ["true"] }, note: { mode: "choice", typed: "a, b" } });
  expect(sweepFaults(recipe, draft)).toEqual(new Map());
  expect(sweepInputOf(recipe, draft)).toMatchObject({
    recipe: "train", version: 3, parameters: {}, objective: { metric: "loss", direction: "minimize", of: "last" }, budget: { runs: 20, hours: null, cost: null }, seed: null,
    space: [
      { name: "lr", kind: "float", low: 0.001, high: 1, log: true, when: null },
      { name: "depth", kind: "int", low: 1, high: 9, step: 1, when: { parameter: "model", equals: ["tree"] } },
      { name: "model", kind: "choice", values: ["tree", "line"] },
      { name: "bias", kind: "choice", values: [true] },
      { name: "note", kind: "choice", values: ["a", "b"] },
    ],
  });
});

it.each([
  ["nothing varies", {}, {}, "space"],
  ["no number", { lr: { mode: "range" as const, low: "x" } }, {}, "space.lr.low"],
  ["turned round", { lr: { mode: "range" as const, low: "1", high: "0.1" } }, {}, "space.lr.high"],
  ["no value", { model: { mode: "choice" as const, chosen: [] } }, {}, "space.model.values"],
  ["no condition", { lr: { mode: "range" as const, whenParameter: "model" } }, {}, "space.lr.when"],
  ["no budget", { lr: { mode: "range" as const } }, { runs: "0" }, "budget.runs"],
  ["no metric", { lr: { mode: "range" as const } }, { metric: "" }, "objective.metric"],
  ["no rung", { lr: { mode: "range" as const } }, { pruner: "asha" as const, minStep: "0" }, "pruner.minStep"],
])("says where: %s", (_, space, change, field) => {
  const draft = drafted(space, change);
  expect([...sweepFaults(recipe, draft).keys()]).toEqual([field]);
  expect(hasField(recipe, draft, field)).toBe(!field.endsWith("when"));
});

it("finds the field that the server means", () => {
  const draft = drafted({ depth: { mode: "range" }, model: { mode: "choice" } });
  expect(["space.0.high", "space.1.values.1", "seed"].map((field) => formFieldOf(recipe, draft, field))).toEqual(["space.depth.high", "space.model.values", "seed"]);
});
