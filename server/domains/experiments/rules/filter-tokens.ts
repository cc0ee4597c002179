/** Splits a search filter (MLflow's grammar) into tokens, with positions for the filter bar to mark. */

export type TokenKind = "word" | "quoted" | "string" | "number" | "operator" | "punctuation";
export type Token = { kind: TokenKind; text: string; start: number; end: number };

export class FilterError extends Error {
  constructor(
    message: string,
    readonly start: number,
    readonly end: number,
  ) {
    super(message);
  }
}

const patterns: [TokenKind, RegExp][] = [
  ["string", /'(?:[^'\\]|\\.)*'/y],
  ["quoted", /"(?:[^"\\]|\\.)*"|`[^`]*`/y],
  ["operator", /!=|<=|>=|=|<|>/y],
  ["number", /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w.])/y],
  ["word", /[\p{L}_][\p{L}\p{N}_-]*(?:\/[\p{L}\p{N}_-]+)*/uy],
  ["punctuation", /[().,]/y],
];

/** Throws a FilterError at the first character that starts no token. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at] ?? "")) {
      at += 1;
      continue;
    }
    const token = nextToken(text, at);
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

function nextToken(text: string, at: number): Token {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return { kind, text: match[0], start: at, end: at + match[0].length };
  }
  throw new FilterError(`Invalid filter: ${JSON.stringify(text[at])} at position ${at + 1} starts nothing that is known`, at, at + 1);
}
