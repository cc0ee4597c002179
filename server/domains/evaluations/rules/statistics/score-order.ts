// Rows in ascending score order with their runs of equal scores, shared by everything that ranks.

/** `rows[k]` is the row with the k-th smallest score; `runEnd[k]` is one past the last position of k's run of ties. */
export type ScoreOrder = { readonly rows: Uint32Array; readonly runEnd: Uint32Array };

/** O(n log n). Equal scores keep no particular order: callers treat a run as one. */
export function orderByScore(scores: Float64Array): ScoreOrder {
  const rows = Uint32Array.from(scores, (_, row) => row);
  rows.sort((left, right) => (scores[left] ?? 0) - (scores[right] ?? 0));
  const runEnd = new Uint32Array(scores.length);
  let end = scores.length;
  for (let position = scores.length - 1; position >= 0; position--) {
    const next = position + 1;
    if (next < scores.length && (scores[rows[position] ?? 0] ?? 0) !== (scores[rows[next] ?? 0] ?? 0)) end = next;
    runEnd[position] = end;
  }
  return { rows, runEnd };
}

/** Positions where each run of ties starts, ascending, ended by n. */
export function runBoundaries({ runEnd }: ScoreOrder): Uint32Array {
  const boundaries = [0];
  for (let position = 0; position < runEnd.length; position = runEnd[position] ?? 0)
    boundaries.push(runEnd[position] ?? 0);
  return Uint32Array.from(boundaries);
}
