/** One key and one search for the table of runs, so that the server's prefetch and the browser meet. */

import type { z } from "zod";
import type { SearchRunsInput } from "@/server/domains/experiments/contract/run";
import { scoringTag } from "@/server/domains/experiments/contract/scoring-tag";

export type RunsSearch = Required<
  Pick<z.input<typeof SearchRunsInput>, "experimentNos" | "filter" | "orderBy" | "view">
>;

export const pageSize = 50;
export const exportPageSize = 1_000;

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
  const [, scope, key] = /^(metrics|params|tags)\.(.+)$/s.exec(sort.key) ?? [];
  const field = scope ? `${scope}.\`${key}\`` : attributeOf[sort.key];
  return field ? [`${field} ${sort.desc ? "DESC" : "ASC"}`] : [];
}

const parentTag = "mlflow.parentRunId";
const ownRunsOnly = `tags.\`${scoringTag}\` IS NULL AND tags.\`${parentTag}\` IS NULL`;

/** Runs that score a model, and those that are part of another, stay out unless they are asked for, here or by the filter. */
function filterOf({ filter, view, all }: Pick<AskedRuns, "filter" | "view" | "all">): string {
  const isAsked = all || view === "deleted" || filter.includes(scoringTag) || filter.includes(parentTag);
  return isAsked ? filter : [filter.trim(), ownRunsOnly].filter(Boolean).join(" AND ");
}

export type AskedRuns = { filter: string; sort: { key: string; desc: boolean } | null; view: RunsView; all: boolean };

export function runsSearch(no: number, asked: AskedRuns): RunsSearch {
  return {
    experimentNos: [no],
    filter: filterOf(asked),
    orderBy: orderOf(asked.sort),
    view: asked.view === "deleted" ? "DELETED_ONLY" : "ACTIVE_ONLY",
  };
}

export const runsPrefix = (project: string) => ["experiments", "runs", project] as const;

export const runsKey = (project: string, search: RunsSearch) => [...runsPrefix(project), search] as const;

/** The same reading of `?q=&sort=&view=&all=` as the table's, for the server. */
export function searchOfParams(no: number, params: Record<string, string | string[] | undefined>): RunsSearch {
  const text = (name: string) => (typeof params[name] === "string" ? params[name] : "");
  const [, key, direction] = /^(.+)\.(asc|desc)$/.exec(text("sort")) ?? [];
  const sort = key ? { key, desc: direction === "desc" } : defaultSort;
  return runsSearch(no, {
    filter: text("q"),
    sort,
    view: text("view") === "deleted" ? "deleted" : "active",
    all: text("all") === "true",
  });
}

export const defaultSort = { key: "started", desc: true };
