/** Runs as they are shown: with their metrics, params and tags, in one statement whatever their number. */
import { and, eq, type SQL, sql } from "drizzle-orm";
import { experiments, runs } from "@/drizzle/schema/experiments";
import type { Db } from "@/server/platform/db";
import type { KeyValue, LaunchFacts, MetricSummary, RunColumns, RunStatus, RunView } from "../contract/run";

/** JSON has no NaN and no infinities: PostgreSQL writes them as texts. */
type Written = number | string | null;
type WrittenSummary = [key: string, ...columns: Written[]];

const numberOf = (written: Written | undefined) => Number(written ?? 0);
const orNull = (written: Written | undefined) => (written === null || written === undefined ? null : Number(written));

function summaryOf([key, lastValue, lastStep, lastTimestamp, minValue, minStep, maxValue, maxStep, firstTimestamp, count, valueSum, valueCount]: WrittenSummary): MetricSummary {
  return {
    key, lastValue: numberOf(lastValue), lastStep: numberOf(lastStep), lastTimestamp: numberOf(lastTimestamp), minValue: orNull(minValue), minStep: orNull(minStep),
    maxValue: orNull(maxValue), maxStep: orNull(maxStep), firstTimestamp: numberOf(firstTimestamp), count: numberOf(count), valueSum: numberOf(valueSum), valueCount: numberOf(valueCount),
  };
}

/** All keys, or these. */
const ofKeys = (keys: readonly string[] | undefined) => (keys ? sql`and k.key = any(${sql.param(keys)}::text[])` : sql``);

function pairsOf(table: "run_params" | "run_tags", keys: readonly string[] | undefined): SQL<KeyValue[] | null> {
  return sql`(select json_agg(json_build_object('key', k.key, 'value', v.value) order by k.key) from ${sql.raw(table)} v join field_keys k on k.id = v.key_id
    where v.run_id = ${runs.id} and k.experiment_id = ${runs.experimentId} and k.scope = ${table === "run_params" ? "param" : "tag"} ${ofKeys(keys)})`;
}

function summariesOf(keys: readonly string[] | undefined): SQL<WrittenSummary[] | null> {
  return sql`(select json_agg(json_build_array(k.key, m.last_value, m.last_step, m.last_timestamp, m.min_value, m.min_step, m.max_value, m.max_step, m.first_timestamp,
      m.count, m.value_sum, m.value_count) order by k.key)
    from metric_summaries m join field_keys k on k.id = m.key_id
    where m.run_id = ${runs.id} and k.experiment_id = ${runs.experimentId} and k.scope = 'metric' ${ofKeys(keys)})`;
}

/** All metrics, params and tags, or those of `only`. Order is that of `ids`. */
export async function hydrateRuns(db: Db, projectId: string, ids: readonly string[], only: RunColumns | null = null): Promise<RunView[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select({
      run: runs, no: experiments.no, experimentName: experiments.name,
      metrics: summariesOf(only?.metrics), params: pairsOf("run_params", only?.params), tags: pairsOf("run_tags", only?.tags),
    })
    .from(runs)
    .innerJoin(experiments, eq(experiments.id, runs.experimentId))
    .where(and(eq(runs.projectId, projectId), sql`${runs.id} = any(${sql.param(ids)}::uuid[])`));
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
      metrics: (found.metrics ?? []).map(summaryOf), params: found.params ?? [], tags: found.tags ?? [],
    }];
  });
}
