/**
 * Fixed bins from a reference's quantiles. Bin i holds (edge[i-1], edge[i]]; the last one is open above. A column of n
 * edges has n + 1 bins, and one more slot counts absent values.
 */

export const maxBins = 256;

/** The levels at which a column's quantiles become edges: 1/256 … 255/256. */
export const quantileLevels: number[] = Array.from({ length: maxBins - 1 }, (_, i) => (i + 1) / maxBins);

/** Ascending quantiles to distinct finite edges: a value that fills several quantiles keeps one bin of its own. */
export function edgesOf(quantiles: readonly (number | null)[]): number[] {
  const edges: number[] = [];
  for (const value of quantiles) {
    if (value !== null && Number.isFinite(value) && value !== edges.at(-1)) edges.push(value);
  }
  return edges;
}

/** Quantiles of sorted values at the levels, each an observed value (type 1 of Hyndman and Fan). */
export function quantilesOf(sorted: ArrayLike<number>, levels: readonly number[]): number[] {
  if (sorted.length === 0) return [];
  return levels.map((level) => sorted[Math.max(0, Math.ceil(level * sorted.length) - 1)] ?? Number.NaN);
}

/** The bin of a value, by bisection; NaN belongs into the slot after the last bin. */
export function binOf(edges: readonly number[], value: number): number {
  if (Number.isNaN(value)) return edges.length + 1;
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= (edges[middle] ?? Number.POSITIVE_INFINITY)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Where each column's slots begin in one array of counts, and how many there are in all. */
export function layoutOf(edgeCounts: readonly number[]): { offsets: number[]; length: number } {
  const offsets: number[] = [];
  let length = 0;
  for (const edges of edgeCounts) {
    offsets.push(length);
    length += edges + 2;
  }
  return { offsets, length };
}

/**
 * Merges bins into about `groups` of equal mass: the last bin of each, ascending. Each cut is the bin's end nearest to
 * its share; a bin that alone holds more than a share stays whole, so there may be fewer groups. None is empty.
 */
export function groupsOf(counts: ArrayLike<number>, groups: number): number[] {
  const cumulative: number[] = [];
  let total = 0;
  for (let i = 0; i < counts.length; i += 1) {
    total += counts[i] ?? 0;
    cumulative.push(total);
  }
  const ends = new Set<number>();
  let at = 0;
  for (let cut = 1; cut < groups; cut += 1) {
    const target = (cut * total) / groups;
    while (at + 1 < cumulative.length && Math.abs((cumulative[at + 1] ?? 0) - target) < Math.abs((cumulative[at] ?? 0) - target)) at += 1;
    const mass = cumulative[at] ?? 0;
    if (mass > 0 && mass < total) ends.add(at);
  }
  return [...ends, counts.length - 1];
}
