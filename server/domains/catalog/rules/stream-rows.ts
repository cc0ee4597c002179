/** Reads a view's file as rows for the online store: key, times in ms, values in the definition's order. */
import { sqlName, sqlText } from "@/server/platform/duckdb/quote";
import type { KeyedRow, OnlineValue } from "@/server/platform/online-store/contract";
import type { FeatureViewDefinition } from "../contract/definition";

const textTypes = new Set(["string", "timestamp", "date"]);

/** A SELECT of (key, event ms, available ms, values…) for rows that become available in [from, to), in that order. Times are ISO texts. */
export function onlineRowsSql(view: FeatureViewDefinition, entityKey: string, path: string, from: string | null, to: string): string {
  const available = sqlName(view.available_at ?? view.event_time);
  const values = view.features.map(({ name, dtype }) => (textTypes.has(dtype) ? `${sqlName(name)}::varchar` : `${sqlName(name)}::double`));
  const bounds = [`${available} < ${sqlText(to)}::timestamp`, ...(from === null ? [] : [`${available} >= ${sqlText(from)}::timestamp`])];
  return `select ${sqlName(entityKey)}::varchar, epoch_ms(${sqlName(view.event_time)}::timestamp)::double, epoch_ms(${available}::timestamp)::double, ${values.join(", ")}
    from read_parquet(${sqlText(path)}) where ${bounds.join(" and ")} order by ${available}`;
}

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
