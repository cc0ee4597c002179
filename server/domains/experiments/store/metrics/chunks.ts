/** Sealed chunks: written whole, never changed; a later seal that reaches into one replaces it. */
import { sql } from "drizzle-orm";
import { metricChunks } from "@/drizzle/schema/experiments";
import type { Db, Tx } from "@/server/platform/db";
import { leastPoints, type LevelWidth, type Resolution } from "../../rules/chunks/pyramid";

export type ChunkRow = typeof metricChunks.$inferInsert;

const rowsAtOnce = 200;

export async function insertChunks(tx: Tx, rows: readonly ChunkRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) await tx.insert(metricChunks).values(rows.slice(from, from + rowsAtOnce));
}

export type TakenChunk = { key_from: string; packed: boolean; points: Buffer };

/** Takes out what a seal reaches into: packed series of these keys, and of each key the chunks from its first new step on, and one that is not full. */
export async function takeChunks(tx: Tx, runId: string, keys: readonly { key: string; firstStep: number }[], full: number): Promise<TakenChunk[]> {
  const names = keys.map(({ key }) => key).sort();
  const result = await tx.execute<TakenChunk>(sql`
    delete from metric_chunks c where c.run_id = ${runId} and (
      (c.packed and c.key_to >= ${names[0]} and c.key_from <= ${names.at(-1)})
      or (not c.packed and exists (
        select 1 from unnest(${sql.param(keys.map(({ key }) => key))}::text[], ${sql.param(keys.map(({ firstStep }) => firstStep))}::bigint[]) n(key, first_step)
        where n.key = c.key_to and (c.step_to >= n.first_step or c.count < ${full})))
    ) returning key_from, packed, points`);
  return result.rows;
}

export type ReadChunk = { run_id: string; packed: boolean; resolution: Resolution; bytes: Buffer };
export type StepRange = { from: number | null; to: number | null };

/**
 * A metric's chunks of several runs within a range of steps. Where `wanted` points are drawn, each run's come at the coarsest
 * level that is fine enough for what lies in the range; one that straddles an end of it comes with every point. Of each run
 * the first chunks that hold `most` points, or all.
 */
export async function readChunks(db: Db, runIds: readonly string[], key: string, range: StepRange, wanted: number | null, most: number | null): Promise<ReadChunk[]> {
  const inRange = sql`(${range.from}::bigint is null or c.step_to >= ${range.from}::bigint) and (${range.to}::bigint is null or c.step_from <= ${range.to}::bigint)`;
  const straddles = sql`(c.step_from < ${range.from}::bigint or c.step_to > ${range.to}::bigint)`;
  const isEnough = (width: LevelWidth) => (wanted === null ? sql`false` : sql`in_sight >= ${leastPoints(width, wanted)}`);
  const result = await db.execute<ReadChunk>(sql`
    select run_id, packed, resolution, case resolution when 64 then level_64 when 256 then level_256 when 1024 then level_1024 else points end as bytes
    from (
      select found.*, case
        when straddles is true then 0
        when ${isEnough(1_024)} and level_1024 is not null then 1024
        when ${isEnough(256)} and level_256 is not null then 256
        when ${isEnough(64)} and level_64 is not null then 64
        else 0 end as resolution
      from (
        select c.*, ${straddles} as straddles, sum(c.count) over (partition by c.run_id) as in_sight,
          sum(c.count) over (partition by c.run_id order by c.step_from, c.id) - c.count as before
        from unnest(${sql.param(runIds)}::uuid[]) w(run_id)
        cross join lateral (
          select * from metric_chunks c where c.run_id = w.run_id and not c.packed and c.key_to = ${key} and ${inRange}
          union all
          (select * from metric_chunks c where c.run_id = w.run_id and c.packed and c.key_to >= ${key} order by c.key_to limit 1)
        ) c
        where c.key_from <= ${key}
      ) found
    ) chosen where ${most}::bigint is null or before < ${most}::bigint order by run_id, step_from`);
  return result.rows;
}
