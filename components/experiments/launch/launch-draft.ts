/** What a person has put into the launch form, and what becomes of it; pure. */
import type { LaunchRunInput, ParameterSchema, RecipeView } from "@/server/domains/experiments/contract/recipe";
import type { LaunchFacts } from "@/server/domains/experiments/contract/run";

/** Fields hold what was typed: a number that is not one yet must not be lost. */
export type LaunchDraft = {
  parameters: Record<string, string | boolean>;
  inputs: Record<string, string>;
  runName: string;
  experiment: string;
  priority: string;
};

export type Chosen = { parameters: Record<string, string | number | boolean>; inputs: Record<string, string> };

const isNumeric = (schema: ParameterSchema) => schema.type === "number" || schema.type === "integer";

const typedOf = (schema: ParameterSchema, value: string | number | boolean | undefined): string | boolean =>
  schema.type === "boolean" ? value === true || value === "true" : value === undefined ? "" : String(value);

/** Defaults, or what the run had that is cloned. */
export function startDraft(recipe: RecipeView, from: { launch: LaunchFacts | null; experimentName: string } | null): LaunchDraft {
  const { parameters, inputs, experiment } = recipe.definition;
  const before = from?.launch?.recipe === recipe.name ? from.launch : null;
  return {
    parameters: Object.fromEntries(
      Object.entries(parameters.properties).map(([name, schema]) => [name, typedOf(schema, before?.parameters[name] ?? schema.default)]),
    ),
    inputs: Object.fromEntries(Object.keys(inputs).map((name) => [name, before?.inputs[name] ?? ""])),
    runName: "",
    experiment: before && from ? from.experimentName : experiment,
    priority: "0",
  };
}

function chosenValue(schema: ParameterSchema, typed: string | boolean): string | number | boolean | undefined {
  if (typeof typed === "boolean") return typed;
  if (typed.trim() === "" && (isNumeric(schema) || schema.default === undefined)) return undefined;
  if (isNumeric(schema) && Number.isFinite(Number(typed))) return Number(typed);
  return typed;
}

/** Empty fields are left out; an enum of numbers gets its number back. */
export function chosenOf(recipe: RecipeView, draft: LaunchDraft): Chosen {
  const parameters: Chosen["parameters"] = {};
  for (const [name, schema] of Object.entries(recipe.definition.parameters.properties)) {
    const value = chosenValue(schema, draft.parameters[name] ?? "");
    if (value !== undefined) parameters[name] = value;
  }
  return { parameters, inputs: Object.fromEntries(Object.entries(draft.inputs).filter(([, value]) => value !== "")) };
}

export function launchInputOf(recipe: RecipeView, draft: LaunchDraft, clonedFrom: string | null): LaunchRunInput {
  return {
    recipe: recipe.name,
    version: recipe.version,
    experiment: draft.experiment.trim() || null,
    runName: draft.runName.trim(),
    priority: Number(draft.priority) || 0,
    clonedFrom,
    ...chosenOf(recipe, draft),
  };
}

/** What is wrong with a parameter, in words; null when nothing is. */
export function parameterFault(schema: ParameterSchema, typed: string | boolean, required: boolean): string | null {
  if (typeof typed === "boolean") return null;
  if (typed.trim() === "") return required && schema.default === undefined ? "A value is needed." : null;
  if (!isNumeric(schema)) return null;
  const value = Number(typed);
  if (!Number.isFinite(value)) return "This is not a number.";
  if (schema.type === "integer" && !Number.isInteger(value)) return "A whole number is needed.";
  if (schema.minimum !== undefined && value < schema.minimum) return `At least ${schema.minimum}.`;
  if (schema.maximum !== undefined && value > schema.maximum) return `At most ${schema.maximum}.`;
  return null;
}

/** Faults by field: `parameters.rate`, `inputs.data`. */
export function draftFaults(recipe: RecipeView, draft: LaunchDraft): Map<string, string> {
  const faults = new Map<string, string>();
  const { parameters, inputs } = recipe.definition;
  for (const [name, schema] of Object.entries(parameters.properties)) {
    const fault = parameterFault(schema, draft.parameters[name] ?? "", parameters.required.includes(name));
    if (fault) faults.set(`parameters.${name}`, fault);
  }
  for (const [name, input] of Object.entries(inputs)) {
    if (!input.optional && !draft.inputs[name]) faults.set(`inputs.${name}`, `A ${input.type.replace("_", " ")} is needed.`);
  }
  return faults;
}

export type Change = { name: string; before: string; after: string };

const shown = (value: unknown): string => (value === undefined || value === "" ? "none" : String(value));

/** What differs from the run that was cloned. */
export function changesOf(chosen: Chosen, before: LaunchFacts): Change[] {
  const compare = (now: Record<string, unknown>, then: Record<string, unknown>) =>
    [...new Set([...Object.keys(then), ...Object.keys(now)])].flatMap((name): Change[] => {
      const [was, is] = [shown(then[name]), shown(now[name])];
      return was === is ? [] : [{ name, before: was, after: is }];
    });
  return [...compare(chosen.parameters, before.parameters), ...compare(chosen.inputs, before.inputs)];
}
