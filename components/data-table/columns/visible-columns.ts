import type { DataColumn } from "../data-column";

/** The picked columns in their picked order; the first column always stays first. */
export function visibleColumns<Row>(columns: readonly DataColumn<Row>[], picked: readonly string[] | null): DataColumn<Row>[] {
  if (!picked) return columns.filter((column) => !column.optional);
  const chosen = picked
    .map((key) => columns.find((column) => column.key === key))
    .filter((column) => column !== undefined);
  const fixed = columns.filter((column, index) => index === 0 || column.always);
  return [...fixed, ...chosen.filter((column) => !fixed.includes(column))];
}
