// Indexed reads and sums on typed arrays that fail loudly outside the array. Not for the inner loops of a bootstrap: one function
// for every array type is megamorphic, which there costs a factor of twenty; those index directly, with ?? 0.

type Numbers = Float64Array | Float32Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

/** The value at `index`. Throws RangeError outside the array. */
export function at(values: Numbers, index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError(`index ${index} is outside an array of ${values.length}`);
  return value;
}

/** Adds `amount` in place. Throws RangeError outside the array. */
export function addAt(values: Numbers, index: number, amount: number): void {
  values[index] = at(values, index) + amount;
}
