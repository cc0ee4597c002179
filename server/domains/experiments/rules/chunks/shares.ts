/** Averages over equal shares of a series. Pure. */

/** The mean of so many points from `step` on. */
export type WeightedMean = { step: number; mean: number; count: number };

/** At most `shares` averages in the order of steps, each over about as many points; what is no finite number is left out. */
export function meanShares(means: readonly WeightedMean[], shares: number): number[] {
  const finite = means.filter(({ mean }) => Number.isFinite(mean)).sort((a, b) => a.step - b.step);
  const total = finite.reduce((sum, { count }) => sum + count, 0);
  const sums: { sum: number; count: number }[] = [];
  let before = 0;
  for (const { mean, count } of finite) {
    const share = Math.min(shares - 1, Math.floor((before * shares) / total));
    const known = sums[share] ?? { sum: 0, count: 0 };
    sums[share] = { sum: known.sum + mean * count, count: known.count + count };
    before += count;
  }
  return sums.flatMap((known) => (known ? [known.sum / known.count] : []));
}
