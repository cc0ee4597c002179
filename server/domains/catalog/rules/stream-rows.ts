/** Reads a view's file as rows for the online store: key, times in ms, values in the definition's order. */
import { sqlName, sqlText } from "@/server/platform/duckdb/quote";
import type { KeyedRow, OnlineValue } from "@/server/platform/online-store/contract";
import type { Dtype, FeatureViewDefinition } from "../contract/definition";

const textTypes = new Set<Dtype>(["string", "timestamp", "date"]);

/** What a feature's column is online, whatever type DuckDB has it in: numbers, texts and booleans are all that the store and JSON know. */
export function onlineValueSql({ name, dtype }: { name: string; dtype: Dtype }): string {
  if (dtype === "bool") return `${sqlName(name)}::boolean`;
  return textTypes.has(dtype) ? `${sqlName(name)}::varchar` : `${sqlName(name)}::double`;
}

/** A SELECT of (key, event ms, available ms, values…) for rows that become available in [from, to), in that order. Times are ISO texts. */
export function onlineRowsSql(view: FeatureViewDefinition, entityKey: string, path: string, from: string | null, to: string): string {
  const available = sqlName(view.available_at ?? view.event_time);
  const values = view.features.map(onlineValueSql);
  const bounds = [`${available} < ${sqlText(to)}::timestamp`, ...(from === null ? [] : [`${available} >= ${sqlText(from)}::timestamp`])];
  return `select ${sqlName(entityKey)}::varchar, epoch_ms(${sqlName(view.event_time)}::timestamp)::double, epoch_ms(${available}::timestamp)::double, ${values.join(", ")}
    from read_parquet(${sqlText(path)}) where ${bounds.join(" and ")} order by ${available}`;
}

/** A bool may have been written as 1 or 0: by a client, or before it was kept as what it is. */
export const readValue = (value: OnlineValue, dtype: Dtype): OnlineValue => (dtype === "bool" && typeof value === "number" ? value !== 0 : value);

/** NaN is absent: JSON can't carry it, and models take both as missing. */
export function onlineValue(value: unknown): OnlineValue {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "string" || typeof value === "boolean") return value;
  return null;
}

export function rowsOfColumns(columns: readonly (readonly unknown[])[], count: number): KeyedRow[] {
  const [keys = [], events = [], available = [], ...values] = columns;
  return Array.from({ length: count }, (_, row) => ({
    key: String(keys[row]),
    eventTime: Number(events[row]),
    availableAt: Number(available[row]),
    values: values.map((column) => onlineValue(column[row])),
  }));
}

/** The same value within a relative tolerance; two absent values are the same. */
export function isSameValue(a: OnlineValue, b: OnlineValue, relative: number): boolean {
  if (typeof a === "number" && typeof b === "number") return Math.abs(a - b) <= relative * Math.max(Math.abs(a), Math.abs(b));
  return a === b;
}
