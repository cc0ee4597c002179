/** One key and one search for the table of runs, so that the server's prefetch and the browser meet. */

import type { z } from "zod";
import type { RunKeys, SearchRunsInput } from "@/server/domains/experiments/contract/run";
import { askedColumns } from "./columns/asked-columns";
import { metricFieldOf, metricTerm } from "@/server/domains/experiments/rules/table/metric-field";
import { focusMetric } from "./focus-metric";
import { sweepTag } from "@/server/domains/experiments/contract/sweep-words";
import { scoringTag } from "@/server/domains/experiments/contract/scoring-tag";

export type RunsSearch = Required<
  Pick<z.input<typeof SearchRunsInput>, "experimentNos" | "filter" | "orderBy" | "view" | "columns">
>;

export const pageSize = 50;

export const noKeys: RunKeys = { metrics: [], params: [], tags: [] };

export type RunsView = "active" | "deleted";

const attributeOf: Record<string, string> = {
  name: "run_name",
  state: "status",
  started: "start_time",
  duration: "duration",
  user: "user_id",
};

/** A column's key as an order clause; keys of metrics and params always in backticks. */
export function orderOf(sort: { key: string; desc: boolean } | null): string[] {
  if (!sort) return [];
  const metric = metricFieldOf(sort.key);
  const [, scope, key] = /^(params|tags)\.(.+)$/s.exec(sort.key) ?? [];
  const field = metric ? metricTerm(metric) : scope ? `${scope}.\`${key}\`` : attributeOf[sort.key];
  return field ? [`${field} ${sort.desc ? "DESC" : "ASC"}`] : [];
}

const parentTag = "mlflow.parentRunId";
const ownRunsOnly = `tags.\`${scoringTag}\` IS NULL AND tags.\`${parentTag}\` IS NULL`;

/** Runs that score a model, and those that are part of another, stay out unless they are asked for, here or by the filter. */
function filterOf({ filter, view, all, group }: Pick<AskedRuns, "filter" | "view" | "all" | "group">): string {
  // The runs of a sweep are all part of another.
  const isGrouped = group === `tags.${sweepTag}` || group === `tags.${parentTag}`;
  const isAsked = all || isGrouped || view === "deleted" || filter.includes(scoringTag) || filter.includes(parentTag);
  return isAsked ? filter : [filter.trim(), ownRunsOnly].filter(Boolean).join(" AND ");
}

export type AskedRuns = {
  filter: string;
  sort: { key: string; desc: boolean } | null;
  view: RunsView;
  all: boolean;
  /** Of the picked columns, or null. */
  picked: readonly string[] | null;
  metric: string | null;
  group: string | null;
  keys: RunKeys;
};

export function runsSearch(no: number, asked: AskedRuns): RunsSearch {
  return {
    experimentNos: [no],
    filter: filterOf(asked),
    orderBy: orderOf(asked.sort),
    view: asked.view === "deleted" ? "DELETED_ONLY" : "ACTIVE_ONLY",
    columns: askedColumns(asked.keys, asked.picked, focusMetric(asked.metric, asked.sort, asked.keys)),
  };
}

export const runsPrefix = (project: string) => ["experiments", "runs", project] as const;

export const runsKey = (project: string, search: RunsSearch) => [...runsPrefix(project), search] as const;

/** The same reading of `?q=&sort=&view=&all=&cols=&metric=` as the table's, for the server. */
export function searchOfParams(no: number, params: Record<string, string | string[] | undefined>, keys: RunKeys): RunsSearch {
  const text = (name: string) => (typeof params[name] === "string" ? params[name] : "");
  const [, key, direction] = /^(.+)\.(asc|desc)$/.exec(text("sort")) ?? [];
  const sort = key ? { key, desc: direction === "desc" } : defaultSort;
  return runsSearch(no, {
    filter: text("q"),
    sort,
    view: text("view") === "deleted" ? "deleted" : "active",
    all: text("all") === "true",
    picked: text("cols") ? (text("cols") ?? "").split(",").map((column) => column.replaceAll("%2C", ",")) : null,
    metric: text("metric") || null,
    group: text("group") || null,
    keys,
  });
}

export const defaultSort = { key: "started", desc: true };

/** Where the server gives the runs of a search as a file, with these columns or all. */
export function exportHref(kind: "csv" | "parquet", project: string, no: number, search: RunsSearch, columns: readonly string[] | null): string {
  const { filter, orderBy, view } = search;
  const params = new URLSearchParams({ project, experimentNo: String(no), view });
  if (filter) params.set("filter", filter);
  for (const clause of orderBy) params.append("orderBy", clause);
  if (columns) params.set("columns", columns.join(","));
  return `/api/v1/runs.${kind}?${params}`;
}
