/** Runs that belong together: by a param's or tag's value, or because they repeat each other but for a seed; pure. */
import type { Comparison, PairColumn } from "@/server/domains/experiments/contract/compare";

export type GroupedRuns = { name: string; /** Places in the comparison's runs. */ places: number[] };

/** `seed`, `random_state`, `model.seed`, `numpy_seed`: what changes from one repeat of a run to the next. */
export const isSeedLike = (key: string): boolean => /(^|[._\-/ ])(seed|random_state|rng|fold|repeat|repetition|replicate)(_?(no|id|index|number))?$/i.test(key);

const absent = "not set";
const groupsAtMost = 200;

function fieldOf({ params, tags }: Pick<Comparison, "params" | "tags">, by: string): PairColumn | undefined {
  if (by.startsWith("params.")) return params.find(({ key }) => key === by.slice(7));
  return by.startsWith("tags.") ? tags.find(({ key }) => key === by.slice(5)) : undefined;
}

function gathered(count: number, nameOf: (place: number) => string): GroupedRuns[] {
  const groups = new Map<string, GroupedRuns>();
  for (let place = 0; place < count; place += 1) {
    const name = nameOf(place);
    const known = groups.get(name);
    if (known) known.places.push(place);
    else groups.set(name, { name, places: [place] });
  }
  return [...groups.values()];
}

const parts = (name: string) => name.split(/(\d+\.?\d*(?:e[+-]?\d+)?)/i);

/** 0.01 before 0.1, 2 before 10, 1e-4 before 1e-3: a collator takes the digits behind a point for a number of their own. */
function byName(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  for (const [index, part] of left.entries()) {
    const other = right[index] ?? "";
    const order = index % 2 === 1 ? Number(part) - Number(other) : part.localeCompare(other, "en");
    if (order !== 0 && !Number.isNaN(order)) return order;
  }
  return left.length - right.length;
}

/** Every params but the seed-like ones are a run's settings; a group is named by those that differ between groups. */
function repeats({ params }: Pick<Comparison, "params">, count: number): GroupedRuns[] {
  const telling = params.filter(({ key, values }) => !isSeedLike(key) && new Set(values).size > 1);
  // Runs of which no setting is known repeat nothing.
  const isKnown = (place: number) => params.some(({ values }) => (values[place] ?? null) !== null);
  if (telling.length === 0) return gathered(count, (place) => (isKnown(place) ? "all runs" : `no params, run ${place + 1}`));
  return gathered(count, (place) => (isKnown(place) ? null : `no params, run ${place + 1}`) ?? telling.map(({ key, values }) => `${key} ${values[place] ?? absent}`).join(" · "));
}

/** Of a comparison, what groups are made from. */
export type Groupable = Pick<Comparison, "params" | "tags"> & { runs: readonly unknown[] };

/** Groups in a stable order, or null where the address asks for none that these runs have. */
export function groupRuns(comparison: Groupable, by: string | null): GroupedRuns[] | null {
  const count = comparison.runs.length;
  if (by === null) return null;
  const field = fieldOf(comparison, by);
  if (by !== "repeats" && !field) return null;
  const groups = field ? gathered(count, (place) => `${field.key} ${field.values[place] ?? absent}`) : repeats(comparison, count);
  return groups.sort((a, b) => byName(a.name, b.name)).slice(0, groupsAtMost);
}

/** Whether at least two groups of settings were run more than once: then their differences can be judged. */
export function hasRepeats(comparison: Groupable): boolean {
  if (!comparison.params.some(({ key, values }) => isSeedLike(key) && new Set(values).size > 1)) return false;
  return repeats(comparison, comparison.runs.length).filter(({ places }) => places.length > 1).length > 1;
}

export type GroupChoice = { value: string; label: string };

/** What runs can be grouped by: fields with at least two values, and fewer of them than runs. */
export function groupChoices({ params, tags, runs }: Groupable): GroupChoice[] {
  const telling = ({ values }: PairColumn) => {
    const distinct = new Set(values).size;
    return distinct > 1 && distinct < runs.length && distinct <= groupsAtMost;
  };
  const of = (scope: "params" | "tags", columns: readonly PairColumn[]) => columns.filter(telling).map(({ key }) => ({ value: `${scope}.${key}`, label: `${scope === "params" ? "Param" : "Tag"} ${key}` }));
  return [...of("params", params), ...of("tags", tags)];
}
