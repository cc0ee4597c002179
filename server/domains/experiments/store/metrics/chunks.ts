/** Sealed chunks: written whole, never changed; a later seal that reaches into one replaces it. */
import { sql } from "drizzle-orm";
import { metricChunks } from "@/drizzle/schema/experiments";
import type { Db, Tx } from "@/server/platform/db";
import type { Resolution } from "../../rules/chunks/pyramid";

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

export type ReadChunk = { run_id: string; packed: boolean; step_from: number; step_to: number; count: number; resolution: Resolution; bytes: Buffer };
export type StepRange = { from: number | null; to: number | null };

/**
 * A metric's chunks within a range of steps, each run's at its own resolution; one that straddles an end of the range comes with
 * every point. Of each run the first chunks that hold `most` points, or all. */
export async function readChunks(db: Db, runs: readonly { runId: string; resolution: Resolution }[], key: string, range: StepRange, most: number | null): Promise<ReadChunk[]> {
  const inRange = sql`(${range.from}::bigint is null or c.step_to >= ${range.from}::bigint) and (${range.to}::bigint is null or c.step_from <= ${range.to}::bigint)`;
  const isWhole = sql`(${range.from}::bigint is null or c.step_from >= ${range.from}::bigint) and (${range.to}::bigint is null or c.step_to <= ${range.to}::bigint)`;
  const result = await db.execute<ReadChunk>(sql`
    select run_id, packed, step_from, step_to, count, resolution,
      case resolution when 64 then level_64 when 256 then level_256 when 1024 then level_1024 else points end as bytes
    from (
      select c.*, sum(c.count) over (partition by c.run_id order by c.step_from, c.id) - c.count as before, case
        when not (${isWhole}) then 0
        when w.width >= 1024 and c.level_1024 is not null then 1024
        when w.width >= 256 and c.level_256 is not null then 256
        when w.width >= 64 and c.level_64 is not null then 64
        else 0 end as resolution
      from unnest(${sql.param(runs.map(({ runId }) => runId))}::uuid[], ${sql.param(runs.map(({ resolution }) => resolution))}::int[]) w(run_id, width)
      cross join lateral (
        select * from metric_chunks c where c.run_id = w.run_id and not c.packed and c.key_to = ${key} and ${inRange}
        union all
        (select * from metric_chunks c where c.run_id = w.run_id and c.packed and c.key_to >= ${key} order by c.key_to limit 1)
      ) c
      where c.key_from <= ${key}
    ) chosen where ${most}::bigint is null or before < ${most}::bigint order by run_id, step_from`);
  return result.rows;
}
