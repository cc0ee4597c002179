/** Which metrics, params and tags of its runs a table asks for: those it shows, for a run may have thousands. */
import type { RunColumns, RunKeys } from "@/server/domains/experiments/contract/run";
import { rankMetrics } from "../../metrics/rank-metrics";
import { metricFieldOf } from "@/server/domains/experiments/rules/table/metric-field";

export const mostMetrics = 3;
export const mostParams = 3;
const askedAtMost = 200;

/** Params with more than one value: the others say nothing about a run. */
export const tellingParams = (keys: RunKeys): string[] => keys.params.filter(({ distinct }) => distinct > 1).map(({ key }) => key);

/** Shown beside who started a run. */
const alwaysTags = ["mlflow.user"];

const unique = (keys: readonly string[]) => [...new Set(keys)].slice(0, askedAtMost);

const keysOf = (picked: readonly string[], scope: "params" | "tags") =>
  picked.flatMap((column) => (column.startsWith(`${scope}.`) ? [column.slice(scope.length + 1)] : []));

/** What is picked, or all that could be shown while nothing is, whatever the width of the window. */
export function askedColumns(keys: RunKeys, picked: readonly string[] | null, focus: string | null): RunColumns {
  const about = focus === null ? [] : [focus];
  if (picked === null) {
    const ranked = rankMetrics(keys.metrics).slice(0, mostMetrics + 1).map(({ key }) => key);
    return { metrics: unique([...about, ...ranked]), params: unique(tellingParams(keys).slice(0, mostParams)), tags: alwaysTags };
  }
  const metrics = picked.flatMap((column) => metricFieldOf(column)?.key ?? []);
  return { metrics: unique([...about, ...metrics]), params: unique(keysOf(picked, "params")), tags: unique([...alwaysTags, ...keysOf(picked, "tags")]) };
}
