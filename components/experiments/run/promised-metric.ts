/** A run's metric with what its recipe promised of it; pure. */
import type { RunDetail } from "@/server/domains/experiments/contract/run";
import { endOf, type MetricName } from "../metrics/better-end";

type Promising = Pick<RunDetail, "promises">;

export function promisedMetric({ promises }: Promising, key: string): MetricName {
  const promise = promises?.metrics.find((each) => each.key === key);
  return promise ? { key, better: endOf(promise.direction) } : { key };
}

/** Promised, and logged by none of its points. */
export const missingMetrics = ({ promises, metrics }: Promising & Pick<RunDetail, "metrics">): string[] =>
  promises?.metrics.flatMap(({ key }) => (metrics.some((metric) => metric.key === key) ? [] : [key])) ?? [];
