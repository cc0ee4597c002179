/** What is wrong with a sweep's form, by the names of its fields; the server has the last word. Pure. */
import type { RecipeView } from "@/server/domains/experiments/contract/recipe";
import { draftFaults } from "../../launch/launch-draft";
import { choicesOf, type SpaceDraft, type SweepDraft, variedOf } from "./sweep-draft";

const numberOf = (text: string): number => (text.trim() === "" ? Number.NaN : Number(text));

const whole = (text: string, low: number, high: number): string | null => {
  const value = numberOf(text);
  return Number.isInteger(value) && value >= low && value <= high ? null : `A whole number from ${low} to ${high} is needed.`;
};

function rangeFaults(name: string, { low, high, log }: SpaceDraft): [string, string][] {
  const [from, to] = [numberOf(low), numberOf(high)];
  if (Number.isNaN(from)) return [[`space.${name}.low`, "A number is needed."]];
  if (Number.isNaN(to)) return [[`space.${name}.high`, "A number is needed."]];
  if (from >= to) return [[`space.${name}.high`, `More than ${from} is needed.`]];
  return log && from <= 0 ? [[`space.${name}.low`, "More than 0 is needed on a log scale."]] : [];
}

function spaceFaults(recipe: RecipeView, draft: SweepDraft, name: string): [string, string][] {
  const [schema, own] = [recipe.definition.parameters.properties[name], draft.space[name]];
  if (!schema || !own) return [];
  if (own.whenParameter && own.whenEquals.length === 0) return [[`space.${name}.when`, "Choose for which of its values."]];
  if (own.mode === "range") return rangeFaults(name, own);
  const values = choicesOf(schema, own);
  if (values.length === 0) return [[`space.${name}.values`, "At least one value is needed."]];
  return values.some((value) => typeof value === "number" && Number.isNaN(value)) ? [[`space.${name}.values`, "Numbers are needed, with commas between."]] : [];
}

const prunerNumbers = { none: [], median: ["startupRuns", "warmupSteps"], asha: ["minStep", "reduction"], hyperband: ["minStep", "maxStep", "reduction"] } as const;

function prunerFaults(draft: SweepDraft): [string, string][] {
  return prunerNumbers[draft.pruner].flatMap((name): [string, string][] => {
    const fault = name === "reduction" ? whole(draft[name], 2, 16) : whole(draft[name], name === "warmupSteps" ? 0 : 1, name === "startupRuns" ? 1_000 : 1e9);
    return fault ? [[`pruner.${name}`, fault]] : [];
  });
}

export function sweepFaults(recipe: RecipeView, draft: SweepDraft): Map<string, string> {
  const varied = variedOf(recipe, draft);
  const launch = [...draftFaults(recipe, draft.launch)].filter(([field]) => !varied.includes(field.replace("parameters.", "")));
  const faults = new Map([...launch, ...varied.flatMap((name) => spaceFaults(recipe, draft, name)), ...prunerFaults(draft)]);
  const add = (field: string, fault: string | null) => fault !== null && faults.set(field, fault);
  add("name", draft.name.trim() === "" ? "The sweep needs a name." : null);
  add("space", varied.length === 0 ? "Nothing varies yet: choose a range or values for at least one parameter." : null);
  add("objective.metric", draft.metric.trim() === "" ? "A metric is needed." : null);
  add("budget.runs", whole(draft.runs, 1, 2_000));
  add("parallelism", whole(draft.parallelism, 1, 100));
  add("budget.hours", draft.hours.trim() !== "" && !(Number(draft.hours) > 0) ? "More than 0 is needed." : null);
  add("budget.cost", draft.cost.trim() !== "" && !(Number(draft.cost) > 0) ? "More than 0 is needed." : null);
  add("seed", draft.seed.trim() === "" ? null : whole(draft.seed, 0, 2 ** 31 - 1));
  return faults;
}

/** The server numbers what varies; the form names it. */
export function formFieldOf(recipe: RecipeView, draft: SweepDraft, field: string): string {
  const [, index, rest] = /^space\.(\d+)\.([a-z]+)/.exec(field) ?? [];
  const name = index === undefined ? undefined : variedOf(recipe, draft)[Number(index)];
  return name === undefined ? field : `space.${name}.${rest}`;
}

/** Fields that the form has: a refusal that names another is said beside the button. */
export function hasField(recipe: RecipeView, draft: SweepDraft, field: string): boolean {
  if (["name", "space", "objective.metric", "budget.runs", "budget.hours", "budget.cost", "parallelism", "seed", "startFrom", "sampler.kind", "experiment"].includes(field)) return true;
  const [group, name = "", part = ""] = field.split(".");
  if (group === "inputs") return Object.hasOwn(recipe.definition.inputs, name);
  if (group === "pruner") return prunerNumbers[draft.pruner].some((one) => one === name);
  const mode = draft.space[name]?.mode;
  if (group === "parameters") return mode === "fixed";
  return group === "space" && ((mode === "range" && ["low", "high", "step", "points"].includes(part)) || (mode === "choice" && part === "values"));
}
