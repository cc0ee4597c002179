/** Which end of a metric is better, by the recipes that runs were launched from. */
import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/server/platform/db";
import type { BetterEnd } from "../contract/run";

export const recipesOfRuns = (runIds: readonly string[]): SQL => sql`select recipe_id from runs where id = any(${sql.param(runIds)}::uuid[])`;

/** Of each recipe its newest version among these counts; where two recipes disagree, nothing is said. */
export async function promisedEnds(db: Db, recipeIds: SQL): Promise<Map<string, BetterEnd>> {
  const result = await db.execute<{ key: string; better: BetterEnd }>(sql`
    with newest as (
      select distinct on (name) definition from recipes where id in (${recipeIds}) order by name, version desc
    )
    select m.key, case min(m.value->>'direction') when 'maximize' then 'max' else 'min' end as better
    from newest, jsonb_each(coalesce(newest.definition->'metrics', '{}')) m
    group by m.key having count(distinct m.value->>'direction') = 1`);
  return new Map(result.rows.map(({ key, better }) => [key, better]));
}

export function withEnds<M extends { key: string }>(metrics: M[], ends: ReadonlyMap<string, BetterEnd>): (M & { better?: BetterEnd })[] {
  if (ends.size === 0) return metrics;
  return metrics.map((metric) => {
    const better = ends.get(metric.key);
    return better ? { ...metric, better } : metric;
  });
}
