/** A sweep's space against the recipe's schema: what is wrong by field, the order in which values are drawn, a grid's size. */
import type { RecipeDefinition } from "../../contract/recipe";
import type { ParameterValue, SpaceEntry, TrialParams } from "../../contract/sweep";
import { type LaunchCheck, launchCheckOf } from "../launch/check-launch";
import type { LaunchFault } from "../launch/launch-command";

type Space = readonly SpaceEntry[];
type Asked = { space: Space; parameters: TrialParams; sampler: { kind: string }; pruner: { kind: string; minStep?: number; maxStep?: number }; startFrom: string | null };

/** Both ends of a range, or each choice: what the schema must allow. A whole range lies between values that it allows. */
function probesOf(entry: SpaceEntry): { field: string; value: ParameterValue }[] {
  if (entry.kind === "choice") return entry.values.map((value, index) => ({ field: `values.${index}`, value }));
  const ends = [{ field: "low", value: entry.low }, { field: "high", value: entry.high }];
  const isStepped = entry.kind === "int" && !entry.log && entry.low + entry.step <= entry.high;
  return isStepped ? [...ends, { field: "step", value: entry.low + entry.step }] : ends;
}

function rangeFault(entry: SpaceEntry): { field: string; message: string } | null {
  if (entry.kind === "choice") {
    const isRepeated = new Set(entry.values.map((value) => `${typeof value} ${value}`)).size < entry.values.length;
    return isRepeated ? { field: "values", message: "A value stands there twice." } : null;
  }
  if (entry.low >= entry.high) return { field: "high", message: `More than ${entry.low} is needed.` };
  if (entry.log && entry.low <= 0) return { field: "low", message: "More than 0 is needed on a log scale." };
  if (entry.kind === "int" && entry.log && entry.step !== 1) return { field: "step", message: "A log scale has no step." };
  return null;
}

function conditionFault(entry: SpaceEntry, space: Space): string | null {
  if (!entry.when) return null;
  const { parameter, equals } = entry.when;
  const parent = space.find(({ name }) => name === parameter);
  if (!parent || parent.name === entry.name) return `${parameter} does not vary.`;
  if (parent.kind !== "choice") return `${parameter} is a range: a condition needs one with choices.`;
  const unknown = equals.find((value) => !parent.values.includes(value));
  return unknown === undefined ? null : `${parameter} is never ${unknown}.`;
}

/** Parents before their children; null when conditions go round. */
export function orderSpace(space: Space): SpaceEntry[] | null {
  const ordered: SpaceEntry[] = [];
  let rest = [...space];
  while (rest.length > 0) {
    const ready = rest.filter(({ when }) => !when || ordered.some(({ name }) => name === when.parameter));
    if (ready.length === 0) return null;
    ordered.push(...ready);
    rest = rest.filter((entry) => !ready.includes(entry));
  }
  return ordered;
}

function schemaFault(recipe: RecipeDefinition, check: LaunchCheck, entry: SpaceEntry): { field: string; message: string } | null {
  const { properties } = recipe.parameters;
  const schema = Object.hasOwn(properties, entry.name) ? properties[entry.name] : undefined;
  if (!schema) return { field: "name", message: `The recipe has no parameter ${entry.name}.` };
  if (entry.kind !== "choice" && schema.enum) return { field: "kind", message: "The recipe lists its values: choose among them." };
  if (entry.kind === "float" && schema.type !== "number") return { field: "kind", message: `The recipe's ${entry.name} is of type ${schema.type}.` };
  for (const { field, value } of probesOf(entry)) {
    const message = check.one(entry.name, value);
    if (message !== null) return { field, message };
  }
  return null;
}

function entryFaults(recipe: RecipeDefinition, check: LaunchCheck, asked: Asked): LaunchFault[] {
  return asked.space.flatMap((entry, index): LaunchFault[] => {
    const at = `space.${index}`;
    if (asked.space.findIndex(({ name }) => name === entry.name) < index) return [{ field: `${at}.name`, message: `${entry.name} stands there twice.` }];
    if (Object.hasOwn(asked.parameters, entry.name)) return [{ field: `parameters.${entry.name}`, message: "It varies: it can't have a fixed value too." }];
    const fault = rangeFault(entry) ?? schemaFault(recipe, check, entry);
    if (fault) return [{ field: `${at}.${fault.field}`, message: fault.message }];
    const condition = conditionFault(entry, asked.space);
    return condition ? [{ field: `${at}.when`, message: condition }] : [];
  });
}

