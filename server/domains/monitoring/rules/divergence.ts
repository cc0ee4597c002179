/** How far one binned distribution lies from another. Counts in, numbers out; pure. */

/** A share of nothing counts as this, so that the logarithm stays finite; the usual choice of drift tools. */
export const leastShare = 1e-4;

export function sumOf(counts: ArrayLike<number>, from = 0, to = counts.length): number {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += counts[i] ?? 0;
  return sum;
}

/** Counts of bins summed to groups; `ends` is the last bin of each. */
export function mergeGroups(counts: ArrayLike<number>, ends: readonly number[]): number[] {
  let from = 0;
  return ends.map((end) => {
    const sum = sumOf(counts, from, end + 1);
    from = end + 1;
    return sum;
  });
}

/** One group's part of the index: (current − reference) · ln(current ÷ reference), of shares. */
export function psiPart(reference: number, current: number): number {
  const p = Math.max(reference, leastShare);
  const q = Math.max(current, leastShare);
  return (q - p) * Math.log(q / p);
}

/**
 * Population stability index (Lewis 1994): Σ (q − p) ln(q/p) over groups, natural logarithm, shares of nothing raised
 * to 1e-4. Null when either side is empty.
 */
export function psi(reference: ArrayLike<number>, current: ArrayLike<number>, ends: readonly number[]): number | null {
  const p = mergeGroups(reference, ends);
  const q = mergeGroups(current, ends);
  const pTotal = sumOf(p);
  const qTotal = sumOf(q);
  if (pTotal === 0 || qTotal === 0) return null;
  return p.reduce((total, count, i) => total + psiPart(count / pTotal, (q[i] ?? 0) / qTotal), 0);
}

/**
 * Bounds of the two-sample Kolmogorov–Smirnov statistic from bins: `low` is the largest distance at the bins' edges,
 * and within a bin neither distribution can stray further than its ends allow, which gives `high`. low ≤ D ≤ high.
 */
export function ksBounds(reference: ArrayLike<number>, current: ArrayLike<number>): { low: number; high: number } | null {
  const pTotal = sumOf(reference);
  const qTotal = sumOf(current);
  if (pTotal === 0 || qTotal === 0) return null;
  let p = 0;
  let q = 0;
  let low = 0;
  let high = 0;
  for (let i = 0; i < reference.length; i += 1) {
    const nextP = p + (reference[i] ?? 0) / pTotal;
    const nextQ = q + (current[i] ?? 0) / qTotal;
    low = Math.max(low, Math.abs(nextP - nextQ));
    high = Math.max(high, nextP - q, nextQ - p);
    p = nextP;
    q = nextQ;
  }
  return { low, high: Math.max(low, high) };
}
