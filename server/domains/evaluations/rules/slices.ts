// Which rows belong to which slice, decided from the suite's definition and the slice columns alone, never from scores or labels.
import type { SliceKey } from "../contract/result";
import type { SliceDefinition } from "../contract/suite";

export type SliceValue = string | number | null;

export type SliceRows = { readonly slice: SliceKey; readonly rows: Uint32Array };

/**
 * Rows (ascending) of each slice, in the definition's order; an empty slice is kept, so that a page can say it was empty.
 * `columns` holds one value a row. Throws RangeError for a column that is not there.
 */
export function assignSlices(
  definitions: readonly SliceDefinition[],
  columns: Readonly<Record<string, readonly SliceValue[]>>,
): SliceRows[] {
  return definitions.flatMap((definition) => {
    const values = columns[definition.column];
    if (values === undefined) throw new RangeError(`slice ${definition.name}: no column ${definition.column}`);
    return membershipOf(definition, values).map(({ label, holds }) => ({
      slice: { name: definition.name, label, gated: definition.gated },
      rows: Uint32Array.from(values.flatMap((value, row) => (value !== null && holds(value) ? [row] : []))),
    }));
  });
}

type Membership = { label: string; holds: (value: string | number) => boolean };

function membershipOf(definition: SliceDefinition, values: readonly SliceValue[]): Membership[] {
  if (definition.blocks !== undefined) {
    return definition.blocks.map(({ label, from = -Infinity, below = Infinity }) => ({
      label,
      holds: (value) => typeof value === "number" && value >= from && value < below,
    }));
  }
  const named = definition.values ?? largestValues(values, definition.largest ?? 0);
  return named.map((wanted) => ({ label: String(wanted), holds: (value) => String(value) === String(wanted) }));
}

/** The `count` values with most rows; equal counts in code-point order, so that the choice does not depend on row order. */
function largestValues(values: readonly SliceValue[], count: number): string[] {
  const rows = new Map<string, number>();
  for (const value of values) if (value !== null) rows.set(String(value), (rows.get(String(value)) ?? 0) + 1);
  const ranked = [...rows].sort(([left, a], [right, b]) => b - a || (left < right ? -1 : 1));
  return ranked.slice(0, count).map(([value]) => value);
}
