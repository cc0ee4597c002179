/** Log bytes by offset. Chunks of an attempt are contiguous except for its recorded gaps. */
import { and, asc, eq, gt, inArray, lt, sql } from "drizzle-orm";
import { computeAttempts, computeLogChunks, computeUsage } from "@/drizzle/schema/compute";
import { releaseBlobsOf } from "@/server/platform/blob-store/hold-blobs";
import type { Db, Tx } from "@/server/platform/db";
import type { ByteRange } from "../contract/job";

export type LogChunk = { offset: number; bytes: Buffer };

export async function insertChunk(
  tx: Tx,
  projectId: string,
  attemptId: string,
  offset: number,
  bytes: Buffer,
): Promise<void> {
  await tx.insert(computeLogChunks).values({ projectId, attemptId, offset, length: bytes.length, bytes });
}

/** Deletes the chunks that lie wholly inside the range and says what they covered. */
export async function dropChunks(tx: Tx, attemptId: string, range: ByteRange): Promise<ByteRange[]> {
  const rows = await tx
    .delete(computeLogChunks)
    .where(
      and(
        eq(computeLogChunks.attemptId, attemptId),
        sql`${computeLogChunks.offset} >= ${range.from}`,
        sql`${computeLogChunks.offset} + ${computeLogChunks.length} <= ${range.to}`,
      ),
    )
    .returning({ offset: computeLogChunks.offset, length: computeLogChunks.length });
  return rows.map((row) => ({ from: row.offset, to: row.offset + row.length }));
}

/** Chunks that touch [from, to), in order. */
export async function selectChunks(
  db: Db,
  projectId: string,
  attemptId: string,
  range: ByteRange,
): Promise<LogChunk[]> {
  return db
    .select({ offset: computeLogChunks.offset, bytes: computeLogChunks.bytes })
    .from(computeLogChunks)
    .where(
      and(
        eq(computeLogChunks.projectId, projectId),
        eq(computeLogChunks.attemptId, attemptId),
        lt(computeLogChunks.offset, range.to),
        gt(sql`${computeLogChunks.offset} + ${computeLogChunks.length}`, range.from),
      ),
    )
    .orderBy(asc(computeLogChunks.offset));
}

/** Attempts whose log and usage are past their time; a bounded batch. */
export async function expireOldLogs(tx: Tx, days: number, limit: number): Promise<number> {
  const old = await tx
    .select({ id: computeAttempts.id })
    .from(computeAttempts)
    .where(
      and(
        eq(computeAttempts.logExpired, false),
        lt(computeAttempts.finishedAt, sql`now() - make_interval(secs => ${days * 86_400})`),
      ),
    )
    .orderBy(computeAttempts.finishedAt)
    .limit(limit)
    .for("update", { skipLocked: true });
  const ids = old.map((row) => row.id);
  if (ids.length === 0) return 0;
  await tx.delete(computeLogChunks).where(inArray(computeLogChunks.attemptId, ids));
  await tx.delete(computeUsage).where(inArray(computeUsage.attemptId, ids));
  await tx.update(computeAttempts).set({ logExpired: true }).where(inArray(computeAttempts.id, ids));
  return ids.length;
}

/** A job keeps its code and inputs as long as its log: after that it can't be tried again. A bounded batch. */
export async function releaseOldJobs(tx: Tx, days: number, limit: number): Promise<number> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    select distinct h.holder_id as id from blob_holds h join compute_jobs j on j.id = h.holder_id
    where h.holder_kind = 'job' and j.finished_at < now() - make_interval(secs => ${days * 86_400}) limit ${limit}`);
  if (rows.length === 0) return 0;
  await releaseBlobsOf(tx, "job", rows.map((row) => row.id));
  return rows.length;
}
