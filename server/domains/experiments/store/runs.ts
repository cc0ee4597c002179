import { and, eq, type SQL, sql } from "drizzle-orm";
import { experiments, runs } from "@/drizzle/schema/experiments";
import type { Db } from "@/server/platform/db";
import type { KeyValue, LaunchFacts, MetricSummary, RunStatus, RunView } from "../contract/run";
import type { Condition, SortKey } from "../rules/filter";
import { runCondition, runSortTerm } from "./conditions";
import { afterKey, decodePageToken, encodePageToken, orderBy, type SortTerm } from "./keyset";

export type RunRow = typeof runs.$inferSelect;

export async function findRun(db: Db, projectId: string, runId: string): Promise<RunRow | null> {
  const [row] = await db.select().from(runs).where(and(eq(runs.projectId, projectId), eq(runs.id, runId)));
  return row ?? null;
}

export async function findRunOfJob(db: Db, projectId: string, jobId: string): Promise<RunRow | null> {
  const [row] = await db.select().from(runs).where(and(eq(runs.projectId, projectId), eq(runs.jobId, jobId))).limit(1);
  return row ?? null;
}

type Chosen = {
  projectId: string; experimentNos: number[] | null; conditions: readonly Condition[]; view: "ACTIVE_ONLY" | "DELETED_ONLY" | "ALL";
};
type Search = Chosen & { order: readonly SortKey[]; pageToken: string | null; limit: number };

function sortTerms(order: readonly SortKey[]): SortTerm[] {
  const asked = order.map((key) => runSortTerm(key, key.descending));
  return [...asked, runSortTerm({ scope: "attribute", key: "start_time", aggregate: "last" }, true), { expression: sql`r.id`, descending: true, cast: "uuid" }];
}

function whereOf(chosen: Chosen): SQL[] {
  const where = [sql`r.project_id = ${chosen.projectId}`, ...chosen.conditions.map(runCondition)];
  if (chosen.experimentNos !== null) {
    where.push(sql`r.experiment_id in (select id from experiments where project_id = ${chosen.projectId} and no = any(${sql.param(chosen.experimentNos)}::int[]))`);
  }
  if (chosen.view !== "ALL") where.push(sql`r.lifecycle_stage = ${chosen.view === "ACTIVE_ONLY" ? "active" : "deleted"}`);
  return where;
}

export async function countRunIds(db: Db, chosen: Chosen): Promise<number> {
  const result = await db.execute<{ n: number }>(sql`select count(*) as n from runs r where ${sql.join(whereOf(chosen), sql` and `)}`);
  return Number(result.rows[0]?.n ?? 0);
}

/** Ids of one page in order; the page's cost does not depend on how far in it is. */
export async function searchRunIds(db: Db, search: Search): Promise<{ ids: string[]; next: string | null }> {
  const terms = sortTerms(search.order);
  const where = whereOf(search);
  if (search.pageToken !== null) where.push(afterKey(terms, decodePageToken(search.pageToken, terms.length)));
  const keys = sql.join(terms.map((term, index) => sql`${term.expression} as ${sql.raw(`k${index}`)}`), sql`, `);
  const result = await db.execute<Record<string, string | number | null>>(sql`
    select r.id, ${keys} from runs r where ${sql.join(where, sql` and `)} order by ${orderBy(terms)} limit ${search.limit + 1}`);
  const page = result.rows.slice(0, search.limit);
  const last = page.at(-1);
  const hasMore = result.rows.length > search.limit && last !== undefined;
  return {
    ids: page.map((row) => String(row.id)),
    next: hasMore ? encodePageToken(terms.map((_, index) => last[`k${index}`] ?? null)) : null,
  };
}

/** Runs with metrics, params and tags: four queries, whatever their number. Order is that of `ids`. */
export async function hydrateRuns(db: Db, projectId: string, ids: readonly string[]): Promise<RunView[]> {
  if (ids.length === 0) return [];
  const list = sql`${sql.param(ids)}::uuid[]`;
  const [rows, metrics, params, tags] = [
    await db.select({ run: runs, no: experiments.no, experimentName: experiments.name }).from(runs)
      .innerJoin(experiments, eq(experiments.id, runs.experimentId)).where(and(eq(runs.projectId, projectId), sql`${runs.id} = any(${list})`)),
    await readSummaries(db, ids),
    await readPairs(db, "run_params", ids),
    await readPairs(db, "run_tags", ids),
  ];
  const byId = new Map(rows.map((row) => [row.run.id, row]));
  return ids.flatMap((id) => {
    const found = byId.get(id);
    if (!found) return [];
    const { run, no, experimentName } = found;
    return [{
      id, experimentNo: no, experimentName, name: run.name, status: run.status as RunStatus,
      lifecycleStage: run.lifecycleStage as RunView["lifecycleStage"], userName: run.userName,
      startTime: run.startTime, endTime: run.endTime, artifactUri: run.artifactUri, parentRunId: run.parentRunId,
      jobId: run.jobId, recipeId: run.recipeId, launch: run.launch as LaunchFacts | null, failure: run.failure,
      metrics: metrics.get(id) ?? [], params: params.get(id) ?? [], tags: tags.get(id) ?? [],
    }];
  });
}

type OfRun<T> = T & { run_id: string };

function grouped<T>(rows: readonly OfRun<T>[]): Map<string, OfRun<T>[]> {
  const groups = new Map<string, OfRun<T>[]>();
  for (const row of rows) {
    const group = groups.get(row.run_id);
    if (group) group.push(row);
    else groups.set(row.run_id, [row]);
  }
  return groups;
}

async function readPairs(db: Db, table: "run_params" | "run_tags", ids: readonly string[]): Promise<Map<string, KeyValue[]>> {
  const result = await db.execute<KeyValue & { run_id: string }>(
    sql`select run_id, key, value from ${sql.raw(table)} where run_id = any(${sql.param(ids)}::uuid[]) order by run_id, key`,
  );
  return new Map([...grouped(result.rows)].map(([id, pairs]) => [id, pairs.map(({ key, value }) => ({ key, value }))]));
}

async function readSummaries(db: Db, ids: readonly string[]): Promise<Map<string, MetricSummary[]>> {
  const result = await db.execute<MetricSummary & { run_id: string }>(sql`
    select run_id, key, last_value as "lastValue", last_step as "lastStep", last_timestamp as "lastTimestamp", min_value as "minValue",
      min_step as "minStep", max_value as "maxValue", max_step as "maxStep", first_timestamp as "firstTimestamp", count,
      value_sum as "valueSum", value_count as "valueCount"
    from metric_summaries where run_id = any(${sql.param(ids)}::uuid[]) order by run_id, key`);
  return new Map([...grouped(result.rows)].map(([id, list]) => [id, list.map(({ run_id: _, ...summary }) => summary)]));
}
