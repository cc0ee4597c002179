/** Runs side by side: heads, params and tags at once; of metrics the keys, and values only of those in sight. */
import type { Db } from "@/server/platform/db";
import { query } from "@/server/platform/mutation";
import { ComparedRuns, type Comparison, type MetricColumn, MetricColumnsInput, type PairColumn } from "../../contract/compare";
import { type KeyedValue, readKeyedSummaries, readKeyedValues, readMetricKeysOf } from "../../store/compare/columns";
import { listInputNames } from "../../store/inputs/run-inputs";
import { promisedEnds, recipesOfRuns, withEnds } from "../../store/promised-ends";
import { hydrateRuns } from "../../store/run-views";
import { comparedRunIds } from "./run-sets";

const nothing = { metrics: [], params: [], tags: [] };

function pairColumns(rows: readonly KeyedValue[], ids: readonly string[]): PairColumn[] {
  const places = new Map(ids.map((id, index) => [id, index]));
  const columns = new Map<string, PairColumn>();
  for (const { run_id, key, value } of rows) {
    const column = columns.get(key) ?? { key, values: ids.map(() => null) };
    columns.set(key, column);
    column.values[places.get(run_id) ?? 0] = value;
  }
  return [...columns.values()];
}

const digestShown = 8;

/** Each by its name and content: two of one name need not hold the same rows. */
async function datasetsOf(db: Db, ids: readonly string[]): Promise<(string | null)[]> {
  if (ids.length === 0) return [];
  const of = new Map<string, string[]>();
  for (const { runId, name, digest } of await listInputNames(db, ids)) of.set(runId, [...(of.get(runId) ?? []), `${name} ${digest.slice(0, digestShown)}`]);
  return ids.map((id) => of.get(id)?.join(", ") ?? null);
}

export const readComparison = query("experiments.readComparison", "viewer", ComparedRuns, async ({ db, ctx, input }): Promise<Comparison> => {
  const { ids, missing } = await comparedRunIds(db, ctx.project.id, input);
  const heads = await hydrateRuns(db, ctx.project.id, ids, nothing);
  return {
    runs: heads.map(({ id, name, experimentNo, experimentName, status, lifecycleStage, startTime, endTime }) => ({ id, name, experimentNo, experimentName, status, lifecycleStage, startTime, endTime })),
    missing,
    params: pairColumns(await readKeyedValues(db, "param", ids), ids),
    tags: pairColumns(await readKeyedValues(db, "tag", ids), ids),
    datasets: await datasetsOf(db, ids),
    metrics: withEnds(await readMetricKeysOf(db, ids), await promisedEnds(db, recipesOfRuns(ids))),
  };
});

export const readMetricColumns = query("experiments.readMetricColumns", "viewer", MetricColumnsInput, async ({ db, ctx, input }): Promise<MetricColumn[]> => {
  const { ids } = await comparedRunIds(db, ctx.project.id, input);
  const places = new Map(ids.map((id, index) => [id, index]));
  const empty = () => ids.map((): number | null => null);
  const columns = new Map(input.keys.map((key): [string, MetricColumn] => [key, { key, last: empty(), lastStep: empty(), min: empty(), minStep: empty(), max: empty(), maxStep: empty() }]));
  for (const { run_id, key, ...summary } of await readKeyedSummaries(db, ids, input.keys)) {
    const column = columns.get(key);
    const at = places.get(run_id);
    if (!column || at === undefined) continue;
    for (const name of ["last", "lastStep", "min", "minStep", "max", "maxStep"] as const) column[name][at] = summary[name];
  }
  return withEnds([...columns.values()], await promisedEnds(db, recipesOfRuns(ids)));
});
