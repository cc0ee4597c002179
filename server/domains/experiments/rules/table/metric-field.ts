/** Columns of metrics by their keys in the URL: `metrics.auc` is its last value, `max(metrics.auc)` its greatest. */
import type { MetricSummary } from "../../contract/run";

export const aggregates = ["max", "min", "mean"] as const;
export type MetricAggregate = "last" | (typeof aggregates)[number];
export type MetricField = { key: string; aggregate: MetricAggregate };

export function metricFieldOf(columnKey: string): MetricField | null {
  const [, called, inner, plain] = /^(?:(max|min|mean)\(metrics\.(.+)\)|metrics\.(.+))$/s.exec(columnKey) ?? [];
  const aggregate = aggregates.find((each) => each === called);
  if (aggregate && inner) return { key: inner, aggregate };
  return plain ? { key: plain, aggregate: "last" } : null;
}

export const metricColumnKey = ({ key, aggregate }: MetricField): string => (aggregate === "last" ? `metrics.${key}` : `${aggregate}(metrics.${key})`);

/** In the language of filters and orders, the key in backticks. */
export const metricTerm = ({ key, aggregate }: MetricField): string => (aggregate === "last" ? `metrics.\`${key}\`` : `${aggregate}(metrics.\`${key}\`)`);

export function fieldValue(metrics: readonly MetricSummary[], { key, aggregate }: MetricField): number | null | undefined {
  const found = metrics.find((each) => each.key === key);
  if (!found) return undefined;
  if (aggregate === "last") return found.lastValue;
  if (aggregate === "mean") return found.valueCount > 0 ? found.valueSum / found.valueCount : null;
  return aggregate === "max" ? found.maxValue : found.minValue;
}
