/** Patterns of people's recipes, on an engine whose time is linear in the text: RE2. Never in a browser's first script. */
import { RE2JS, RE2JSException } from "re2js";

export type Pattern = { matches: (text: string) => boolean; size: number };

/** Instructions of all patterns of a recipe together; a text's characters. Their product is what a check may take. */
export const sizeAtMost = 2_000;
export const textAtMost = 500;

/** What is wrong with it, in words. */
export function compilePattern(source: string): Pattern | string {
  try {
    const compiled = RE2JS.compile(RE2JS.translateRegExp(source));
    return { size: compiled.programSize(), matches: (text) => compiled.matcher(text).find() };
  } catch (error) {
    if (error instanceof RE2JSException) return `${error.message.replace(/^error parsing regexp: /, "").slice(0, 200)} (a pattern is RE2's: without lookaround and back-references).`;
    throw error;
  }
}

const tooLarge = `its repetitions are more than a check may take: ${sizeAtMost} steps for all of a recipe's patterns together.`;

/** By parameter, what is wrong with each; once they are too large together, the rest is not looked at. */
export function compilePatterns(sources: Iterable<readonly [name: string, source: string]>): Map<string, Pattern | string> {
  const compiled = new Map<string, Pattern | string>();
  let size = 0;
  for (const [name, source] of sources) {
    const pattern = size > sizeAtMost ? tooLarge : compilePattern(source);
    if (typeof pattern !== "string") size += pattern.size;
    compiled.set(name, size > sizeAtMost ? tooLarge : pattern);
  }
  return compiled;
}

/** What is wrong with a text. */
export function matchFault(pattern: Pattern | string, source: string, text: string): string | null {
  if (typeof pattern === "string") return `Its pattern can't be checked: ${pattern} Register the recipe anew with another.`;
  if (text.length > textAtMost) return `At most ${textAtMost} characters, where a pattern is to be matched.`;
  return pattern.matches(text) ? null : `It must match ${source}.`;
}
