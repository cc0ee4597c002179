// ECE of a resample of clusters, its equal-mass bins formed anew in each draw.
import type { DrawnStatistic } from "./bootstrap";
import { CALIBRATION_BINS } from "./calibration";
import type { Clusters } from "./clusters";
import type { Scored } from "./losses";
import { orderByScore } from "./score-order";

const BLOCK_ROWS = 64;

/** Rows in score order: cluster, label − score, and whether a run of equal scores ends here. */
type Ordered = { clusters: Uint32Array; gaps: Float64Array; closesRun: Uint8Array };

/** Prefixes by cluster at block ends: rows and gaps of cluster g before the end of block k stand at k·count + g. */
type Prefixes = { ends: Uint32Array; rows: Uint32Array; gaps: Float64Array; count: number };

/**
 * Prepares the ECE for drawn weights, equal to `expectedCalibrationError` of the rows repeated by weight. A draw costs
 * O(bins · (G log(n/64) + 64)) by searching prefixes, or O(n) where clusters are many.
 */
export function prepareEce(scored: Scored, clusters: Clusters, bins = CALIBRATION_BINS): DrawnStatistic {
  const { rows, runEnd } = orderByScore(scored.scores);
  const ordered: Ordered = {
    clusters: Uint32Array.from(rows, (row) => clusters.ids[row] ?? 0),
    gaps: Float64Array.from(rows, (row) => (scored.labels[row] ?? 0) - (scored.scores[row] ?? 0)),
    closesRun: Uint8Array.from(runEnd, (end, position) => (end === position + 1 ? 1 : 0)),
  };
  const searchCost = bins * (clusters.count * (Math.log2(rows.length / BLOCK_ROWS + 1) + 2) + BLOCK_ROWS);
  return searchCost < rows.length ? searchedEce(ordered, clusters.count, bins) : scannedEce(ordered, clusters, bins);
}

function scannedEce({ clusters, gaps, closesRun }: Ordered, { ids, count }: Clusters, bins: number): DrawnStatistic {
  const sizes = new Uint32Array(count);
  for (const id of ids) sizes[id] = (sizes[id] ?? 0) + 1;
  return (weights) => {
    const total = weigh(weights, sizes, 0);
    let bin = 1;
    // The drawn mass that ends this bin; masses are whole, so that rounding up loses nothing and compares integers.
    let edge = Math.ceil(total / bins);
    let mass = 0;
    let gap = 0;
    let error = 0;
    for (let position = 0; position < gaps.length; position++) {
      const weight = weights[clusters[position] ?? 0] ?? 0;
      mass += weight;
      gap += weight * (gaps[position] ?? 0);
      if (mass < edge || closesRun[position] === 0) continue;
      error += Math.abs(gap);
      gap = 0;
      while (mass >= edge && bin <= bins) edge = Math.ceil((++bin * total) / bins);
    }
    return (error + Math.abs(gap)) / total;
  };
}

/** The clusters of a draw that were drawn at all, a third less than there are; `weights` has all. */
type Drawn = { ids: Uint32Array; count: number; weights: Uint32Array };

function searchedEce(ordered: Ordered, count: number, bins: number): DrawnStatistic {
  const prefixes = sumPrefixes(ordered, count);
  const last = prefixes.ends.length - 1;
  const drawn: Drawn = { ids: new Uint32Array(count), count: 0, weights: new Uint32Array(count) };
  return (weights) => {
    gatherDrawn(drawn, weights);
    const total = weighDrawn(drawn, prefixes.rows, last * count);
    let bin = 1;
    let gapBefore = 0;
    let error = 0;
    while (bin <= bins && total > 0) {
      const edge = findEdge(ordered, prefixes, drawn, (bin * total) / bins, (bin * last) / bins);
      error += Math.abs(edge.gap - gapBefore);
      gapBefore = edge.gap;
      while (edge.mass * bins >= bin * total && bin <= bins) bin++;
    }
    return error / total;
  };
}

function gatherDrawn(drawn: Drawn, weights: Uint32Array): void {
  drawn.weights = weights;
  drawn.count = 0;
  for (let g = 0; g < weights.length; g++) {
    if ((weights[g] ?? 0) === 0) continue;
    drawn.ids[drawn.count] = g;
    drawn.count++;
  }
}

function weighDrawn({ ids, count, weights }: Drawn, values: Uint32Array | Float64Array, offset: number): number {
  let sum = 0;
  for (let index = 0; index < count; index++) {
    const g = ids[index] ?? 0;
    sum += (weights[g] ?? 0) * (values[offset + g] ?? 0);
  }
  return sum;
}

function sumPrefixes({ clusters, gaps, closesRun }: Ordered, count: number): Prefixes {
  const ends: number[] = [];
  closesRun.forEach((closes, position) => {
    if (closes === 1 && position + 1 - (ends.at(-1) ?? 0) >= BLOCK_ROWS) ends.push(position + 1);
  });
  if (ends.at(-1) !== gaps.length) ends.push(gaps.length);
  const prefixes: Prefixes = {
    ends: Uint32Array.from(ends),
    rows: new Uint32Array(ends.length * count),
    gaps: new Float64Array(ends.length * count),
    count,
  };
  let position = 0;
  ends.forEach((end, block) => {
    const offset = block * count;
    if (block > 0) {
      prefixes.rows.copyWithin(offset, offset - count, offset);
      prefixes.gaps.copyWithin(offset, offset - count, offset);
    }
    for (; position < end; position++) {
      prefixes.rows[offset + (clusters[position] ?? 0)] = (prefixes.rows[offset + (clusters[position] ?? 0)] ?? 0) + 1;
      prefixes.gaps[offset + (clusters[position] ?? 0)] =
        (prefixes.gaps[offset + (clusters[position] ?? 0)] ?? 0) + (gaps[position] ?? 0);
    }
  });
  return prefixes;
}

/**
 * Mass and gap up to the first end of a run of ties where the drawn mass reaches `target`. The block is looked for outwards from
 * `guess`, where it would lie if every cluster were drawn once, for it is seldom far from there.
 */
function findEdge(ordered: Ordered, prefixes: Prefixes, drawn: Drawn, target: number, guess: number) {
  const { weights } = drawn;
  const { ends, rows, gaps, count } = prefixes;
  let low = 0;
  let high = ends.length - 1;
  let probe = Math.min(high, Math.floor(guess));
  for (let step = 1; low < high; step *= 2) {
    if (weighDrawn(drawn, rows, probe * count) >= target) {
      high = probe;
      probe = step > 8 ? (low + high) >> 1 : Math.max(low, probe - step);
    } else {
      low = probe + 1;
      probe = step > 8 ? (low + high) >> 1 : Math.min(high - 1, probe + step);
    }
  }
  let mass = low === 0 ? 0 : weighDrawn(drawn, rows, (low - 1) * count);
  let gap = low === 0 ? 0 : weighDrawn(drawn, gaps, (low - 1) * count);
  const end = ends[low] ?? 0;
  for (let position = low === 0 ? 0 : (ends[low - 1] ?? 0); position < end; position++) {
    const weight = weights[ordered.clusters[position] ?? 0] ?? 0;
    mass += weight;
    gap += weight * (ordered.gaps[position] ?? 0);
    if (mass >= target && ordered.closesRun[position] === 1) break;
  }
  return { mass, gap };
}

function weigh(weights: Uint32Array, values: Uint32Array | Float64Array, offset: number): number {
  let sum = 0;
  for (let g = 0; g < weights.length; g++) sum += (weights[g] ?? 0) * (values[offset + g] ?? 0);
  return sum;
}
