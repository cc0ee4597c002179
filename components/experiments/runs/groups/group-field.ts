/** What runs are grouped by, as the URL has it (`params.model`), and a group as a condition of the filter. */
import type { GroupField, GroupSort } from "@/server/domains/experiments/contract/run-table";
import { sweepTag } from "@/server/domains/experiments/contract/sweep-words";
import { quoted } from "../../filter/filter-text";
import { metricFieldOf } from "@/server/domains/experiments/rules/table/metric-field";

export function groupFieldOf(text: string | null): GroupField | null {
  const [, scope, key] = /^(params|tags)\.(.+)$/s.exec(text ?? "") ?? [];
  return scope && key ? { scope: scope === "params" ? "param" : "tag", key } : null;
}

const spoken: Record<string, string> = { [sweepTag]: "sweep", "mlflow.parentRunId": "parent run", "mlflow.user": "user", "mlflow.source.name": "source", "mlflow.source.git.commit": "commit" };

export const groupName = ({ key }: GroupField): string => spoken[key] ?? key;

export const isWorthGrouping = (tag: string): boolean => !tag.startsWith("mlflow.") || tag in spoken;

/** The condition that holds of the group's runs alone. */
export function groupCondition({ scope, key }: GroupField, value: string | null): string {
  const field = `${scope}s.\`${key}\``;
  return value === null ? `${field} IS NULL` : `${field} = ${quoted(value)}`;
}

export const joinFilters = (...filters: readonly string[]): string => filters.map((filter) => filter.trim()).filter(Boolean).join(" AND ");

/** The order of the groups that a column's order asks for: the mean of a metric, the value, the number, the latest start. */
export function groupSortOf(sort: { key: string; desc: boolean } | null): GroupSort {
  const metric = sort && metricFieldOf(sort.key);
  if (metric) return { by: "metric", key: metric.key, descending: sort.desc };
  if (sort?.key === "name") return { by: "value", descending: sort.desc };
  if (sort?.key === "runs") return { by: "runs", descending: sort.desc };
  return { by: "started", descending: sort?.key === "started" ? sort.desc : true };
}
