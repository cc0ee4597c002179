/** Which keys an experiment's runs carry, read from its latest runs so that the cost stays bounded. */
import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/server/platform/db";
import type { RunKeys } from "../contract/run";
import { scoringTag } from "../contract/scoring-tag";

const runsRead = 2_000;
const keysGiven = 2_000;
const valuesGiven = 20;
const valueLength = 100;

function latestRuns(projectId: string, experimentNos: readonly number[]): SQL {
  return sql`select r.id from runs r join experiments e on e.id = r.experiment_id
    where e.project_id = ${projectId} and e.no = any(${sql.param(experimentNos)}::int[]) and r.lifecycle_stage = 'active'
    order by r.start_time desc nulls last, r.id desc limit ${runsRead}`;
}

type PairKey = { key: string; runs: number; distinct: number; values: string[] | null };

async function readPairKeys(db: Db, table: "run_params" | "run_tags", latest: SQL): Promise<RunKeys["params"]> {
  const result = await db.execute<PairKey>(sql`
    select v.key, count(*) as runs, count(distinct v.value) as "distinct",
      (array_agg(distinct v.value) filter (where length(v.value) <= ${valueLength}))[1:${valuesGiven}] as values
    from ${sql.raw(table)} v where v.run_id in (${latest}) group by v.key order by 2 desc, 1 limit ${keysGiven}`);
  return result.rows.map((row) => ({
    ...row,
    runs: Number(row.runs),
    distinct: Number(row.distinct),
    values: row.values ?? [],
  }));
}

export async function readRunKeys(db: Db, projectId: string, experimentNos: readonly number[]): Promise<RunKeys> {
  const latest = latestRuns(projectId, experimentNos);
  const metrics = await db.execute<{ key: string; runs: number; points: number; scoring: boolean }>(sql`
    select m.key, count(*) as runs, max(m.count) as points, bool_and(t.run_id is not null) as scoring
    from metric_summaries m left join run_tags t on t.run_id = m.run_id and t.key = ${scoringTag} where m.run_id in (${latest})
    group by m.key order by 2 desc, 1 limit ${keysGiven}`);
  return {
    metrics: metrics.rows.map((row) => ({
      key: row.key,
      runs: Number(row.runs),
      points: Number(row.points),
      scoring: row.scoring,
    })),
    params: await readPairKeys(db, "run_params", latest),
    tags: await readPairKeys(db, "run_tags", latest),
  };
}
