import type { LogEntry } from "./log-entry";
import { plainText } from "./parse-ansi";

/** Indexes of the lines that hold the text, case ignored. */
export function findInLog(lines: readonly LogEntry[], query: string): number[] {
  const wanted = query.toLowerCase();
  if (wanted === "") return [];
  const found: number[] = [];
  for (const [index, line] of lines.entries())
    if (plainText(line.text).toLowerCase().includes(wanted)) found.push(index);
  return found;
}

/** Cuts a text at the matches: odd parts are the matches. */
export function splitMatches(text: string, query: string): string[] {
  if (query === "") return [text];
  const lower = text.toLowerCase();
  const wanted = query.toLowerCase();
  const parts: string[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, from)) {
    parts.push(text.slice(from, at), text.slice(at, at + wanted.length));
    from = at + wanted.length;
  }
  return [...parts, text.slice(from)];
}
