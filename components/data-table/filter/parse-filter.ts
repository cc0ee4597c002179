import type { FilterMark } from "./filter-grammar";
import { type FilterToken, readTokens } from "./read-tokens";

/** The plain language `key op value and key op value …`; `~` means "contains". */

export type FilterOperator = "=" | "!=" | ">" | ">=" | "<" | "<=" | "~";

export type FilterClause = {
  key: string;
  op: FilterOperator;
  value: string;
  quoted: boolean;
  from: number;
  to: number;
};

export type FilterKey = {
  key: string;
  type: "number" | "text" | "choice";
  values?: readonly string[];
  detail?: string;
};

export type ParsedFilter = { clauses: FilterClause[]; marks: FilterMark[] };

const operators = new Set(["=", "!=", ">", ">=", "<", "<=", "~"]);

const isOperator = (text: string): text is FilterOperator => operators.has(text);

const isAnd = (token: FilterToken | undefined) => token?.kind === "word" && token.text.toLowerCase() === "and";

/** Cuts at `and`; an empty part stays, as the place where something is missing. */
function splitAtAnd(tokens: readonly FilterToken[]): FilterToken[][] {
  const parts: FilterToken[][] = [[]];
  for (const token of tokens) {
    if (isAnd(token)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

function readClause(part: readonly FilterToken[]): FilterClause | FilterMark {
  const [key, op, value, extra] = part;
  const last = part.at(-1);
  const place = { from: key?.from ?? 0, to: last?.to ?? 0 };
  if (key?.kind !== "word") return { ...place, message: "A condition starts with a key, such as metrics.auc." };
  if (!op) return { ...place, message: `After ${key.text} comes =, !=, >, >=, <, <= or ~.` };
  if (op.kind !== "operator" || !isOperator(op.text))
    return { from: op.from, to: op.to, message: `“${op.text}” is not a comparison.` };
  if (!value) return { from: op.from, to: op.to, message: `After ${op.text} comes a value.` };
  if (value.kind === "unended") return { from: value.from, to: value.to, message: "The quote is not closed." };
  if (value.kind === "operator")
    return { from: value.from, to: value.to, message: "A value is expected here; put it in quotes." };
  if (extra) return { from: extra.from, to: last?.to ?? extra.to, message: "Conditions are joined by “and”." };
  return { ...place, key: key.text, op: op.text, value: value.text, quoted: value.kind === "quoted" };
}

/** Judges a clause against the keys that exist; with no list of keys, any key will do. */
function judgeClause(clause: FilterClause, keys: readonly FilterKey[]): FilterMark | undefined {
  if (keys.length === 0) return undefined;
  const known = keys.find((each) => each.key === clause.key);
  const place = { from: clause.from, to: clause.to };
  if (!known)
    return { from: clause.from, to: clause.from + clause.key.length, message: `There is no key ${clause.key}.` };
  if (known.type === "number" && (clause.value.trim() === "" || Number.isNaN(Number(clause.value))))
    return { ...place, message: `${clause.key} is a number; “${clause.value}” is not.` };
  if (known.type !== "number" && !["=", "!=", "~"].includes(clause.op))
    return { ...place, message: `${clause.key} is text; it is compared by =, != or ~.` };
  if (known.type === "choice" && clause.op !== "~" && known.values && !known.values.includes(clause.value))
    return { ...place, message: `${clause.key} is one of ${known.values.join(", ")}.` };
  return undefined;
}

export function parseFilter(text: string, keys: readonly FilterKey[] = []): ParsedFilter {
  const tokens = readTokens(text);
  if (tokens.length === 0) return { clauses: [], marks: [] };
  const clauses: FilterClause[] = [];
  const marks: FilterMark[] = [];
  for (const part of splitAtAnd(tokens)) {
    const read =
      part.length === 0
        ? { from: 0, to: text.length, message: "A condition is missing beside “and”." }
        : readClause(part);
    if ("message" in read) marks.push(read);
    else {
      clauses.push(read);
      const judged = judgeClause(read, keys);
      if (judged) marks.push(judged);
    }
  }
  return { clauses, marks };
}
