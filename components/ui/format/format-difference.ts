import { isShown, type Maybe, withMinus } from "./format-number";

/** Probabilities and signed differences with their interval: `0.742`, `+0.0042 [0.0031, 0.0053]`. */

export type Interval = { low: number; high: number };

export function formatProbability(value: Maybe, digits = 3): string {
  return isShown(value) ? withMinus(value.toFixed(digits)) : "–";
}

/** Always signed, save for a zero at the shown precision. */
export function formatSigned(value: Maybe, digits = 4): string {
  if (!isShown(value)) return "–";
  const text = value.toFixed(digits);
  if (Number(text) === 0) return text.replace("-", "");
  return value > 0 ? `+${text}` : withMinus(text);
}

export function formatInterval(interval: Interval, digits = 4): string {
  const ends = [interval.low, interval.high].map((end) => withMinus(end.toFixed(digits)).replace(/^−(0\.?0*)$/, "$1"));
  return `[${ends.join(", ")}]`;
}

export function formatDifference(value: Maybe, interval?: Interval | null, digits = 4): string {
  const signed = formatSigned(value, digits);
  return interval && isShown(value) ? `${signed} ${formatInterval(interval, digits)}` : signed;
}

/** p-values: never `0.000`. */
export function formatP(value: Maybe): string {
  if (!isShown(value)) return "–";
  return value < 0.001 ? "< 0.001" : value.toFixed(3);
}
