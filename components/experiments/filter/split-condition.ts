/** Where the cursor stands in a filter: in a field, an operator, a value, or behind a whole condition. */
import { FilterError, type Token, tokenize } from "@/server/domains/experiments/rules/filter-tokens";

export type FilterPlace =
  | { want: "field" | "operator" | "and"; typed: string; from: number; field: string }
  | { want: "value"; typed: string; from: number; field: string; operator: string };

/** Tokens up to the cursor; what starts no whole token (an open quote) is left as `rest`. */
function tokensBefore(text: string): { tokens: Token[]; rest: number | null } {
  try {
    return { tokens: tokenize(text), rest: null };
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    return { tokens: tokenize(text.slice(0, error.start)), rest: error.start };
  }
}

const isWord = (token: Token | undefined, text: string) => token?.kind === "word" && token.text.toUpperCase() === text;

/** Tokens of the field at the start of a condition: `name`, `metrics.auc`, `max(metrics.auc)`. */
function fieldLength(tokens: readonly Token[]): number {
  let at = tokens[1]?.text === "(" ? 2 : 0;
  const called = at === 2;
  if (!tokens[at]) return tokens.length;
  at += 1;
  while (tokens[at]?.text === ".") at += 2;
  if (called && tokens[at]?.text === ")") at += 1;
  return Math.min(at, tokens.length);
}

function operatorLength(tokens: readonly Token[]): number {
  const [first, second] = tokens;
  if (!first) return 0;
  if (isWord(first, "NOT") && isWord(second, "IN")) return 2;
  if (isWord(first, "IS")) return isWord(second, "NOT") ? 2 : 1;
  return first.kind === "operator" || /^(like|ilike|in)$/i.test(first.text) ? 1 : 0;
}

export function placeInFilter(text: string, cursor: number): FilterPlace {
  const before = text.slice(0, cursor);
  const { tokens, rest } = tokensBefore(before);
  const lastAnd = tokens.findLastIndex((token) => isWord(token, "AND") && token.end < cursor);
  const part = tokens.slice(lastAnd + 1);
  const open = rest ?? null;
  const touched = open === null && part.at(-1)?.end === cursor ? part.length - 1 : part.length;
  const start = part[0]?.start ?? open ?? cursor;
  const fieldTokens = fieldLength(part);
  const fieldEnd = part[fieldTokens - 1]?.end ?? start;
  const field = before.slice(start, fieldEnd);
  if (part.length === 0 || touched < fieldTokens || (open !== null && part.length <= fieldTokens))
    return { want: "field", typed: before.slice(start), from: start, field: "" };
  const after = part.slice(fieldTokens);
  const operatorTokens = operatorLength(after);
  const operatorAt = after[0]?.start ?? cursor;
  if (operatorTokens === 0 || (touched < fieldTokens + operatorTokens && after[0]?.kind === "word"))
    return { want: "operator", typed: before.slice(operatorAt), from: operatorAt, field };
  const valueToken = after[operatorTokens];
  const operator = after.slice(0, operatorTokens).map((token) => token.text.toLowerCase()).join(" ");
  const valueAt = valueToken?.start ?? open ?? cursor;
  const valueDone = valueToken !== undefined && valueToken.end < cursor;
  if (valueDone || operator.startsWith("is")) {
    const tail = part.at(-1);
    const from = tail && tail.end === cursor && tail !== valueToken ? tail.start : cursor;
    return { want: "and", typed: before.slice(from), from, field };
  }
  return { want: "value", typed: before.slice(valueAt), from: valueAt, field, operator };
}
