/** Means of repeated runs, and whether two groups of them differ. Intervals and tests are two-sided, by Student's t. Pure. */
import { studentTQuantile, studentTUpperTail } from "@/server/platform/statistics/rules/distributions";

const level = 0.95;

export type MeanInterval = { mean: number; n: number; /** Null of a single run: it says nothing of others. */ interval: { low: number; high: number } | null };

export type MeanTest = { name: "paired t test" | "Welch’s t test"; difference: number; t: number; df: number; p: number; low: number; high: number };

/** A run's value, and what it is paired by: its seed. */
export type Sample = { pair: string | null; value: number };

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Sample variance, with n − 1. */
function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}

export function meanInterval(values: readonly number[]): MeanInterval {
  const mean = meanOf(values);
  if (values.length < 2) return { mean, n: values.length, interval: null };
  const reach = studentTQuantile((1 + level) / 2, values.length - 1) * Math.sqrt(varianceOf(values) / values.length);
  return { mean, n: values.length, interval: { low: mean - reach, high: mean + reach } };
}

/** Values that do not spread at all leave nothing to judge a difference by. */
function testOf(name: MeanTest["name"], difference: number, error: number, df: number): MeanTest | null {
  if (!(error > 0) || !(df > 0)) return null;
  const t = difference / error;
  const reach = studentTQuantile((1 + level) / 2, df) * error;
  return { name, difference, t, df, p: 2 * studentTUpperTail(Math.abs(t), df), low: difference - reach, high: difference + reach };
}

/** Degrees of freedom after Welch and Satterthwaite. */
function welch(base: readonly number[], other: readonly number[]): MeanTest | null {
  const [a, b] = [varianceOf(base) / base.length, varianceOf(other) / other.length];
  const df = (a + b) ** 2 / (a ** 2 / (base.length - 1) + b ** 2 / (other.length - 1));
  return testOf("Welch’s t test", meanOf(other) - meanOf(base), Math.sqrt(a + b), df);
}

/** The differences of those with the same seed, if each run of both groups has one partner in the other. */
function pairedDifferences(base: readonly Sample[], other: readonly Sample[]): number[] | null {
  const partners = new Map(base.map(({ pair, value }) => [pair, value]));
  const isWhole = partners.size === base.length && base.length === other.length && new Set(other.map(({ pair }) => pair)).size === other.length;
  if (!isWhole || partners.has(null)) return null;
  const differences = other.flatMap(({ pair, value }) => (partners.has(pair) ? [value - (partners.get(pair) ?? 0)] : []));
  return differences.length === base.length ? differences : null;
}

/** How `other` differs from `base`: paired where both groups ran with the same seeds, else by Welch; null with fewer than two runs in a group. */
export function compareMeans(base: readonly Sample[], other: readonly Sample[]): MeanTest | null {
  if (base.length < 2 || other.length < 2) return null;
  const differences = pairedDifferences(base, other);
  if (!differences) return welch(base.map(({ value }) => value), other.map(({ value }) => value));
  return testOf("paired t test", meanOf(differences), Math.sqrt(varianceOf(differences) / differences.length), differences.length - 1);
}
