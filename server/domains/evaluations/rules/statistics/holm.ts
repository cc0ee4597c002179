// Holm's step-down correction over a family of slices that were judged.

/**
 * Adjusted p values in the order given: max over the smaller ones of min(1, (m − rank)·p), rank from 0 (Holm 1979). A null was not
 * judged: it stays null and does not count in m. Strong control of the family-wise error under any dependence.
 * Throws RangeError for a p outside [0, 1].
 */
export function adjustHolm(pValues: readonly (number | null)[]): (number | null)[] {
  const judged = pValues.flatMap((p, index) => (p === null ? [] : [{ p, index }]));
  const adjusted = pValues.map((): number | null => null);
  let running = 0;
  judged
    .sort((left, right) => left.p - right.p)
    .forEach(({ p, index }, rank) => {
      if (!(p >= 0 && p <= 1)) throw new RangeError(`p value ${p} is not in [0, 1]`);
      running = Math.max(running, Math.min(1, (judged.length - rank) * p));
      adjusted[index] = running;
    });
  return adjusted;
}
