/** What a person has put into the launch form, and what becomes of it; pure. */
import { withMinus } from "@/components/ui/format/format-number";
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

/** A parameter may be called `constructor`. */
const ownOf = <T>(record: Record<string, T> | undefined, name: string): T | undefined => (record && Object.hasOwn(record, name) ? record[name] : undefined);

/** Defaults, or what the run had that is cloned. */
export function startDraft(recipe: RecipeView, from: { launch: LaunchFacts | null; experimentName: string } | null): LaunchDraft {
  const { parameters, inputs, experiment } = recipe.definition;
  const before = from?.launch?.recipe === recipe.name ? from.launch : null;
  return {
    parameters: Object.fromEntries(
      Object.entries(parameters.properties).map(([name, schema]) => [name, typedOf(schema, ownOf(before?.parameters, name) ?? schema.default)]),
    ),
    inputs: Object.fromEntries(Object.keys(inputs).map((name) => [name, ownOf(before?.inputs, name) ?? ""])),
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
  return rangeFault(limitsOf(schema), value);
}

const numberOf = (given: unknown) => (typeof given === "number" ? given : undefined);

/** What a JSON schema says of a number's range. */
export const limitsOf = ({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }: Partial<ParameterSchema>) => ({
  minimum, maximum, above: numberOf(exclusiveMinimum), below: numberOf(exclusiveMaximum), step: numberOf(multipleOf),
});
type Limits = ReturnType<typeof limitsOf>;

function rangeFault({ minimum, maximum, above, below, step }: Limits, value: number): string | null {
  if (minimum !== undefined && value < minimum) return `At least ${withMinus(String(minimum))}.`;
  if (maximum !== undefined && value > maximum) return `At most ${withMinus(String(maximum))}.`;
  if (above !== undefined && value <= above) return `More than ${withMinus(String(above))}.`;
  if (below !== undefined && value >= below) return `Less than ${withMinus(String(below))}.`;
  // Of 0.3 the binary fraction is no exact multiple of 0.1's.
  const steps = step === undefined ? 0 : value / step;
  return Math.abs(steps - Math.round(steps)) > 1e-9 ? `A multiple of ${step} is needed.` : null;
}

const priorityLimits = limitsOf({ minimum: -100, maximum: 100 });

function priorityFault(typed: string): string | null {
  if (typed.trim() === "") return null;
  const value = Number(typed);
  return Number.isInteger(value) ? rangeFault(priorityLimits, value) : "A whole number is needed.";
}

/** Faults by field: `parameters.rate`, `inputs.data`, `priority`. */
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
  if (draft.experiment.trim() === "") faults.set("experiment", "The run needs an experiment.");
  const priority = priorityFault(draft.priority);
  if (priority) faults.set("priority", priority);
  return faults;
}

/** The fields of a recipe's form: a refusal that names another is said beside the button. */
export const formFields = ({ definition: { parameters, inputs } }: RecipeView): ReadonlySet<string> =>
  new Set([...Object.keys(parameters.properties).map((name) => `parameters.${name}`), ...Object.keys(inputs).map((name) => `inputs.${name}`), "runName", "experiment", "priority"]);

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
