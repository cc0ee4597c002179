/** From a recipe and what a person chose to the exact command: pure, so that the form can preview it. */
import { z } from "zod";
import { issueWords } from "@/server/platform/issues/rules/issue-words";
import type { LaunchPreview, RecipeDefinition } from "../../contract/recipe";

export type Chosen = { parameters: Record<string, string | number | boolean>; inputs: Record<string, string> };
export type LaunchFault = { field: string; message: string };

/** Parameters with their defaults, or the faults by field. The recipe's JSON schema decides. */
export function checkParameters(recipe: RecipeDefinition, chosen: Chosen["parameters"]): { values: Chosen["parameters"]; faults: LaunchFault[] } {
  const parsed = z.fromJSONSchema(recipe.parameters).safeParse(chosen, { error: issueWords });
  if (parsed.success) return { values: parsed.data as Chosen["parameters"], faults: [] };
  const faults = parsed.error.issues.map((issue) => ({ field: `parameters.${issue.path.join(".") || "*"}`, message: issue.message }));
  return { values: chosen, faults };
}

export function checkInputs(recipe: RecipeDefinition, inputs: Chosen["inputs"]): LaunchFault[] {
  const missing = Object.entries(recipe.inputs).filter(([name, input]) => !input.optional && !inputs[name]);
  const unknown = Object.keys(inputs).filter((name) => !(name in recipe.inputs));
  return [
    ...missing.map(([name, input]) => ({ field: `inputs.${name}`, message: `A ${input.type.replace("_", " ")} is needed.` })),
    ...unknown.map((name) => ({ field: `inputs.${name}`, message: "The recipe has no such input." })),
  ];
}

/** Where an input lies in the job's folder. */
export const inputPath = (name: string, type: string): string => (type === "dataset" ? `inputs/${name}.parquet` : `inputs/${name}`);
export const outputPath = (name: string): string => `outputs/${name}.parquet`;

/** `--<input> <path>`, `--<parameter> <value>`, `--<output> <path>`; empty texts are left out. */
export function commandOf(recipe: RecipeDefinition, parameters: Chosen["parameters"], inputs: Chosen["inputs"]): string[] {
  const args = Object.entries(recipe.inputs).flatMap(([name, input]) => (inputs[name] ? [`--${name}`, inputPath(name, input.type)] : []));
  const values = Object.entries(parameters).flatMap(([name, value]) => (value === "" ? [] : [`--${name}`, String(value)]));
  const outputs = Object.keys(recipe.outputs).flatMap((name) => (recipe.outputs[name]?.type === "logged_model" ? [] : [`--${name}`, outputPath(name)]));
  return [...recipe.command, ...args, ...values, ...outputs];
}

export function previewLaunch(recipe: RecipeDefinition, requirementsSha256: string | null, chosen: Chosen): LaunchPreview {
  const { values, faults } = checkParameters(recipe, chosen.parameters);
  return {
    command: commandOf(recipe, values, chosen.inputs),
    resources: recipe.resources,
    environment: requirementsSha256 ? `Python, requirements ${requirementsSha256.slice(0, 12)}` : "the agent's own",
    faults: [...faults, ...checkInputs(recipe, chosen.inputs)],
  };
}
