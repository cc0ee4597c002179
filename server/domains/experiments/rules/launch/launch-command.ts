/** From a recipe and what a person chose to the exact command: pure, so that the form can preview it. */
import { z } from "zod";
import { issueWords } from "@/server/platform/issues/rules/issue-words";
import type { LaunchPreview, ParameterSchema, RecipeDefinition } from "../../contract/recipe";

export type Chosen = { parameters: Record<string, string | number | boolean>; inputs: Record<string, string> };
export type LaunchFault = { field: string; message: string };

const checked = ["type", "enum", "default", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength"] as const;

/** Of what was stored before keywords were closed, the known ones; never a pattern: those are RE2's, in patterns.ts. */
const plainOf = (schema: ParameterSchema) => Object.fromEntries(checked.flatMap((key) => (schema[key] === undefined ? [] : [[key, schema[key]]])));

/** What is wrong with a value, but for its pattern. */
export function checkValue(schema: ParameterSchema): (value: unknown) => string | null {
  const parser = z.fromJSONSchema(plainOf(schema));
  return (value) => parser.safeParse(value, { error: issueWords }).error?.issues[0]?.message ?? null;
}

/** Parameters with their defaults, or the faults by field; patterns are left to the server. */
export function checkParameters({ parameters }: RecipeDefinition): (chosen: Chosen["parameters"]) => { values: Chosen["parameters"]; faults: LaunchFault[] } {
  const { type, required, additionalProperties } = parameters;
  const parser = z.fromJSONSchema({ type, required, additionalProperties, properties: Object.fromEntries(Object.entries(parameters.properties).map(([name, schema]) => [name, plainOf(schema)])) });
  return (chosen) => {
    // Without a prototype: `constructor` is a parameter's name like another.
    const parsed = parser.safeParse(Object.assign(Object.create(null), chosen), { error: issueWords });
    if (parsed.success) return { values: parsed.data as Chosen["parameters"], faults: [] };
    const faults = parsed.error.issues.map((issue) => ({ field: `parameters.${issue.path.join(".") || "*"}`, message: issue.message }));
    return { values: chosen, faults };
  };
}

export function checkInputs(recipe: RecipeDefinition, inputs: Chosen["inputs"]): LaunchFault[] {
  const missing = Object.entries(recipe.inputs).filter(([name, input]) => !input.optional && !givenOf(inputs, name));
  const unknown = Object.keys(inputs).filter((name) => !Object.hasOwn(recipe.inputs, name));
  return [
    ...missing.map(([name, input]) => ({ field: `inputs.${name}`, message: `A ${input.type.replace("_", " ")} is needed.` })),
    ...unknown.map((name) => ({ field: `inputs.${name}`, message: "The recipe has no such input." })),
  ];
}

const givenOf = (inputs: Chosen["inputs"], name: string) => (Object.hasOwn(inputs, name) ? inputs[name] : undefined);

/** Where an input lies in the job's folder. */
export const inputPath = (name: string, type: string): string => (type === "dataset" ? `inputs/${name}.parquet` : `inputs/${name}`);
export const outputPath = (name: string): string => `outputs/${name}.parquet`;

/** What fails by its own doing would mostly fail again: it is tried once, unless its recipe says otherwise. */
export const attemptsOf = ({ attempts }: Pick<RecipeDefinition, "attempts">): number => attempts ?? 1;

/** `--<input> <path>`, `--<parameter> <value>`, `--<output> <path>`; empty texts are left out. */
export function commandOf(recipe: RecipeDefinition, parameters: Chosen["parameters"], inputs: Chosen["inputs"]): string[] {
  const args = Object.entries(recipe.inputs).flatMap(([name, input]) => (givenOf(inputs, name) ? [`--${name}`, inputPath(name, input.type)] : []));
  const values = Object.entries(parameters).flatMap(([name, value]) => (value === "" ? [] : [`--${name}`, String(value)]));
  const outputs = Object.entries(recipe.outputs).flatMap(([name, output]) => (output.type === "logged_model" ? [] : [`--${name}`, outputPath(name)]));
  return [...recipe.command, ...args, ...values, ...outputs];
}

export function previewLaunch(recipe: RecipeDefinition, requirementsSha256: string | null, chosen: Chosen): LaunchPreview {
  const { values, faults } = checkParameters(recipe)(chosen.parameters);
  return {
    command: commandOf(recipe, values, chosen.inputs),
    resources: recipe.resources,
    attempts: attemptsOf(recipe),
    environment: requirementsSha256 ? `Python, requirements ${requirementsSha256.slice(0, 12)}` : "the agent's own",
    faults: [...faults, ...checkInputs(recipe, chosen.inputs)],
  };
}
