/** MLflow's searches of its registry: one grammar and one way of paging over models and over versions. Pure. */
import { z } from "zod";
import type { Comparator, Condition, SortKey } from "@/server/domains/experiments/rules/filter";
import { parseFilterInput, parseOrderInput } from "@/server/domains/experiments/rules/parse-filter-input";
import { Invalid } from "@/server/platform/errors";

type Sortable = string | number;

/** What things of one kind are found and sorted by. */
export type Searched<T> = {
  texts: Record<string, (item: T) => string | null>;
  numbers: Record<string, (item: T) => number>;
  tags(item: T): Record<string, string>;
  sorts: Record<string, (item: T) => Sortable>;
  /** Where nothing is asked for; and what tells two apart that are alike in what is. */
  order: string[];
  ties: string[];
};

type Asked = { filter: string; order_by: readonly string[]; page_token?: string | undefined };
type Predicate<T> = (item: T) => boolean;

const textComparators: readonly Comparator[] = ["=", "!=", "LIKE", "ILIKE", "IN", "NOT IN"];
const tagComparators: readonly Comparator[] = ["=", "!=", "LIKE", "ILIKE"];
const numberComparators: readonly Comparator[] = ["=", "!=", "<", "<=", ">", ">="];

/** Clients leave prompts out by this tag, which no model has: it is false where it is not said. */
const promptTag = "mlflow.prompt.is_prompt";

/** `%` is any text and `_` any character. It goes back to the last `%` alone, so that no pattern takes long. */
export function isLike(text: string, pattern: string): boolean {
  let [at, place, back, from] = [0, 0, -1, 0];
  while (at < text.length) {
    const wanted = pattern[place];
    if (wanted === "%") {
      back = place;
      from = at;
      place += 1;
    } else if (wanted === "_" || wanted === text[at]) {
      at += 1;
      place += 1;
    } else if (back >= 0) {
      from += 1;
      at = from;
      place = back + 1;
    } else return false;
  }
  return /^%*$/.test(pattern.slice(place));
}

function textHolds(value: string | null, comparator: Comparator, wanted: readonly string[]): boolean {
  const [first = ""] = wanted;
  if (value === null) return false;
  if (comparator === "=") return value === first;
  if (comparator === "!=") return value !== first;
  if (comparator === "LIKE") return isLike(value, first);
  if (comparator === "ILIKE") return isLike(value.toLowerCase(), first.toLowerCase());
  return wanted.includes(value) === (comparator === "IN");
}

function numberHolds(value: number, comparator: Comparator, wanted: number): boolean {
  if (comparator === "=") return value === wanted;
  if (comparator === "!=") return value !== wanted;
  if (comparator === "<") return value < wanted;
  if (comparator === "<=") return value <= wanted;
  return comparator === ">" ? value > wanted : value >= wanted;
}

const refuse = (message: string, field = "filter"): never => {
  throw new Invalid(message, { field });
};

const listed = (names: Record<string, unknown>) => Object.keys(names).join(", ");

function assertComparator(allowed: readonly Comparator[], { key, comparator }: Condition): void {
  if (!allowed.includes(comparator)) refuse(`Invalid comparator for ${key}: ${comparator}. Valid ones are ${allowed.join(", ")}.`);
}

function textsOf({ key, values }: Condition): string[] {
  return values.map((value) => (typeof value === "string" ? value : refuse(`Expected a quoted string value for ${key}. Got value ${value}`)));
}

function wholeOf({ key, values: [value = ""] }: Condition): number {
  return /^[+-]?\d+$/.test(String(value)) ? Number(value) : refuse(`Invalid value for numeric attribute '${key}': ${JSON.stringify(value)}`);
}

