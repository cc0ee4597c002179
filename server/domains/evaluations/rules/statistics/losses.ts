// Row losses of predicted probabilities; both models' losses on the same rows are what comparisons subtract.
import { at } from "./typed-access";

/** Scores in [0, 1] and labels 0 or 1, one of each a row, at least one row. */
export type Scored = { readonly scores: Float64Array; readonly labels: Uint8Array };

const EPSILON = Number.EPSILON;

/** Throws RangeError, naming the row, unless the arrays have one length > 0, scores lie in [0, 1] and labels are 0 or 1. */
export function assertScored({ scores, labels }: Scored): void {
  if (scores.length === 0) throw new RangeError("at least one row is needed");
  if (scores.length !== labels.length) throw new RangeError(`${scores.length} scores but ${labels.length} labels`);
  scores.forEach((score, row) => {
    if (!(score >= 0 && score <= 1)) throw new RangeError(`score ${score} of row ${row} is not in [0, 1]`);
  });
  labels.forEach((label, row) => {
    if (label > 1) throw new RangeError(`label ${label} of row ${row} is not 0 or 1`);
  });
}

/** −ln of the probability given to what happened, in nats; scores clipped to [ε, 1 − ε], ε = 2⁻⁵², as scikit-learn's log_loss. */
export function logLosses({ scores, labels }: Scored): Float64Array {
  return scores.map((score, row) => {
    const clipped = Math.min(Math.max(score, EPSILON), 1 - EPSILON);
    return -Math.log(at(labels, row) === 1 ? clipped : 1 - clipped);
  });
}

/** Squared error of the probability (Brier 1950), per row. */
export function brierLosses({ scores, labels }: Scored): Float64Array {
  return scores.map((score, row) => (score - at(labels, row)) ** 2);
}

/** Log-loss, in nats, of always predicting the share of positives: the entropy of the labels, 0 with one class. */
export function baseRateLogLoss(positives: number, rows: number): number {
  if (!(rows > 0) || positives < 0 || positives > rows) throw new RangeError(`${positives} positives of ${rows} rows`);
  const rate = positives / rows;
  return rate === 0 || rate === 1 ? 0 : -rate * Math.log(rate) - (1 - rate) * Math.log(1 - rate);
}

/** Arithmetic mean by Kahan summation; NaN for no rows. */
export function meanOf(values: Float64Array): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = value - lost;
    const total = sum + next;
    lost = total - sum - next;
    sum = total;
  }
  return sum / values.length;
}
