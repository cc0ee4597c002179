/** Latencies as counts between fixed bounds: sums over minutes and processes stay exact, percentiles are read to a bucket's width. */

/** Upper bounds in ms, about √2 apart; the last bucket has none. */
export const latencyBoundsMs = [0.25, 0.35, 0.5, 0.7, 1, 1.4, 2, 2.8, 4, 5.6, 8, 11, 16, 22, 32, 45, 64, 90, 128, 181, 256, 512, 1_024, 4_096, 16_384] as const;
export const latencyBuckets = latencyBoundsMs.length + 1;

export function latencyBucket(ms: number): number {
  const at = latencyBoundsMs.findIndex((bound) => ms <= bound);
  return at < 0 ? latencyBoundsMs.length : at;
}

/** The p-quantile in ms, linear within its bucket; null without observations. What lies beyond the last bound reads as it. */
export function latencyQuantile(counts: readonly number[], p: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const wanted = p * total;
  let below = 0;
  for (let i = 0; i < counts.length; i += 1) {
    const count = counts[i] ?? 0;
    if (count > 0 && below + count >= wanted) {
      const low = i === 0 ? 0 : (latencyBoundsMs[i - 1] ?? 0);
      const high = latencyBoundsMs[i] ?? low;
      return low + ((wanted - below) / count) * (high - low);
    }
    below += count;
  }
  return latencyBoundsMs.at(-1) ?? null;
}

export function addCounts(a: readonly number[], b: readonly number[]): number[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => (a[i] ?? 0) + (b[i] ?? 0));
}
