/** Plain numbers: counts, compact counts, rates, percentages and metric values, with a true minus sign. */

export type Maybe = number | null | undefined;

const COMPACT = ["", "k", "M", "B", "T"] as const;

export function isShown(value: Maybe): value is number {
  return value !== null && value !== undefined && !Number.isNaN(value);
}

/** Puts the typographic minus in place of the hyphen, so that signs align with digits. */
export function withMinus(text: string): string {
  return text.replace(/^-/, "−").replace(/e-/, "e−");
}

/** `1,234,567`: thin enough for tables and unambiguous for every reader. */
export function formatCount(value: Maybe): string {
  if (!isShown(value)) return "–";
  return withMinus(Math.round(value).toLocaleString("en-US"));
}

/** `3.4k`, `12M`. */
export function formatCompact(value: Maybe): string {
  if (!isShown(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  let scaled = Math.abs(value);
  let step = 0;
  while (scaled >= 999.5 && step < COMPACT.length - 1) {
    scaled /= 1000;
    step += 1;
  }
  const digits = scaled >= 9.95 || (step === 0 && Number.isInteger(scaled)) ? 0 : 1;
  return `${value < 0 ? "−" : ""}${scaled.toFixed(digits)}${COMPACT[step]}`;
}

/** A share in 0…1 as `12.4%`. */
export function formatPercent(share: Maybe, digits = 1): string {
  return isShown(share) ? withMinus(`${(share * 100).toFixed(digits)}%`) : "–";
}

/** A metric's value to `figures` significant figures, without an exponent in the everyday range. */
export function formatValue(value: Maybe, figures = 4): string {
  if (!isShown(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e9) return formatCount(value);
  if (size >= 1e7 || size < 1e-4) return withMinus(value.toExponential(figures - 2));
  const digits = Math.max(0, figures - 1 - Math.floor(Math.log10(size)));
  const text = value.toFixed(Math.min(digits, 12));
  return withMinus(size >= 10_000 ? Number(text).toLocaleString("en-US") : text);
}

/** As `formatValue`, without the zeros that say nothing: `0.7`, `0.015`, `1,200`. For limits, parameters and axes. */
export function formatPlain(value: Maybe, figures = 4): string {
  if (!isShown(value) || !Number.isFinite(value)) return formatValue(value, figures);
  return formatValue(value, figures)
    .replace(/(\.\d*?)0+(?=e|$)/, "$1")
    .replace(/\.(?=e|$)/, "");
}

/** A column of values: as many decimals for all as the least of them needs, so that points align. */
export function formatAligned(values: readonly Maybe[], figures = 4): string[] {
  const sizes = values.filter(isShown).filter(Number.isFinite).map(Math.abs);
  const largest = Math.max(0, ...sizes);
  const whole = sizes.every(Number.isInteger);
  const digits = whole || largest === 0 ? 0 : Math.min(8, Math.max(0, figures - 1 - Math.floor(Math.log10(largest))));
  return values.map((value) => (isShown(value) ? withMinus(value.toFixed(digits)) : "–"));
}
