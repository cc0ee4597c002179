// AUC of a resample of clusters, in O(G²) a draw from a matrix of cluster pairs, or O(n) where clusters are many.
import type { DrawnStatistic } from "./bootstrap";
import type { Clusters } from "./clusters";
import type { Scored } from "./losses";
import { orderByScore } from "./score-order";

/** Rows in score order: cluster, label, and whether a run of equal scores ends here. */
type Ordered = { clusters: Uint32Array; labels: Uint8Array; closesRun: Uint8Array };

/** Prepares the AUC for drawn weights; it is NaN in a draw of one class. Preparing costs O(n log n + positives × G). */
export function prepareAuc(scored: Scored, clusters: Clusters): DrawnStatistic {
  const ordered = orderRows(scored, clusters);
  const pairs = clusters.count * clusters.count;
  return pairs <= 2 * scored.scores.length + 1024 ? pairwiseAuc(ordered, clusters.count) : scannedAuc(ordered);
}

function orderRows({ scores, labels }: Scored, { ids }: Clusters): Ordered {
  const { rows, runEnd } = orderByScore(scores);
  return {
    clusters: Uint32Array.from(rows, (row) => ids[row] ?? 0),
    labels: Uint8Array.from(rows, (row) => labels[row] ?? 0),
    closesRun: Uint8Array.from(runEnd, (end, position) => (end === position + 1 ? 1 : 0)),
  };
}

/**
 * AUC = Σ_gh w_g w_h U_gh / (Σ w_g P_g · Σ w_h N_h); U_gh counts pairs of g's positives above h's negatives, ties half. The form is
 * taken as Σ_g≤h over U + Uᵀ and over drawn clusters only, for a third of them are in no draw: a fifth of the products are left.
 */
function pairwiseAuc(ordered: Ordered, count: number): DrawnStatistic {
  const wins = foldWins(countWins(ordered, count), count);
  const positives = new Float64Array(count);
  const negatives = new Float64Array(count);
  ordered.clusters.forEach((id, position) => {
    const sums = ordered.labels[position] === 1 ? positives : negatives;
    sums[id] = (sums[id] ?? 0) + 1;
  });
  const drawn = new Uint32Array(count);
  return (weights) => {
    let concordant = 0;
    let drawnPositives = 0;
    let drawnNegatives = 0;
    let before = 0;
    for (let g = 0; g < count; g++) {
      const weight = weights[g] ?? 0;
      if (weight === 0) continue;
      drawn[before] = g;
      before++;
      let row = 0;
      for (let index = 0; index < before; index++) {
        const h = drawn[index] ?? 0;
        row += (weights[h] ?? 0) * (wins[g * count + h] ?? 0);
      }
      concordant += weight * row;
      drawnPositives += weight * (positives[g] ?? 0);
      drawnNegatives += weight * (negatives[g] ?? 0);
    }
    return concordant / (drawnPositives * drawnNegatives);
  };
}

/** Lower triangle of U + Uᵀ, with U's own diagonal. */
function foldWins(wins: Float64Array, count: number): Float64Array {
  return wins.map((value, place) => {
    const g = Math.floor(place / count);
    const h = place % count;
    return g === h ? value : value + (wins[h * count + g] ?? 0);
  });
}

function countWins({ clusters, labels, closesRun }: Ordered, count: number): Float64Array {
  const wins = new Float64Array(count * count);
  const below = new Float64Array(count);
  const tied = new Float64Array(count);
  let start = 0;
  for (let position = 0; position < clusters.length; position++) {
    if ((labels[position] ?? 0) === 0) tied[clusters[position] ?? 0] = (tied[clusters[position] ?? 0] ?? 0) + 1;
    if ((closesRun[position] ?? 0) === 0) continue;
    for (let member = start; member <= position; member++) {
      if ((labels[member] ?? 0) === 0) continue;
      const offset = (clusters[member] ?? 0) * count;
      for (let h = 0; h < count; h++) wins[offset + h] = (wins[offset + h] ?? 0) + (below[h] ?? 0) + (tied[h] ?? 0) / 2;
    }
    for (let h = 0; h < count; h++) below[h] = (below[h] ?? 0) + (tied[h] ?? 0);
    tied.fill(0);
    start = position + 1;
  }
  return wins;
}

function scannedAuc({ clusters, labels, closesRun }: Ordered): DrawnStatistic {
  return (weights) => {
    let concordant = 0;
    let positives = 0;
    let below = 0;
    let runPositives = 0;
    let runNegatives = 0;
    for (let position = 0; position < clusters.length; position++) {
      const weight = weights[clusters[position] ?? 0] ?? 0;
      if ((labels[position] ?? 0) === 1) runPositives += weight;
      else runNegatives += weight;
      if ((closesRun[position] ?? 0) === 0) continue;
      concordant += runPositives * (below + runNegatives / 2);
      positives += runPositives;
      below += runNegatives;
      runPositives = 0;
      runNegatives = 0;
    }
    return concordant / (positives * below);
  };
}
