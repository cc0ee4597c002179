/** Metrics in the order in which a person asks for them: what judges the model, then what was logged by most runs. */
import type { RunKeys } from "@/server/domains/experiments/contract/run";
import { betterEnd } from "./better-end";

type MetricKey = RunKeys["metrics"][number];

function weight({ key, runs }: MetricKey): number {
  const judged = /^(val|valid|validation|test|eval|holdout)[/_.-]/i.test(key) || !/[/.]/.test(key);
  return (betterEnd(key) ? 1 : 0) * 2e9 + (judged ? 1 : 0) * 1e9 + runs;
}

export function rankMetrics(metrics: readonly MetricKey[]): MetricKey[] {
  return [...metrics].sort((a, b) => weight(b) - weight(a));
}
