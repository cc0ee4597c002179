import { describe, expect, it } from "vitest";
import { RecipeDefinition } from "../../contract/recipe";
import { LaunchSweepInput, SpaceEntry } from "../../contract/sweep";
import { checkSpace, gridSize, gridValues, isInside, orderSpace } from "./space";

const recipe = RecipeDefinition.parse({
  kind: "recipe", name: "train", experiment: "e", command: ["true"],
  parameters: {
    type: "object",
    required: ["data"],
    properties: {
      lr: { type: "number", minimum: 0.001, maximum: 1 },
      depth: { type: "integer", minimum: 2, maximum: 12, multipleOf: 2 },
      model: { type: "string", enum: ["tree", "line"] },
      bias: { type: "boolean" },
      data: { type: "string" },
    },
  },
});

const lr = { name: "lr", kind: "float", low: 0.01, high: 0.5, log: true };
const model = { name: "model", kind: "choice", values: ["tree", "line"] };
const depth = { name: "depth", kind: "int", low: 2, high: 12, step: 2 };
const isTree = { parameter: "model", equals: ["tree"] };

function faultsOf(change: Record<string, unknown>) {
  const asked = LaunchSweepInput.parse({ name: "s", recipe: "train", parameters: { data: "d" }, objective: { metric: "loss", direction: "minimize" }, budget: { runs: 4 }, space: [lr], ...change });
  return checkSpace(recipe, asked).map(({ field, message }) => `${field}: ${message}`);
}

describe("checkSpace names the field", () => {
  it.each([
    ["nothing is wrong", {}, []],
    ["conditions", { space: [lr, { ...depth, when: isTree }, model] }, []],
    ["an unknown parameter", { space: [{ ...lr, name: "rate" }] }, ["space.0.name: The recipe has no parameter rate."]],
    ["twice", { space: [lr, lr] }, ["space.1.name: lr stands there twice."]],
    ["fixed and varied", { parameters: { data: "d", lr: 0.1 } }, ["parameters.lr: It varies: it can't have a fixed value too."]],
    ["an end outside the schema", { space: [{ ...lr, high: 2 }] }, ["space.0.high: At most 1."]],
    ["the other end", { space: [{ ...lr, low: 0.0001 }] }, ["space.0.low: At least 0.001."]],
    ["turned round", { space: [{ ...lr, low: 0.5, high: 0.1 }] }, ["space.0.high: More than 0.5 is needed."]],
    ["log of 0", { space: [{ ...lr, low: 0 }] }, ["space.0.low: More than 0 is needed on a log scale."]],
    ["log with a step", { space: [{ ...depth, log: true }] }, ["space.0.step: A log scale has no step."]],
    ["a step off the schema's", { space: [{ ...depth, step: 3 }] }, ["space.0.step: A multiple of 2 is needed."]],
    ["a range of reals for whole numbers", { space: [{ ...lr, name: "depth", low: 2, high: 4 }] }, ["space.0.kind: The recipe's depth is of type integer."]],
    ["a range where values are listed", { space: [{ ...depth, name: "model" }] }, ["space.0.kind: The recipe lists its values: choose among them."]],
    ["a value the schema lacks", { space: [{ ...model, values: ["tree", "cloud"] }] }, ["space.0.values.1: One of tree, line is needed."]],
    ["a value twice", { space: [{ ...model, values: ["tree", "tree"] }] }, ["space.0.values: A value stands there twice."]],
    ["a condition on what does not vary", { space: [{ ...depth, when: isTree }] }, ["space.0.when: model does not vary."]],
    ["a condition on a range", { space: [lr, { ...model, when: { parameter: "lr", equals: [1] } }] }, ["space.1.when: lr is a range: a condition needs one with choices."]],
    ["a condition that never holds", { space: [model, { ...depth, when: { parameter: "model", equals: ["cloud"] } }] }, ["space.1.when: model is never cloud."]],
    ["a circle", { space: [{ ...model, when: { parameter: "bias", equals: [true] } }, { name: "bias", kind: "choice", values: [true, false], when: isTree }] }, ["space: The conditions go round in a circle."]],
    ["a fixed one that is missing", { parameters: {} }, ["parameters.data: A value is needed."]],
    ["a condition in a grid", { sampler: { kind: "grid" }, space: [model, { ...depth, when: isTree }] }, ["space.1.when: A grid has no conditions: each of its points would come several times."]],
    ["one dimension for CMA-ES", { sampler: { kind: "cmaes" } }, ["sampler.kind: CMA-ES needs at least two ranges without a condition."]],
    ["random that learns", { sampler: { kind: "random" }, startFrom: "0190a000-0000-7000-8000-000000000000" }, ["startFrom: Only TPE and CMA-ES learn from earlier runs."]],
    ["a Hyperband of no length", { pruner: { kind: "hyperband", minStep: 9, maxStep: 9 } }, ["pruner.maxStep: More than 9 is needed."]],
  ])("%s", (_, change, faults) => expect(faultsOf(change)).toEqual(faults));
});

