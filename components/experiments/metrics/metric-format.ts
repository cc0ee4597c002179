/** Metric values as text: one number of decimals for all that stand in a column, NaN and infinities as they are. */
import { formatSigned } from "@/components/ui/format/format-difference";
import { formatValue, withMinus } from "@/components/ui/format/format-number";

const FIGURES = 4;

/** Decimals that give the largest value four figures; null where values are too small or large for plain digits. */
export function metricDigits(values: readonly (number | null | undefined)[]): number | null {
  const sizes = values.filter((value) => typeof value === "number" && Number.isFinite(value)).map((value) => Math.abs(value ?? 0));
  const largest = Math.max(0, ...sizes);
  if (largest === 0 || sizes.every(Number.isInteger)) return largest >= 1e9 ? null : 0;
  if (largest < 1e-3 || largest >= 1e7) return null;
  return Math.max(0, FIGURES - 1 - Math.max(-1, Math.floor(Math.log10(largest))));
}

export function formatMetric(value: number | null | undefined, digits: number | null): string {
  if (value === null || value === undefined) return "–";
  if (Number.isNaN(value)) return "NaN";
  if (digits === null || !Number.isFinite(value)) return formatValue(value, FIGURES);
  // Of a value far below the largest of its column the shared decimals would leave a figure, or none.
  const isTooSmall = Math.abs(value) < 10 ** (1 - digits) && !Number.isInteger(value);
  return isTooSmall ? formatValue(value, FIGURES - 1) : withMinus(value.toFixed(digits));
}

export function signedMetric(difference: number, digits: number | null): string {
  if (Number.isNaN(difference)) return "NaN";
  if (digits !== null) return formatSigned(difference, digits);
  return `${difference > 0 ? "+" : ""}${formatValue(difference, FIGURES)}`;
}
