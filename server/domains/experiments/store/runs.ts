import { and, eq, type SQL, sql } from "drizzle-orm";
import { experiments, runs } from "@/drizzle/schema/experiments";
import type { Db } from "@/server/platform/db";
import type { KeyValue, LaunchFacts, MetricSummary, RunColumns, RunStatus, RunView } from "../contract/run";
import type { KeyScope } from "../rules/filter";

export type RunRow = typeof runs.$inferSelect;

export async function findRun(db: Db, projectId: string, runId: string): Promise<RunRow | null> {
  const [row] = await db.select().from(runs).where(and(eq(runs.projectId, projectId), eq(runs.id, runId)));
  return row ?? null;
}

export async function findRunOfJob(db: Db, projectId: string, jobId: string): Promise<RunRow | null> {
  const [row] = await db.select().from(runs).where(and(eq(runs.projectId, projectId), eq(runs.jobId, jobId))).limit(1);
  return row ?? null;
}

export async function readExperimentOf(db: Db, runId: string): Promise<string | null> {
  const [row] = await db.select({ experimentId: runs.experimentId }).from(runs).where(eq(runs.id, runId));
  return row?.experimentId ?? null;
}

/** Runs with metrics, params and tags, all or those of `only`: four queries, whatever their number. Order is that of `ids`. */
export async function hydrateRuns(db: Db, projectId: string, ids: readonly string[], only: RunColumns | null = null): Promise<RunView[]> {
  if (ids.length === 0) return [];
  const list = sql`${sql.param(ids)}::uuid[]`;
  const [rows, metrics, params, tags] = [
    await db.select({ run: runs, no: experiments.no, experimentName: experiments.name }).from(runs)
      .innerJoin(experiments, eq(experiments.id, runs.experimentId)).where(and(eq(runs.projectId, projectId), sql`${runs.id} = any(${list})`)),
    await readSummaries(db, ids, only?.metrics),
    await readPairs(db, "param", ids, only?.params),
    await readPairs(db, "tag", ids, only?.tags),
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

/** Rows of these keys in the experiments of the given runs; without keys, all. */
function ofKeys(scope: KeyScope, ids: readonly string[], keys: readonly string[] | undefined): SQL {
  if (!keys) return sql``;
  return sql`and key_id = any(array(
    select f.id from field_keys f where f.scope = ${scope} and f.key = any(${sql.param(keys)}::text[])
      and f.experiment_id in (select distinct r.experiment_id from runs r where r.id = any(${sql.param(ids)}::uuid[]))))`;
}

async function readPairs(db: Db, scope: "param" | "tag", ids: readonly string[], keys?: readonly string[]): Promise<Map<string, KeyValue[]>> {
  const from = sql.raw(scope === "param" ? "run_params" : "run_tags");
  const result = await db.execute<KeyValue & { run_id: string }>(sql`
    select v.run_id, k.key, v.value from ${from} v join field_keys k on k.id = v.key_id
    where v.run_id = any(${sql.param(ids)}::uuid[]) ${ofKeys(scope, ids, keys)} order by v.run_id, k.key`);
  return new Map([...grouped(result.rows)].map(([id, pairs]) => [id, pairs.map(({ key, value }) => ({ key, value }))]));
}

async function readSummaries(db: Db, ids: readonly string[], keys?: readonly string[]): Promise<Map<string, MetricSummary[]>> {
  const result = await db.execute<MetricSummary & { run_id: string }>(sql`
    select m.run_id, k.key, last_value as "lastValue", last_step as "lastStep", last_timestamp as "lastTimestamp", min_value as "minValue",
      min_step as "minStep", max_value as "maxValue", max_step as "maxStep", first_timestamp as "firstTimestamp", count,
      value_sum as "valueSum", value_count as "valueCount"
    from metric_summaries m join field_keys k on k.id = m.key_id
    where m.run_id = any(${sql.param(ids)}::uuid[]) ${ofKeys("metric", ids, keys)} order by m.run_id, k.key`);
  return new Map([...grouped(result.rows)].map(([id, list]) => [id, list.map(({ run_id: _, ...summary }) => summary)]));
}