const entries = (...list: unknown[]) => list.map((entry) => SpaceEntry.parse(entry));

it("draws parents before their children", () => {
  const space = entries({ ...lr, when: { parameter: "bias", equals: [true] } }, { name: "bias", kind: "choice", values: [true], when: isTree }, model);
  expect(orderSpace(space)?.map(({ name }) => name)).toEqual(["model", "bias", "lr"]);
});

it.each([
  [depth, [2, 4, 6, 8, 10, 12]],
  [{ name: "n", kind: "int", low: 1, high: 8, step: 3 }, [1, 4, 7]],
  [{ name: "n", kind: "int", low: 1, high: 4, log: true, points: 9 }, [1, 2, 3, 4]],
  [{ name: "x", kind: "float", low: 0, high: 1, points: 3 }, [0, 0.5, 1]],
  [model, ["tree", "line"]],
])("a grid of %o", (entry, values) => {
  const [parsed] = entries(entry);
  expect(parsed && gridValues(parsed)).toEqual(values);
  expect(gridSize(entries(entry))).toBe(values.length);
});

it("counts a long range without laying it out", () => expect(gridSize(entries({ name: "n", kind: "int", low: 0, high: 2 ** 40 }, model))).toBe((2 ** 40 + 1) * 2));

it.each([
  [{ lr: 0.1, model: "line" }, true],
  [{ lr: 0.1, model: "tree", depth: 4 }, true],
  [{ lr: 0.1, model: "tree", depth: 5 }, false],
  [{ lr: 0.9, model: "line" }, false],
  [{ lr: 0.1, model: "cloud" }, false],
  [{ model: "line" }, false],
])("%o lies inside: %s", (params, inside) => expect(isInside(entries(lr, model, { ...depth, when: isTree }), params)).toBe(inside));

describe("a grid too large to lay out is refused by field, at once", () => {
  const floats = ["a", "b", "c", "d", "e"];
  const wide = RecipeDefinition.parse({
    kind: "recipe", name: "wide", experiment: "e", command: ["true"],
    parameters: { type: "object", properties: { n: { type: "integer" }, ...Object.fromEntries(floats.map((name) => [name, { type: "number" }])) } },
  });
  const float = (name: string, points: number) => ({ name, kind: "float", low: 0, high: 1, points });
  const check = (space: object[], kind = "grid") =>
    checkSpace(wide, LaunchSweepInput.parse({ name: "s", recipe: "wide", objective: { metric: "loss", direction: "minimize" }, budget: { runs: 4 }, space, sampler: { kind } })).map(({ field, message }) => `${field}: ${message}`);
  const whole = { name: "n", kind: "int", low: 0, high: 9_007_199_254_740_990 };
  it.each([
    ["one endless range", [whole], "space.0.step: The grid has 9,007,199,254,740,991 points; at most 100,000."],
    ["five ranges together", floats.map((name) => float(name, 100)), "space.0.points: The grid has 10,000,000,000 points; at most 100,000."],
    ["one that is short beside a long one", [float("a", 2), { ...whole, high: 50_000 }], "space.1.step: The grid has 100,002 points; at most 100,000."],
  ])("%s", (_, space, fault) => expect(check(space)).toEqual([fault]));
  it("as large as it may be, and where no grid is asked for", () => {
    expect(check([{ ...whole, high: 99_999 }])).toEqual([]);
    expect(check([whole], "random")).toEqual([]);
  });
});

it("a schema is compiled once for all values", () => {
  const values = Array.from({ length: 100 }, (_, n) => `v${n}`);
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`p${n}`, { type: "string" }]));
  const large = RecipeDefinition.parse({ kind: "recipe", name: "large", experiment: "e", command: ["true"], parameters: { type: "object", properties: many } });
  const space = Array.from({ length: 50 }, (_, n) => ({ name: `p${n}`, kind: "choice", values }));
  const asked = LaunchSweepInput.parse({ name: "s", recipe: "large", objective: { metric: "loss", direction: "minimize" }, budget: { runs: 4 }, space });
  const start = performance.now();
  expect(checkSpace(large, asked)).toEqual([]);
  expect(performance.now() - start).toBeLessThan(1_000);
});
