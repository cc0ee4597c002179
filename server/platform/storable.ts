import { Invalid } from "./errors";

/** PostgreSQL keeps neither NUL nor half a surrogate pair in text: refused in any string or key of a parsed value. */
export function assertStorable(value: unknown): void {
  if (typeof value === "string") {
    if (value.includes("\0")) throw new Invalid("A text has a NUL character (U+0000), which can't be stored.");
    if (!value.isWellFormed()) throw new Invalid("A text has half of a surrogate pair, which can't be stored.");
  }
  if (value !== null && typeof value === "object") for (const [key, inner] of Object.entries(value)) [key, inner].forEach(assertStorable);
}
