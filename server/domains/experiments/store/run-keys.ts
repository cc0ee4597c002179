/** Which keys an experiment's runs carry, read from its latest runs so that the cost stays bounded. */
import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/server/platform/db";
import type { RunKeys } from "../contract/run";
import { scoringTag } from "../contract/scoring-tag";
import { promisedEnds, withEnds } from "./promised-ends";

const runsRead = { pairs: 2_000, metrics: { most: 200, least: 20 } };
/** Of metrics a run may have thousands: the more there are, the fewer runs are read. */
const summariesRead = 40_000;
const keysGiven = 5_000;
const valuesGiven = 20;
const valueLength = 100;

const experimentsOf = (projectId: string, nos: readonly number[]) => sql`select e.id from experiments e where e.project_id = ${projectId} and e.no = any(${sql.param(nos)}::int[])`;

const latestRuns = (experiments: SQL, limit: number) => sql`
  select r.id from runs r where r.experiment_id in (${experiments}) and r.lifecycle_stage = 'active' order by r.start_time desc nulls last, r.id desc limit ${limit}`;

type PairKey = { key: string; runs: number; distinct: number; values: string[] | null };

async function readPairKeys(db: Db, table: "run_params" | "run_tags", latest: SQL): Promise<RunKeys["params"]> {
  const result = await db.execute<PairKey>(sql`
    select k.key, count(*) as runs, count(distinct v.value) as "distinct",
      (array_agg(distinct v.value) filter (where length(v.value) <= ${valueLength}))[1:${valuesGiven}] as values
    from ${sql.raw(table)} v join field_keys k on k.id = v.key_id where v.run_id in (${latest}) group by k.key order by 2 desc, 1 limit ${keysGiven}`);
  return result.rows.map((row) => ({ ...row, runs: Number(row.runs), distinct: Number(row.distinct), values: row.values ?? [] }));
}

/** How many of the latest runs tell which metrics there are: told to the planner as a number, for the few that it is. */
async function runsForMetrics(db: Db, experiments: SQL): Promise<number> {
  const result = await db.execute<{ keys: number }>(sql`select count(*)::int as keys from field_keys k where k.experiment_id in (${experiments}) and k.scope = 'metric'`);
  const { most, least } = runsRead.metrics;
  return Math.max(least, Math.min(most, Math.floor(summariesRead / Math.max(1, result.rows[0]?.keys ?? 0))));
}

/** Metrics of the latest runs, then those that only older runs have. */
async function readMetricKeys(db: Db, experiments: SQL, latest: SQL): Promise<RunKeys["metrics"]> {
  const result = await db.execute<{ key: string; runs: number; points: number; scoring: boolean }>(sql`
    with counted as (
      select m.key_id, count(*) as runs, max(m.count) as points, bool_and(t.run_id is not null) as scoring
      from metric_summaries m
      left join (run_tags t join field_keys s on s.id = t.key_id and s.scope = 'tag' and s.key = ${scoringTag}) on t.run_id = m.run_id
      where m.run_id in (${latest}) group by m.key_id
    )
    select k.key, coalesce(sum(c.runs), 0) as runs, coalesce(max(c.points), 0) as points, coalesce(bool_and(c.scoring), false) as scoring
    from field_keys k left join counted c on c.key_id = k.id
    where k.experiment_id in (${experiments}) and k.scope = 'metric' and (c.key_id is not null or exists (
      select 1 from metric_summaries o join runs r on r.id = o.run_id where o.key_id = k.id and r.lifecycle_stage = 'active'))
    group by k.key order by 2 desc, 1 limit ${keysGiven}`);
  return result.rows.map((row) => ({ ...row, runs: Number(row.runs), points: Number(row.points) }));
}

export async function readRunKeys(db: Db, projectId: string, experimentNos: readonly number[]): Promise<RunKeys> {
  const experiments = experimentsOf(projectId, experimentNos);
  const latest = latestRuns(experiments, runsRead.pairs);
  const latestOfMetrics = latestRuns(experiments, await runsForMetrics(db, experiments));
  const promised = await promisedEnds(db, sql`select r.recipe_id from (${latestOfMetrics}) l join runs r on r.id = l.id`);
  return {
    metrics: withEnds(await readMetricKeys(db, experiments, latestOfMetrics), promised),
    params: await readPairKeys(db, "run_params", latest),
    tags: await readPairKeys(db, "run_tags", latest),
  };
}
