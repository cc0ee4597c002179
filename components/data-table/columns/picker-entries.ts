/** What the column picker lists: the shown columns first, then all by their groups, those whose name fits. */
import type { DataColumn } from "../data-column";

type Named = Pick<DataColumn<never>, "key" | "header" | "group" | "variants">;

export type PickerEntry<Column> = { kind: "heading"; key: string; text: string } | { kind: "column"; key: string; column: Column };

export function pickerEntries<Column extends Named>(columns: readonly Column[], visible: readonly Column[], typed: string): PickerEntry<Column>[] {
  const wanted = typed.trim().toLowerCase();
  const fits = ({ header }: Column) => header.toLowerCase().includes(wanted);
  const section = (text: string, list: readonly Column[]): PickerEntry<Column>[] =>
    list.length === 0 ? [] : [...(text ? [{ kind: "heading" as const, key: `heading ${text}`, text }] : []), ...list.map((column) => ({ kind: "column" as const, key: `${text} ${column.key}`, column }))];
  const found = columns.filter(fits);
  const shownKeys = new Set(visible.map((column) => column.key));
  const rest = found.filter((column) => !shownKeys.has(column.key));
  const groups = [...new Set(rest.map((column) => column.group ?? ""))];
  return [...section("Shown", visible.filter(fits)), ...groups.flatMap((group) => section(group || "Of the row", rest.filter((column) => (column.group ?? "") === group)))];
}
