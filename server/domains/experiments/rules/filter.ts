/** Parses a search filter into conditions joined by AND: `metrics.auc > 0.9 and params.lr = '0.1'`. */
import { FilterError, type Token, tokenize } from "./filter-tokens";

export const filterScopes = ["metric", "param", "tag", "attribute", "dataset"] as const;
export type FilterScope = (typeof filterScopes)[number];
/** Scopes whose keys people name as they like. */
export type KeyScope = Extract<FilterScope, "metric" | "param" | "tag">;
/** Of a metric's summary; times in ms since 1970. */
export const aggregates = ["last", "min", "max", "mean", "count", "last_step", "min_step", "max_step", "first_time", "last_time"] as const;
export type Aggregate = (typeof aggregates)[number];
export type Comparator = "=" | "!=" | "<" | "<=" | ">" | ">=" | "LIKE" | "ILIKE" | "IN" | "NOT IN" | "IS NULL" | "IS NOT NULL";
export type Condition = { scope: FilterScope; key: string; aggregate: Aggregate; comparator: Comparator; values: (string | number)[] };
export type FieldRef = Pick<Condition, "scope" | "key" | "aggregate">;

const scopeOfPrefix: Record<string, FilterScope> = {
  metric: "metric", metrics: "metric", param: "param", params: "param", parameter: "param", parameters: "param",
  tag: "tag", tags: "tag", attribute: "attribute", attributes: "attribute", attr: "attribute", run: "attribute",
  dataset: "dataset", datasets: "dataset",
};
const aggregateOf = (word: string) => aggregates.find((name) => name === word.toLowerCase());

class Reader {
  private at = 0;
  constructor(
    private readonly tokens: readonly Token[],
    private readonly length: number,
  ) {}

  peek(): Token | undefined {
    return this.tokens[this.at];
  }

  next(expected: string): Token {
    const token = this.tokens[this.at];
    if (!token) throw new FilterError(`Invalid filter: ${expected} is missing at its end`, this.length, this.length);
    this.at += 1;
    return token;
  }

  takeWord(word: string): boolean {
    const token = this.peek();
    if (token?.kind !== "word" || token.text.toUpperCase() !== word) return false;
    this.at += 1;
    return true;
  }

  takePunctuation(text: string): boolean {
    if (this.peek()?.kind !== "punctuation" || this.peek()?.text !== text) return false;
    this.at += 1;
    return true;
  }
}

const fail = (token: Token, message: string): never => {
  throw new FilterError(`Invalid filter: ${message} at position ${token.start + 1}`, token.start, token.end);
};

const unquote = (text: string) => text.slice(1, -1).replace(/\\(.)/g, "$1");

const nameOf = (token: Token): string => (token.kind === "quoted" ? unquote(token.text) : token.text);

/** `metrics.a.b` is the metric `a.b`: after the prefix, dots belong to the key. */
function readKey(reader: Reader, first: Token): { scope: FilterScope; key: string } {
  if (first.kind !== "word" && first.kind !== "quoted") fail(first, `a field is expected, not ${first.text}`);
  const parts = [nameOf(first)];
  while (reader.takePunctuation(".")) parts.push(nameOf(reader.next("a name after the dot")));
  const scope = first.kind === "word" ? scopeOfPrefix[first.text.toLowerCase()] : undefined;
  if (parts.length === 1) return { scope: "attribute", key: parts[0] ?? "" };
  if (!scope) return fail(first, `the prefix ${first.text} is none of metrics, params, tags, attributes, datasets`);
  return { scope, key: parts.slice(1).join(".") };
}

function readField(reader: Reader): FieldRef {
  const first = reader.next("a field");
  const called = first.kind === "word" ? aggregateOf(first.text) : undefined;
  if (!called || !reader.takePunctuation("(")) return { ...readKey(reader, first), aggregate: "last" };
  const field = readKey(reader, reader.next("a metric"));
  if (field.scope !== "metric") fail(first, `${first.text}() takes a metric`);
  if (!reader.takePunctuation(")")) fail(first, `${first.text}( is not closed`);
  return { ...field, aggregate: called };
}

function readComparator(reader: Reader): Comparator {
  if (reader.takeWord("IS")) {
    const isNegated = reader.takeWord("NOT");
    if (!reader.takeWord("NULL")) fail(reader.next("NULL"), "NULL is expected after IS");
    return isNegated ? "IS NOT NULL" : "IS NULL";
  }
  if (reader.takeWord("NOT")) {
    if (!reader.takeWord("IN")) fail(reader.next("IN"), "IN is expected after NOT");
    return "NOT IN";
  }
  const token = reader.next("a comparison");
  if (token.kind === "operator") return token.text as Comparator;
  const word = token.text.toUpperCase();
  if (word === "LIKE" || word === "ILIKE" || word === "IN") return word;
  return fail(token, `${token.text} is no comparison`);
}

function readValue(reader: Reader): string | number {
  const token = reader.next("a value");
  if (token.kind === "number") return Number(token.text);
  if (token.kind === "string" || token.kind === "quoted") return unquote(token.text);
  if (token.kind === "word") return token.text;
  return fail(token, `a value is expected, not ${token.text}`);
}

function readList(reader: Reader): (string | number)[] {
  const open = reader.peek();
  if (!reader.takePunctuation("(")) fail(open ?? reader.next("("), "a list in parentheses is expected");
  const values = [readValue(reader)];
  while (reader.takePunctuation(",")) values.push(readValue(reader));
  if (!reader.takePunctuation(")")) fail(reader.next(")"), "the list is not closed");
  return values;
}

function readCondition(reader: Reader): Condition {
  const start = reader.peek();
  const field = readField(reader);
  const comparator = readComparator(reader);
  const isUnary = comparator === "IS NULL" || comparator === "IS NOT NULL";
  const isList = comparator === "IN" || comparator === "NOT IN";
  const values = isUnary ? [] : isList ? readList(reader) : [readValue(reader)];
  if (field.scope === "metric" && !isUnary && start && values.some((value) => typeof value !== "number" && !Number.isFinite(Number(value)))) {
    fail(start, "a metric is compared with a number");
  }
  return { ...field, comparator, values: field.scope === "metric" ? values.map(Number) : values };
}

/** Conditions of a filter, all of which must hold. Throws a FilterError with the place of the fault. */
export function parseFilter(text: string): Condition[] {
  const tokens = tokenize(text);
  if (tokens.length === 0) return [];
  const reader = new Reader(tokens, text.length);
  const conditions = [readCondition(reader)];
  while (reader.peek()) {
    if (!reader.takeWord("AND")) fail(reader.next("AND"), "conditions are joined by AND");
    conditions.push(readCondition(reader));
  }
  return conditions;
}

export type SortKey = FieldRef & { descending: boolean };

/** One `order_by` clause: a field, then ASC (the default) or DESC. */
export function parseOrder(text: string): SortKey {
  const reader = new Reader(tokenize(text), text.length);
  const field = readField(reader);
  const descending = reader.takeWord("DESC");
  if (!descending) reader.takeWord("ASC");
  const rest = reader.peek();
  if (rest) fail(rest, `${rest.text} is not expected`);
  return { ...field, descending };
}
