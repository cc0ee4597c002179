/**
 * Terminal text → styled segments. Only colours and weights (SGR) are honoured; every other control sequence, links
 * and titles (OSC) included, is dropped. Segments are text: nothing in a log can become markup.
 */

export type AnsiStyle = {
  color?: string;
  background?: string;
  bold?: true;
  dim?: true;
  italic?: true;
  underline?: true;
};

export type AnsiSegment = { text: string; style: AnsiStyle };

const NAMED = [
  "var(--faint)",
  "var(--failed)",
  "var(--succeeded)",
  "var(--warning)",
  "var(--running)",
  "var(--ansi-magenta)",
  "var(--ansi-cyan)",
  "var(--ink)",
];

// CSI … final byte | OSC, DCS, PM, APC … BEL or ST (or the end of the line) | two-byte escapes.
const SEQUENCE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this reads
  /\u001b\[([0-?]*)([ -/]*)([@-~])|\u001b[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\|$)|\u001b[ -/]*[0-~]?/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the same
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

function named(index: number): string {
  return NAMED[index % 8] ?? "var(--ink)";
}

/** A free colour is drawn towards the ink, so that it stays readable on either theme. */
function readable(r: number, g: number, b: number): string {
  return `color-mix(in oklch, rgb(${r} ${g} ${b}) 60%, var(--ink))`;
}

function indexed(index: number): string {
  if (index < 16) return named(index);
  if (index >= 232) return readable(...grey((index - 232) * 10 + 8));
  const cube = index - 16;
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40);
  return readable(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6));
}

const grey = (level: number): [number, number, number] => [level, level, level];

/** `38;5;n` and `38;2;r;g;b`: the colour and how many codes it took. */
function extended(codes: number[], at: number): [string | undefined, number] {
  const byte = (offset: number) => Math.min(255, Math.max(0, codes[at + offset] ?? 0));
  if (codes[at + 1] === 5) return [indexed(byte(2)), 2];
  if (codes[at + 1] === 2) return [readable(byte(2), byte(3), byte(4)), 4];
  return [undefined, 0];
}

function withCode(style: AnsiStyle, code: number): AnsiStyle {
  if (code === 0) return {};
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, dim: true };
  if (code === 3) return { ...style, italic: true };
  if (code === 4) return { ...style, underline: true };
  if (code === 22) return { ...style, bold: undefined, dim: undefined };
  if (code === 23) return { ...style, italic: undefined };
  if (code === 24) return { ...style, underline: undefined };
  if (code === 39) return { ...style, color: undefined };
  if (code === 49) return { ...style, background: undefined };
  if (code >= 30 && code <= 37) return { ...style, color: named(code - 30) };
  if (code >= 90 && code <= 97) return { ...style, color: named(code - 90) };
  if (code >= 40 && code <= 47) return { ...style, background: named(code - 40) };
  if (code >= 100 && code <= 107) return { ...style, background: named(code - 100) };
  return style;
}

function applyCodes(style: AnsiStyle, parameters: string): AnsiStyle {
  const codes = parameters.split(/[;:]/).map((code) => Number(code) || 0);
  let next = style;
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    if (code === 38 || code === 48) {
      const [colour, taken] = extended(codes, at);
      next = code === 38 ? { ...next, color: colour } : { ...next, background: colour };
      at += taken;
    } else next = withCode(next, code);
  }
  return next;
}

/** What a progress bar left on the line: the text after the last carriage return that has any. */
function lastOverwrite(line: string): string {
  if (!line.includes("\r")) return line;
  return (
    line
      .split("\r")
      .filter((part) => part !== "")
      .at(-1) ?? ""
  );
}

export function parseAnsi(line: string): AnsiSegment[] {
  const text = lastOverwrite(line);
  const segments: AnsiSegment[] = [];
  let style: AnsiStyle = {};
  let from = 0;
  const push = (part: string) => {
    const clean = part.replace(CONTROLS, "");
    if (clean !== "") segments.push({ text: clean, style });
  };
  for (const match of text.matchAll(SEQUENCE)) {
    push(text.slice(from, match.index));
    from = match.index + match[0].length;
    if (match[3] === "m" && !match[2]) style = applyCodes(style, match[1] ?? "");
  }
  push(text.slice(from));
  return segments;
}

/** The text alone, for searching and copying. */
export function plainText(line: string): string {
  return lastOverwrite(line).replace(SEQUENCE, "").replace(CONTROLS, "");
}
