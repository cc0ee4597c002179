import type { FilterCompletion, FilterGrammar } from "./filter-grammar";
import { type FilterKey, parseFilter } from "./parse-filter";
import { type FilterToken, readTokens } from "./read-tokens";

const SHOWN = 50;

type Place = { want: "key" | "operator" | "value" | "and"; key?: FilterKey; typed: string; from: number; to: number };

const plainKey = /^[^\s"'<>=!~`]+$/;

const quoteKey = (key: string) => (plainKey.test(key) ? key : `\`${key}\``);

const quoteValue = (value: string) => (/^[\w.:/-]+$/.test(value) ? value : `"${value.replace(/["\\]/g, "\\$&")}"`);

/** What may stand at the cursor, judged by the tokens of the current condition before it. */
function placeAt(text: string, cursor: number, keys: readonly FilterKey[]): Place {
  const before = readTokens(text.slice(0, cursor));
  const lastAnd = before.findLastIndex(
    (token) => token.kind === "word" && token.text.toLowerCase() === "and" && token.to < cursor,
  );
  const part = before.slice(lastAnd + 1);
  const touching = part.at(-1)?.to === cursor ? part.at(-1) : undefined;
  const done = touching && touching.kind !== "operator" ? part.length - 1 : part.length;
  const from = touching && touching.kind !== "operator" ? touching.from : cursor;
  const typed = touching && touching.kind !== "operator" ? touching.text.replace(/^["'`]/, "") : "";
  const wants = ["key", "operator", "value", "and"] as const;
  const keyToken: FilterToken | undefined = part[0];
  const key = keyToken && keys.find((each) => each.key === keyToken.text);
  return { want: wants[Math.min(done, 3)] ?? "and", key, typed, from, to: cursor };
}

function fitting(
  options: readonly { text: string; shown: string; detail?: string }[],
  place: Place,
): FilterCompletion[] {
  const wanted = place.typed.toLowerCase();
  const starts = options.filter((option) => option.shown.toLowerCase().startsWith(wanted));
  const holds = options.filter((option) => !starts.includes(option) && option.shown.toLowerCase().includes(wanted));
  return [...starts, ...holds]
    .slice(0, SHOWN)
    .map((option) => ({ text: `${option.text} `, detail: option.detail, from: place.from, to: place.to }));
}

export function completeFilter(text: string, cursor: number, keys: readonly FilterKey[]): FilterCompletion[] {
  const place = placeAt(text, cursor, keys);
  if (place.want === "key")
    return fitting(
      keys.map((key) => ({ text: quoteKey(key.key), shown: key.key, detail: key.detail ?? key.type })),
      place,
    );
  if (place.want === "operator") {
    const signs = place.key?.type === "number" ? [">", ">=", "<", "<=", "=", "!="] : ["=", "!=", "~"];
    const names: Record<string, string> = { "=": "is", "!=": "is not", "~": "contains" };
    return fitting(
      signs.map((sign) => ({ text: sign, shown: sign, detail: names[sign] })),
      place,
    );
  }
  if (place.want === "value")
    return fitting(
      (place.key?.values ?? []).map((value) => ({ text: quoteValue(value), shown: value })),
      place,
    );
  return fitting([{ text: "and", shown: "and", detail: "one more condition" }], place);
}

/** The plain language over a list of keys, ready for the filter bar. */
export function simpleGrammar(
  keys: readonly FilterKey[],
  example = 'metrics.auc > 0.9 and params.lr = "0.1"',
): FilterGrammar {
  return {
    check: (text) => parseFilter(text, keys).marks,
    complete: (text, cursor) => completeFilter(text, cursor, keys),
    example,
  };
}
