/** The runs' own filter language for the filter bar: faults with their place, and what may come next. */
import type { FilterCompletion, FilterGrammar, FilterMark } from "@/components/data-table/filter/filter-grammar";
import type { RunKeys } from "@/server/domains/experiments/contract/run";
import { aggregates, parseFilter } from "@/server/domains/experiments/rules/filter";
import { FilterError } from "@/server/domains/experiments/rules/filter-tokens";
import { exampleFilter, fieldText, quoted } from "./filter-text";
import { placeInFilter } from "./split-condition";

const SHOWN = 40;

const attributes: Record<string, string> = {
  status: "state",
  run_name: "text",
  user_id: "who started it",
  start_time: "ms since 1970",
  end_time: "ms since 1970",
  duration: "ms",
  run_id: "32 hex digits",
};
const attributeNames = new Set([...Object.keys(attributes), "name", "artifact_uri", "created", "lifecycle_stage"]);
const states = ["running", "queued", "succeeded", "failed", "cancelled"];

function check(text: string): FilterMark[] {
  try {
    const unknown = parseFilter(text).find((each) => each.scope === "attribute" && !attributeNames.has(each.key.toLowerCase()));
    if (!unknown) return [];
    const from = Math.max(0, text.indexOf(unknown.key));
    const message = `Runs have no ${unknown.key}; write metrics.${unknown.key}, params.${unknown.key} or tags.${unknown.key}.`;
    return [{ from, to: from + unknown.key.length, message }];
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    const message = error.message.replace(/^Invalid filter: /, "").replace(/ at position \d+/, "");
    return [{ from: error.start, to: error.end, message: `${message[0]?.toUpperCase()}${message.slice(1)}.` }];
  }
}

type Option = { text: string; detail?: string };

const aggregateDetails: Record<string, string> = {
  min: "least value", max: "greatest value", mean: "mean of its values", count: "how many points", last_step: "step of the last", min_step: "step of the least", max_step: "step of the greatest",
  first_time: "ms since 1970", last_time: "ms since 1970",
};

/** `max(metrics.auc)`, once the name of what is called is begun. */
function calls(keys: RunKeys, typed: string): Option[] {
  const called = aggregates.filter((name) => name !== "last" && typed !== "" && (typed.toLowerCase().startsWith(`${name}(`) || name.startsWith(typed.toLowerCase())));
  return called.flatMap((name) => keys.metrics.map(({ key }) => ({ text: `${name}(${fieldText("metrics", key)})`, detail: aggregateDetails[name] })));
}

function fields(keys: RunKeys): Option[] {
  return [
    ...keys.metrics.map(({ key, runs }) => ({ text: fieldText("metrics", key), detail: `metric of ${runs}` })),
    ...keys.params.map(({ key, runs }) => ({ text: fieldText("params", key), detail: `param of ${runs}` })),
    ...Object.entries(attributes).map(([text, detail]) => ({ text, detail })),
    ...keys.tags.filter(({ key }) => !key.startsWith("mlflow.")).map(({ key }) => ({ text: fieldText("tags", key), detail: "tag" })),
  ];
}

const bareKey = (field: string) => field.replace(/^[^.]*\./, "").replaceAll("`", "");

function operators(field: string): Option[] {
  const isNumber = /metric/.test(field) || /^(start_time|end_time|duration)$/.test(field);
  const compared = isNumber ? [">", ">=", "<", "<=", "=", "!="] : ["=", "!=", "LIKE", "ILIKE", "IN"];
  const details: Record<string, string> = { LIKE: "% stands for anything", ILIKE: "in any case", IN: "('a', 'b')" };
  return [...compared.map((text) => ({ text, detail: details[text] })), { text: "IS NULL", detail: "not logged" }];
}

function values(field: string, keys: RunKeys): Option[] {
  if (/^(attributes?\.|attr\.|run\.)?status$/.test(field)) return states.map((text) => ({ text }));
  const list = /^param/.test(field) ? keys.params : /^tag/.test(field) ? keys.tags : [];
  const known = list.find((each) => each.key === bareKey(field));
  return (known?.values ?? []).map((value) => ({ text: quoted(value) }));
}

function fitting(options: readonly Option[], typed: string, from: number, to: number): FilterCompletion[] {
  const wanted = typed.toLowerCase().replace(/["'`]/g, "");
  const plainText = (option: Option) => option.text.toLowerCase().replace(/["'`]/g, "");
  const starts = options.filter((option) => plainText(option).startsWith(wanted));
  const holds = options.filter((option) => !starts.includes(option) && plainText(option).includes(wanted));
  return [...starts, ...holds].slice(0, SHOWN).map(({ text, detail }) => ({ text: `${text} `, detail, from, to }));
}

/** Who types a part of a name looks for runs that are called so. */
function named(typed: string, from: number, to: number): FilterCompletion[] {
  if (typed.length < 2 || !/^[\w-]+$/.test(typed)) return [];
  return [{ text: `run_name ILIKE ${quoted(`%${typed}%`)} `, detail: "in the run’s name", from, to }];
}

export type WantedValues = { field: { scope: "param" | "tag"; key: string }; find: string };

/** Whose values are wanted where someone types one. */
export function wantedValues(text: string, cursor: number): WantedValues | null {
  const place = placeInFilter(text, cursor);
  if (place.want !== "value") return null;
  const scope = /^param/.test(place.field) ? "param" : /^tag/.test(place.field) ? "tag" : null;
  const key = bareKey(place.field);
  return scope && key ? { field: { scope, key }, find: place.typed.replace(/["'`]/g, "").slice(0, 200) } : null;
}

/** The keys with values that were found beside those that are known. */
export function withValues(keys: RunKeys, { field }: WantedValues, found: readonly string[]): RunKeys {
  const list = field.scope === "param" ? "params" : "tags";
  return { ...keys, [list]: keys[list].map((each) => (each.key === field.key ? { ...each, values: [...new Set([...found, ...each.values])] } : each)) };
}

export function completeRunFilter(text: string, cursor: number, keys: RunKeys): FilterCompletion[] {
  const place = placeInFilter(text, cursor);
  if (place.want === "field") return [...fitting([...fields(keys), ...calls(keys, place.typed)], place.typed, place.from, cursor), ...named(place.typed, place.from, cursor)];
  if (place.want === "operator") return fitting(operators(place.field), place.typed, place.from, cursor);
  if (place.want === "value") return fitting(values(place.field, keys), place.typed, place.from, cursor);
  return fitting([{ text: "and", detail: "one more condition" }], place.typed, place.from, cursor);
}

export function runGrammar(keys: RunKeys): FilterGrammar {
  return { check, complete: (text, cursor) => completeRunFilter(text, cursor, keys), example: exampleFilter(keys) };
}
