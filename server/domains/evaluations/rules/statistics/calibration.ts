// Expected calibration error over equal-mass bins, and the calibration curve drawn from the same bins.
import type { Scored } from "./losses";
import { orderByScore } from "./score-order";
import { at } from "./typed-access";

export const CALIBRATION_BINS = 15;

/** One bin: its rows, the mean score and the observed share of positives. */
export type CalibrationBin = { rows: number; meanScore: number; observedRate: number };

/**
 * Up to `bins` bins of equal mass in ascending score order. Bin k ends at the first row whose rank reaches k·n/bins, and goes on to
 * the end of that row's run of equal scores: ties are never split, so the order of rows cannot matter, and constant scores make one bin.
 */
export function calibrationBins(scored: Scored, bins = CALIBRATION_BINS): CalibrationBin[] {
  const { rows, runEnd } = orderByScore(scored.scores);
  const total = rows.length;
  const result: CalibrationBin[] = [];
  let start = 0;
  for (let bin = 1; bin <= bins && start < total; bin++) {
    const reach = Math.ceil((bin * total) / bins);
    if (reach <= start) continue;
    const end = at(runEnd, reach - 1);
    let scoreSum = 0;
    let labelSum = 0;
    for (let position = start; position < end; position++) {
      scoreSum += at(scored.scores, at(rows, position));
      labelSum += at(scored.labels, at(rows, position));
    }
    result.push({ rows: end - start, meanScore: scoreSum / (end - start), observedRate: labelSum / (end - start) });
    start = end;
  }
  return result;
}

/** Σ (n_b / n) · |observed_b − mean score_b| over `calibrationBins` (Naeini et al. 2015, equal-mass as Nguyen & O'Connor 2015). */
export function expectedCalibrationError(scored: Scored, bins = CALIBRATION_BINS): number {
  const gaps = calibrationBins(scored, bins).map((bin) => bin.rows * Math.abs(bin.observedRate - bin.meanScore));
  return gaps.reduce((sum, gapOfBin) => sum + gapOfBin, 0) / scored.scores.length;
}
