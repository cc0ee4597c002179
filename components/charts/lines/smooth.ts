/**
 * Exponential moving average with bias correction, as TensorBoard draws it: `weight` in 0…1, 0 leaves values alone.
 * Gaps stay gaps and are not counted.
 */
export function smooth(values: readonly (number | null | undefined)[], weight: number): (number | null | undefined)[] {
  if (!(weight > 0)) return [...values];
  const keep = Math.min(weight, 0.999);
  let last = 0;
  let seen = 0;
  return values.map((value) => {
    if (value === null || value === undefined || !Number.isFinite(value)) return value;
    last = last * keep + (1 - keep) * value;
    seen += 1;
    return last / (1 - keep ** seen);
  });
}