function predicateOf<T>(of: Searched<T>, condition: Condition): Predicate<T> {
  const { scope, key, comparator } = condition;
  if (scope === "tag") {
    assertComparator(tagComparators, condition);
    const wanted = textsOf(condition);
    return (item) => {
      const tags = of.tags(item);
      return textHolds(Object.hasOwn(tags, key) ? (tags[key] ?? null) : key === promptTag ? "false" : null, comparator, wanted);
    };
  }
  if (scope !== "attribute") return refuse(`Invalid entity type '${scope}'. Valid entity types are attribute, tag.`);
  const text = Object.hasOwn(of.texts, key) ? of.texts[key] : undefined;
  if (text) {
    assertComparator(textComparators, condition);
    const wanted = textsOf(condition);
    return (item) => textHolds(text(item), comparator, wanted);
  }
  const number = Object.hasOwn(of.numbers, key) ? of.numbers[key] : undefined;
  if (!number) return refuse(`Invalid attribute key '${key}' specified. Valid keys are ${listed({ ...of.texts, ...of.numbers })}.`);
  assertComparator(numberComparators, condition);
  const wanted = wholeOf(condition);
  return (item) => numberHolds(number(item), comparator, wanted);
}

type Term<T> = { name: string; value: (item: T) => Sortable; descending: boolean };

function termsOf<T>({ sorts, order, ties }: Searched<T>, asked: readonly string[]): Term<T>[] {
  const terms: Term<T>[] = [];
  const add = ({ scope, key, descending }: SortKey, isTie: boolean) => {
    const value = scope === "attribute" && Object.hasOwn(sorts, key) ? sorts[key] : undefined;
    if (!value) return refuse(`Invalid order by key '${key}' specified. Valid keys are ${listed(sorts)}.`, "order_by");
    if (!terms.some(({ name }) => name === key)) terms.push({ name: key, value, descending });
    else if (!isTie) refuse(`\`order_by\` contains duplicate fields: ${asked.join(", ")}`, "order_by");
  };
  for (const key of parseOrderInput(asked.length > 0 ? asked : order)) add(key, false);
  for (const key of parseOrderInput(ties)) add(key, true);
  return terms;
}

const Token = z.array(z.union([z.string(), z.number()]));

/** The order is in it: a token of another search is refused. */
const nameOf = <T>(terms: readonly Term<T>[]) => terms.map(({ name, descending }) => `${name} ${descending ? "DESC" : "ASC"}`).join(", ");

function keyAfter<T>(token: string | undefined, terms: readonly Term<T>[]): Sortable[] | null {
  if (!token) return null;
  try {
    const parsed = Token.safeParse(JSON.parse(Buffer.from(token, "base64url").toString("utf8")));
    if (parsed.success && parsed.data.length === terms.length + 1 && parsed.data[0] === nameOf(terms)) return parsed.data.slice(1);
  } catch {
    // Falls through to the refusal.
  }
  return refuse("The page token is not one of this search.", "page_token");
}

function compareKeys<T>(terms: readonly Term<T>[], a: readonly Sortable[], b: readonly Sortable[]): number {
  for (const [index, { descending }] of terms.entries()) {
    const [x = "", y = ""] = [a[index], b[index]];
    if (x !== y) return x < y === descending ? 1 : -1;
  }
  return 0;
}

/** A search as it was asked for; refused where it has what is not known. `fitsName` tells what its name alone leaves. */
export function searchOf<T>(of: Searched<T>, { filter, order_by, page_token }: Asked) {
  const conditions = parseFilterInput(filter);
  const predicates = conditions.map((condition) => predicateOf(of, condition));
  const terms = termsOf(of, order_by);
  const after = keyAfter(page_token, terms);
  const names = conditions.filter(({ scope, key }) => scope === "attribute" && key === "name");
  return {
    /** The one name that can fit, where the search says so. */
    name: names.flatMap(({ comparator, values }) => (comparator === "=" ? values.map(String) : []))[0] ?? null,
    fitsName: (name: string) => names.every((condition) => textHolds(name, condition.comparator, condition.values.map(String))),
    pageOf(items: readonly T[], limit: number): { page: T[]; next: string | null } {
      const keyed = items.filter((item) => predicates.every((fits) => fits(item))).map((item) => ({ item, key: terms.map(({ value }) => value(item)) }));
      const left = after === null ? keyed : keyed.filter(({ key }) => compareKeys(terms, key, after) > 0);
      const page = left.sort((a, b) => compareKeys(terms, a.key, b.key)).slice(0, limit);
      const last = page.at(-1);
      const next = left.length > limit && last ? Buffer.from(JSON.stringify([nameOf(terms), ...last.key])).toString("base64url") : null;
      return { page: page.map(({ item }) => item), next };
    },
  };
}
