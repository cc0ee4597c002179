/** Params, tags and metrics of compared runs as fields that can be an axis; pure. */
import type { Comparison, MetricColumn } from "@/server/domains/experiments/contract/compare";
import { betterEnd } from "../../metrics/better-end";
import { rankMetrics } from "../../metrics/rank-metrics";
import { isSeedLike } from "../groups/group-runs";
import { cellAt, type Shown } from "../table/compare-rows";

export type FieldValue = number | string | null;

export type Field = { id: string; label: string; kind: "numeric" | "category"; log: boolean; values: readonly FieldValue[] };

type Source = Pick<Comparison, "params" | "tags" | "metrics">;

const axesAtFirst = 6;

const byName = new Intl.Collator("en", { numeric: true }).compare;

/** All that an axis can be, in the order of a menu: `params.lr`, `metrics.auc`, `tags.team`. */
export function fieldIds({ params, tags, metrics }: Source): { params: string[]; metrics: string[]; tags: string[] } {
  const named = (scope: string, keys: readonly string[]) => [...keys].sort(byName).map((key) => `${scope}.${key}`);
  return {
    params: named("params", params.filter(({ values }) => new Set(values).size > 1).map(({ key }) => key)),
    metrics: rankMetrics(metrics).filter(({ runs }) => runs > 1).map(({ key }) => `metrics.${key}`),
    tags: named("tags", tags.filter(({ values }) => new Set(values).size > 1).map(({ key }) => key)),
  };
}

/** Params that differ, then what judges the runs. */
export function firstAxes(source: Source): string[] {
  const { params, metrics } = fieldIds(source);
  const settings = params.filter((id) => !isSeedLike(id.slice(7)));
  return [...settings.slice(0, axesAtFirst), ...metrics.slice(0, 2)];
}

export const metricKeysOf = (ids: readonly string[]): string[] => ids.filter((id) => id.startsWith("metrics.")).map((id) => id.slice(8));

/** Settings that span powers of ten are told apart on a log axis only. */
function spansPowers(values: readonly number[]): boolean {
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return low > 0 && high / low >= 50;
}

function fieldOfTexts(id: string, values: readonly (string | null)[]): Field {
  const known = values.filter((value) => value !== null);
  const isNumeric = known.length > 0 && known.every((value) => value.trim() !== "" && Number.isFinite(Number(value)));
  const read = isNumeric ? values.map((value) => (value === null ? null : Number(value))) : values;
  const numbers = read.filter((value) => typeof value === "number");
  return { id, label: id.slice(id.indexOf(".") + 1), kind: isNumeric ? "numeric" : "category", log: isNumeric && spansPowers(numbers), values: read };
}

/** Fields of those ids that the runs have; of metrics, once their columns are read. */
export function fieldsOf(source: Source, columns: ReadonlyMap<string, MetricColumn>, ids: readonly string[], shown: Shown): Field[] {
  return ids.flatMap((id): Field[] => {
    const key = id.slice(id.indexOf(".") + 1);
    const texts = id.startsWith("params.") ? source.params.find((each) => each.key === key) : id.startsWith("tags.") ? source.tags.find((each) => each.key === key) : undefined;
    if (texts) return [fieldOfTexts(id, texts.values)];
    const column = id.startsWith("metrics.") ? columns.get(key) : undefined;
    if (!column) return [];
    const end = betterEnd(column);
    const values = column.last.map((_, place) => {
      const value = cellAt(column, place, end, shown)?.value;
      return value !== undefined && Number.isFinite(value) ? value : null;
    });
    return [{ id, label: key, kind: "numeric", log: false, values }];
  });
}
