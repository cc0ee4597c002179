/** Cuts a filter expression into words, operators and quoted texts, each with its place. */

export type FilterToken = { kind: "word" | "operator" | "quoted" | "unended"; text: string; from: number; to: number };

const TOKEN =
  /\s+|(>=|<=|!=|=|>|<|~)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(["'][\s\S]*)|((?:`[^`]*`|[^\s"'<>=!~`]|!(?!=))+|`[^`]*)/g;

function unquote(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/g, "$1");
}

export function readTokens(text: string): FilterToken[] {
  const tokens: FilterToken[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const [whole, operator, quoted, unended, word] = match;
    const place = { from: match.index, to: match.index + whole.length };
    if (operator) tokens.push({ kind: "operator", text: operator, ...place });
    else if (quoted) tokens.push({ kind: "quoted", text: unquote(quoted), ...place });
    else if (unended) tokens.push({ kind: "unended", text: unended, ...place });
    else if (word) tokens.push({ kind: "word", text: word.replaceAll("`", ""), ...place });
  }
  return tokens;
}
