/** The metric that the table is about: the chosen one, the one sorted by, or the one that judges best. */
import type { RunKeys } from "@/server/domains/experiments/contract/run";
import { metricFieldOf } from "@/server/domains/experiments/rules/table/metric-field";
import { rankMetrics } from "../metrics/rank-metrics";

export function focusMetric(chosen: string | null, sort: { key: string } | null, keys: RunKeys): string | null {
  const known = (key: string | undefined) => keys.metrics.some((each) => each.key === key);
  if (chosen && known(chosen)) return chosen;
  const sorted = sort ? metricFieldOf(sort.key)?.key : undefined;
  if (sorted && known(sorted)) return sorted;
  const ranked = rankMetrics(keys.metrics);
  return (ranked.find((each) => each.points > 1) ?? ranked[0])?.key ?? null;
}