/** What the schema says of the fixed ones, with the varied ones in their place. */
function fixedFaults(check: LaunchCheck, { space, parameters }: Asked): LaunchFault[] {
  const first = Object.fromEntries(space.map((entry) => [entry.name, entry.kind === "choice" ? (entry.values[0] ?? "") : entry.low]));
  const varied = new Set(space.map(({ name }) => name));
  return check.all({ ...parameters, ...first }).faults.filter(({ field }) => !varied.has(field.split(".")[1] ?? ""));
}

/** Optuna lays out all points of a grid. */
const gridAtMost = 100_000;
const widthFields = { choice: "values", float: "points", int: "step" } as const;

/** At the parameter that takes most of it. */
export function gridFault(space: Space): LaunchFault | null {
  const size = gridSize(space);
  if (size <= gridAtMost) return null;
  const counts = space.map(countOf);
  const index = counts.indexOf(Math.max(...counts));
  const widest = space[index];
  const field = widest?.kind === "int" && widest.log ? "points" : widthFields[widest?.kind ?? "choice"];
  const written = (count: number) => (Number.isSafeInteger(count) ? count.toLocaleString("en") : count.toExponential(1));
  return { field: `space.${index}.${field}`, message: `The grid has ${written(size)} points; at most ${written(gridAtMost)}.` };
}

function methodFaults(asked: Asked): LaunchFault[] {
  const conditional = asked.space.findIndex(({ when }) => when !== null);
  const isGrid = asked.sampler.kind === "grid";
  if (isGrid && conditional >= 0) return [{ field: `space.${conditional}.when`, message: "A grid has no conditions: each of its points would come several times." }];
  const tooLarge = isGrid ? gridFault(asked.space) : null;
  if (tooLarge) return [tooLarge];
  if (asked.startFrom !== null && !["tpe", "cmaes"].includes(asked.sampler.kind)) return [{ field: "startFrom", message: "Only TPE and CMA-ES learn from earlier runs." }];
  const numeric = asked.space.filter(({ kind, when }) => kind !== "choice" && !when);
  if (asked.sampler.kind === "cmaes" && numeric.length < 2) return [{ field: "sampler.kind", message: "CMA-ES needs at least two ranges without a condition." }];
  const { minStep = 0, maxStep } = asked.pruner;
  return maxStep !== undefined && maxStep <= minStep ? [{ field: "pruner.maxStep", message: `More than ${minStep} is needed.` }] : [];
}

/** Everything that is wrong, by the input's field. */
export function checkSpace(recipe: RecipeDefinition, asked: Asked): LaunchFault[] {
  const check = launchCheckOf(recipe);
  const faults = entryFaults(recipe, check, asked);
  if (faults.length > 0) return faults;
  if (orderSpace(asked.space) === null) return [{ field: "space", message: "The conditions go round in a circle." }];
  return [...fixedFaults(check, asked), ...methodFaults(asked)];
}

/** What a grid takes of a parameter: each choice, each step of a whole range, or so many points of another. */
export function gridValues(entry: SpaceEntry): ParameterValue[] {
  if (entry.kind === "choice") return entry.values;
  const { low, high } = entry;
  if (entry.kind === "int" && !entry.log) return Array.from({ length: stepsOf(entry) }, (_, index) => low + index * entry.step);
  const at = (share: number) => (entry.log ? Math.exp(Math.log(low) + share * (Math.log(high) - Math.log(low))) : low + share * (high - low));
  // Rounding must not lead out of the range.
  const values = Array.from({ length: entry.points }, (_, index) => Math.min(high, Math.max(low, at(index / (entry.points - 1)))));
  return entry.kind === "int" ? [...new Set(values.map(Math.round))] : values;
}

const stepsOf = ({ low, high, step }: Extract<SpaceEntry, { kind: "int" }>): number => Math.floor((high - low) / step) + 1;
const countOf = (entry: SpaceEntry): number => (entry.kind === "int" && !entry.log ? stepsOf(entry) : gridValues(entry).length);

/** How many points a grid has; a range of thousands of steps is not laid out for it. */
export const gridSize = (space: Space): number => space.reduce((size, entry) => size * countOf(entry), 1);

/** Whether a run of an earlier sweep lies in the space: only such are learnt from. */
export function isInside(space: Space, params: TrialParams): boolean {
  return space.every((entry) => {
    const value = Object.hasOwn(params, entry.name) ? params[entry.name] : undefined;
    if (value === undefined) return entry.when !== null;
    if (entry.kind === "choice") return entry.values.includes(value);
    if (typeof value !== "number" || value < entry.low || value > entry.high) return false;
    return entry.kind === "float" || (Number.isInteger(value) && (value - entry.low) % entry.step === 0);
  });
}

