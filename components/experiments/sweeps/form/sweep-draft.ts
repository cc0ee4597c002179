/** What a person has put into the form of a sweep, and what becomes of it; pure. */
import type { ParameterSchema, RecipeView } from "@/server/domains/experiments/contract/recipe";
import type { LaunchSweepInput } from "@/server/domains/experiments/contract/sweep";
import { chosenOf, type LaunchDraft, limitsOf, startDraft } from "../../launch/launch-draft";
import { betterEnd, endOf } from "../../metrics/better-end";

type LaunchSweepSampler = NonNullable<LaunchSweepInput["sampler"]>;
type LaunchSweepPruner = NonNullable<LaunchSweepInput["pruner"]>;
export type Mode = "fixed" | "range" | "choice";
/** Fields hold what was typed: a number that is not one yet must not be lost. */
export type SpaceDraft = { mode: Mode; low: string; high: string; step: string; log: boolean; points: string; chosen: readonly string[]; typed: string; whenParameter: string; whenEquals: readonly string[] };
export type SamplerKind = LaunchSweepSampler["kind"];
export type PrunerKind = LaunchSweepPruner["kind"];
export type SweepDraft = {
  name: string; launch: LaunchDraft; space: Record<string, SpaceDraft>;
  metric: string; direction: "minimize" | "maximize"; of: "last" | "best";
  sampler: SamplerKind; pruner: PrunerKind; startupRuns: string; warmupSteps: string; minStep: string; maxStep: string; reduction: string;
  parallelism: string; runs: string; hours: string; cost: string; seed: string; startFrom: string;
};

const isNumeric = ({ type }: ParameterSchema) => type === "number" || type === "integer";

/** Values that the schema lists: of an enum or of a switch. */
export const listedValues = (schema: ParameterSchema): (string | number | boolean)[] | null => schema.enum ?? (schema.type === "boolean" ? [true, false] : null);

export function modesOf(schema: ParameterSchema): { value: Mode; label: string }[] {
  const range = isNumeric(schema) && !schema.enum ? [{ value: "range" as const, label: "Range" }] : [];
  return [{ value: "fixed", label: "Fixed" }, ...range, { value: "choice", label: "Values" }];
}

function startSpace(schema: ParameterSchema): SpaceDraft {
  const { minimum, maximum, step } = limitsOf(schema);
  const text = (value: number | undefined) => (value === undefined ? "" : String(value));
  return {
    mode: "fixed", low: text(minimum), high: text(maximum), step: text(step ?? (schema.type === "integer" ? 1 : undefined)), points: "5",
    // Over two powers of ten a range is one of magnitudes.
    log: schema.type === "number" && minimum !== undefined && maximum !== undefined && minimum > 0 && maximum / minimum >= 100,
    chosen: (listedValues(schema) ?? []).map(String), typed: "", whenParameter: "", whenEquals: [],
  };
}

export function startSweepDraft(recipe: RecipeView): SweepDraft {
  const { properties } = recipe.definition.parameters;
  const [promised = ""] = Object.keys(recipe.definition.metrics ?? {});
  const draft: SweepDraft = {
    name: `${recipe.name} sweep`, launch: startDraft(recipe, null), space: Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, startSpace(schema)])),
    metric: "", direction: "minimize", of: "last", sampler: "tpe", pruner: "none", startupRuns: "5", warmupSteps: "0", minStep: "1", maxStep: "100", reduction: "3",
    parallelism: "2", runs: "20", hours: "", cost: "", seed: "", startFrom: "",
  };
  return promised === "" ? draft : withMetric(recipe, draft, promised);
}

/** Its recipe says which way is better, or often its name. */
export function withMetric(recipe: RecipeView, draft: SweepDraft, metric: string): SweepDraft {
  const promise = recipe.definition.metrics?.[metric];
  const end = betterEnd({ key: metric, better: promise && endOf(promise.direction) });
  return { ...draft, metric, direction: end === "max" ? "maximize" : end === "min" ? "minimize" : draft.direction };
}

export const variedOf = (recipe: RecipeView, draft: SweepDraft): string[] => Object.keys(recipe.definition.parameters.properties).filter((name) => (draft.space[name]?.mode ?? "fixed") !== "fixed");

function typedValue(schema: ParameterSchema, text: string): string | number | boolean {
  const listed = listedValues(schema)?.find((value) => String(value) === text);
  return listed ?? (isNumeric(schema) && text.trim() !== "" ? Number(text) : text);
}

export function choicesOf(schema: ParameterSchema, draft: SpaceDraft): (string | number | boolean)[] {
  const texts = listedValues(schema) ? draft.chosen : draft.typed.split(",").map((text) => text.trim()).filter(Boolean);
  return texts.map((text) => typedValue(schema, text));
}

const numberOf = (text: string): number => (text.trim() === "" ? Number.NaN : Number(text));

function entryOf(recipe: RecipeView, draft: SweepDraft, name: string): LaunchSweepInput["space"][number] | null {
  const [schema, own] = [recipe.definition.parameters.properties[name], draft.space[name]];
  if (!schema || !own) return null;
  const parent = recipe.definition.parameters.properties[own.whenParameter];
  const when = own.whenParameter && parent ? { parameter: own.whenParameter, equals: own.whenEquals.map((text) => typedValue(parent, text)) } : null;
  if (own.mode === "choice") return { name, kind: "choice", values: choicesOf(schema, own), when };
  const range = { name, low: numberOf(own.low), high: numberOf(own.high), log: own.log, points: numberOf(own.points), when };
  return schema.type === "integer" ? { ...range, kind: "int", step: own.log ? 1 : numberOf(own.step) } : { ...range, kind: "float" };
}

function prunerOf({ pruner, startupRuns, warmupSteps, minStep, maxStep, reduction }: SweepDraft): LaunchSweepInput["pruner"] {
  if (pruner === "median") return { kind: pruner, startupRuns: numberOf(startupRuns), warmupSteps: numberOf(warmupSteps) };
  if (pruner === "asha") return { kind: pruner, minStep: numberOf(minStep), reduction: numberOf(reduction) };
  if (pruner === "hyperband") return { kind: pruner, minStep: numberOf(minStep), maxStep: numberOf(maxStep), reduction: numberOf(reduction) };
  return { kind: "none" };
}

/** Left empty, there is no limit. */
const amountOf = (text: string): number | null => (text.trim() === "" ? null : Number(text));

export function sweepInputOf(recipe: RecipeView, draft: SweepDraft): LaunchSweepInput {
  const varied = variedOf(recipe, draft);
  const { parameters, inputs } = chosenOf(recipe, draft.launch);
  return {
    name: draft.name.trim(), recipe: recipe.name, version: recipe.version, experiment: draft.launch.experiment.trim() || null,
    space: varied.flatMap((name) => entryOf(recipe, draft, name) ?? []),
    parameters: Object.fromEntries(Object.entries(parameters).filter(([name]) => !varied.includes(name))),
    inputs, priority: Number(draft.launch.priority) || 0, objective: { metric: draft.metric.trim(), direction: draft.direction, of: draft.of },
    sampler: { kind: draft.sampler }, pruner: prunerOf(draft), parallelism: numberOf(draft.parallelism),
    budget: { runs: numberOf(draft.runs), hours: amountOf(draft.hours), cost: amountOf(draft.cost) },
    seed: draft.seed.trim() === "" ? null : Number(draft.seed), startFrom: draft.startFrom || null,
  };
}
