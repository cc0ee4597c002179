// Area under the ROC curve and its points, from ranks.
import type { Scored } from "./losses";
import { orderByScore, runBoundaries } from "./score-order";
import { at } from "./typed-access";

/** Share of (positive, negative) pairs ranked rightly, a tie counting half (Mann–Whitney U / (P·N)); null with one class. */
export function areaUnderCurve(scored: Scored): number | null {
  const order = orderByScore(scored.scores);
  const starts = runBoundaries(order);
  let below = 0;
  let positives = 0;
  let concordant = 0;
  for (let run = 0; run + 1 < starts.length; run++) {
    let here = 0;
    const end = at(starts, run + 1);
    for (let position = at(starts, run); position < end; position++)
      here += at(scored.labels, at(order.rows, position));
    const negatives = end - at(starts, run) - here;
    concordant += here * (below + negatives / 2);
    below += negatives;
    positives += here;
  }
  return positives === 0 || below === 0 ? null : concordant / (positives * below);
}

/** One threshold's point: the rates of negatives and positives with score ≥ threshold (null: above every score). */
export type RocPoint = { falsePositiveRate: number; truePositiveRate: number; threshold: number | null };

/**
 * ROC points from (0, 0) to (1, 1), at most about 2·`buckets` + 3 of them: in each bucket of the false positive rate the first
 * and last point (the curve rises, so its extremes there) and everywhere the point of the largest TPR − FPR. [] with one class.
 */
export function rocPoints(scored: Scored, buckets = 100): RocPoint[] {
  const all = allRocPoints(scored);
  let best = 0;
  all.forEach((point, index) => {
    if (gap(point) > gap(all[best])) best = index;
  });
  const bucketOf = (point: RocPoint | undefined) =>
    point === undefined ? -1 : Math.min(Math.floor(point.falsePositiveRate * buckets), buckets - 1);
  return all.filter((point, index) => {
    const bucket = bucketOf(point);
    return index === best || bucket !== bucketOf(all[index - 1]) || bucket !== bucketOf(all[index + 1]);
  });
}

function gap(point: RocPoint | undefined): number {
  return point === undefined ? 0 : point.truePositiveRate - point.falsePositiveRate;
}

function allRocPoints({ scores, labels }: Scored): RocPoint[] {
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const negatives = labels.length - positives;
  if (positives === 0 || negatives === 0) return [];
  const order = orderByScore(scores);
  const starts = runBoundaries(order);
  const points: RocPoint[] = [{ falsePositiveRate: 0, truePositiveRate: 0, threshold: null }];
  let hits = 0;
  let alarms = 0;
  for (let run = starts.length - 2; run >= 0; run--) {
    for (let position = at(starts, run); position < at(starts, run + 1); position++) {
      if (at(labels, at(order.rows, position)) === 1) hits++;
      else alarms++;
    }
    const threshold = at(scores, at(order.rows, at(starts, run)));
    points.push({ falsePositiveRate: alarms / negatives, truePositiveRate: hits / positives, threshold });
  }
  return points;
}
