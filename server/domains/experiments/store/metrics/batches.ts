/** The hot tail: batches as they were acknowledged, one row each, until they are sealed. */
import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";

/** False where the run has had the same batch within a day: nothing is written then. */
export async function insertBatch(tx: Tx, runId: string, attempt: number, hash: string, points: Uint8Array): Promise<boolean> {
  const result = await tx.execute(sql`
    with fresh as (insert into metric_batch_hashes (run_id, hash) values (${runId}::uuid, ${hash}::uuid) on conflict do nothing returning run_id)
    insert into metric_batches (id, run_id, attempt, points) select ${newId()}::uuid, run_id, ${attempt}::int, ${Buffer.from(points)}::bytea from fresh`);
  return (result.rowCount ?? 0) > 0;
}

export type HotBatch = { run_id: string; attempt: number; points: Buffer };

/** In the order they came. */
export async function readHotBatches(db: Db, runIds: readonly string[]): Promise<HotBatch[]> {
  const result = await db.execute<HotBatch>(sql`select run_id, attempt, points from metric_batches where run_id = any(${sql.param(runIds)}::uuid[]) order by id`);
  return result.rows;
}

/** Two that seal a run follow each other. */
export async function lockSealing(tx: Tx, runId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`seal ${runId}`}, 0))`);
}

/** Takes the oldest of a run's batches out, to be sealed in the same transaction. */
export async function takeBatches(tx: Tx, runId: string, most: number): Promise<{ attempt: number; points: Buffer }[]> {
  const result = await tx.execute<{ id: string; attempt: number; points: Buffer }>(sql`
    delete from metric_batches where id in (select id from metric_batches where run_id = ${runId} order by id limit ${most}) returning id, attempt, points`);
  return result.rows.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The newest batch that is not sealed yet: its id tells its time. */
export async function newestBatch(tx: Tx, runId: string): Promise<string | null> {
  const result = await tx.execute<{ id: string }>(sql`select id from metric_batches where run_id = ${runId} order by id desc limit 1`);
  return result.rows[0]?.id ?? null;
}

export type Pending = { run_id: string; status: string; oldest: string; newest: string; batches: number };

/** Runs with batches, found by hopping from run to run in the index; batches are counted up to `most`. */
export async function listPending(db: Db, most: number): Promise<Pending[]> {
  const result = await db.execute<Pending>(sql`
    with recursive found(run_id) as (
      (select run_id from metric_batches order by run_id limit 1)
      union all
      select (select b.run_id from metric_batches b where b.run_id > found.run_id order by b.run_id limit 1) from found where found.run_id is not null
    )
    select f.run_id, r.status,
      (select b.id from metric_batches b where b.run_id = f.run_id order by b.id limit 1) as oldest,
      (select b.id from metric_batches b where b.run_id = f.run_id order by b.id desc limit 1) as newest,
      (select count(*)::int from (select 1 from metric_batches b where b.run_id = f.run_id limit ${most}) counted) as batches
    from found f join runs r on r.id = f.run_id where f.run_id is not null`);
  return result.rows;
}

export async function purgeBatchHashes(db: Db): Promise<void> {
  await db.execute(sql`delete from metric_batch_hashes where created_at < now() - interval '24 hours'`);
}
