/**
 * Removes content that nothing has referred to, and nobody put or asked for, through the whole grace. Row first, then file, each in a transaction of
 * its own: a kill between them leaves a file without a row, which the end of this or the next pass finds and removes.
 */
import { eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { blobGrants, blobSweeps, blobs } from "@/drizzle/schema/platform";
import { database, type Db, type Tx } from "../db";
import { env } from "../env";
import { defineTask } from "../outbox";
import { blobStore, lockBlob } from "./blobs";
import { listBlobColumns } from "./hold-blobs";

const pageSize = 1_000;

type Candidate = { sha256: string; size: number; isOld: boolean };
/** What this pass did, and the row that says so. */
type Pass = { at: Date; tally: Tally };
type Tally = { removedBlobs: number; removedBytes: number; waitingBlobs: number; waitingBytes: number };

/** True of a blob `b` that no column refers to. */
async function unreferencedSql(db: Db) {
  const columns = await listBlobColumns(db);
  const parts = columns.map(({ table, column }) => sql`not exists (select 1 from ${sql.raw(table)} r where r.${sql.identifier(column)} = b.sha256)`);
  return sql.join(parts, sql` and `);
}

type Condition = Awaited<ReturnType<typeof unreferencedSql>>;

type Marked = Candidate & { isFree: boolean; isMarked: boolean };

/** Notes since when each has had no reference; one that got a reference again starts anew. */
async function markFree(db: Db, rows: readonly Marked[]): Promise<void> {
  const hashes = (isFree: boolean) => rows.filter((row) => row.isFree === isFree && row.isMarked !== isFree).map((row) => row.sha256);
  const [freed, taken] = [hashes(true), hashes(false)];
  if (freed.length > 0) await db.update(blobs).set({ freeSince: sql`now()` }).where(inArray(blobs.sha256, freed));
  if (taken.length > 0) await db.update(blobs).set({ freeSince: null }).where(inArray(blobs.sha256, taken));
}

/** The next page of all blobs, and those of it that nothing refers to: bounded work, whatever the store holds. */
async function readPage(db: Db, unreferenced: Condition, after: string, graceHours: number) {
  const { rows } = await db.execute<Marked>(sql`
    with page as materialized (select sha256, size, last_put_at, free_since from blobs where sha256 > ${after} order by sha256 limit ${pageSize})
    select b.sha256, b.size::float8 as size, (${unreferenced}) as "isFree", b.free_since is not null as "isMarked",
      greatest(b.last_put_at, b.free_since) < now() - make_interval(secs => ${graceHours * 3_600}) and b.free_since is not null as "isOld"
    from page b order by b.sha256`);
  await markFree(db, rows);
  return { last: rows.at(-1)?.sha256 ?? null, isEnd: rows.length < pageSize, free: rows.filter((row) => row.isFree) };
}

/**
 * Locks the row, then looks again: whoever writes a reference holds the row's key until it commits, so it is either
 * seen by the second statement or waits for this lock and finds the row gone. A put made meanwhile has renewed the time.
 */
async function dropRow(tx: Tx, unreferenced: Condition, sha256: string, graceHours: number): Promise<boolean> {
  await lockBlob(tx, sha256);
  const locked = await tx.execute(sql`select 1 from blobs where sha256 = ${sha256} and greatest(last_put_at, free_since) < now() - make_interval(secs => ${graceHours * 3_600}) and free_since is not null for update`);
  if (locked.rows.length === 0) return false;
  const free = await tx.execute(sql`select 1 from blobs b where b.sha256 = ${sha256} and ${unreferenced}`);
  if (free.rows.length === 0) return false;
  await tx.delete(blobGrants).where(eq(blobGrants.sha256, sha256));
  await tx.delete(blobs).where(eq(blobs.sha256, sha256));
  return true;
}

/**
 * A pass has its row from its start on, where each removal is counted as it is made: one that is killed loses none.
 * What waits stays what the pass before found until this one has seen all.
 */
async function beginPass(): Promise<Pass> {
  const at = new Date();
  await database().execute(sql`
    insert into blob_sweeps (at, removed_blobs, removed_bytes, waiting_blobs, waiting_bytes, took_ms)
    select ${at.toISOString()}::timestamptz, 0, 0, coalesce(max(waiting_blobs), 0), coalesce(max(waiting_bytes), 0), 0 from (select * from blob_sweeps order by at desc limit 1) last`);
  return { at, tally: { removedBlobs: 0, removedBytes: 0, waitingBlobs: 0, waitingBytes: 0 } };
}

async function countRemoved(db: Db, { at, tally }: Pass, count: number, bytes: number): Promise<void> {
  const more = { removedBlobs: sql`${blobSweeps.removedBlobs} + ${count}`, removedBytes: sql`${blobSweeps.removedBytes} + ${bytes}` };
  await db.update(blobSweeps).set(more).where(eq(blobSweeps.at, at));
  tally.removedBlobs += count;
  tally.removedBytes += bytes;
}

/** Under the content's lock, and only while it has no row: a put that came meanwhile keeps its file. */
async function dropFile(pass: Pass, sha256: string): Promise<void> {
  await database().transaction(async (tx) => {
    await lockBlob(tx, sha256);
    const [row] = await tx.select({ sha256: blobs.sha256 }).from(blobs).where(eq(blobs.sha256, sha256));
    if (row) return;
    const bytes = (await blobStore().size(sha256)) ?? 0;
    await blobStore().remove(sha256);
    await countRemoved(tx, pass, 1, bytes);
  });
}

async function withoutRow(hashes: readonly string[]): Promise<string[]> {
  const { rows } = await database().execute<{ sha256: string }>(sql`select sha256 from blobs where sha256 in (${sql.join(hashes.map((hash) => sql`${hash}`), sql`, `)})`);
  const known = new Set(rows.map((row) => row.sha256));
  return hashes.filter((hash) => !known.has(hash));
}

/** Files that a killed pass or a killed upload left without a row. */
async function dropLeftovers(pass: Pass, before: Date, signal: AbortSignal): Promise<void> {
  for await (const hashes of blobStore().listOlderThan(before)) {
    for (const sha256 of await withoutRow(hashes)) {
      if (signal.aborted) return;
      await dropFile(pass, sha256);
    }
    if (signal.aborted) return;
  }
  const staged = await blobStore().discardStagedBefore(before);
  await countRemoved(database(), pass, staged.count, staged.bytes);
}

async function sweepPage(pass: Pass, unreferenced: Condition, free: readonly Candidate[], graceHours: number, signal: AbortSignal): Promise<void> {
  for (const { sha256, size, isOld } of free) {
    if (signal.aborted) return;
    if (isOld && (await database().transaction((tx) => dropRow(tx, unreferenced, sha256, graceHours)))) {
      await dropFile(pass, sha256);
    } else {
      pass.tally.waitingBlobs += 1;
      pass.tally.waitingBytes += size;
    }
  }
}

/** Told to stop, it ends at the next content; the next pass begins anew. */
export async function sweepBlobs(graceHours: number, signal: AbortSignal): Promise<Tally> {
  const started = performance.now();
  const pass = await beginPass();
  const unreferenced = await unreferencedSql(database());
  for (let after = ""; !signal.aborted; ) {
    const page = await readPage(database(), unreferenced, after, graceHours);
    await sweepPage(pass, unreferenced, page.free, graceHours, signal);
    if (page.isEnd || page.last === null) break;
    after = page.last;
  }
  const isWhole = !signal.aborted;
  const { waitingBlobs, waitingBytes } = pass.tally;
  if (isWhole) await dropLeftovers(pass, new Date(Date.now() - graceHours * 3_600_000), signal);
  const found = isWhole ? { waitingBlobs, waitingBytes } : {};
  await database().update(blobSweeps).set({ ...found, tookMs: Math.round(performance.now() - started) }).where(eq(blobSweeps.at, pass.at));
  await database().execute(sql`delete from blob_sweeps where at < now() - interval '32 days'`);
  return pass.tally;
}

export const sweepBlobStore = defineTask("sweep-blobs", z.unknown(), async (_payload, { signal }) => void (await sweepBlobs(env().SLIPWAY_BLOB_GRACE_HOURS, signal)), {
  cron: "43 * * * *",
});
