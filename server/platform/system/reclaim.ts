/** What the sweeps of the blob store gave back, and what waits to go. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { query } from "../mutation";

export type ReclaimView = {
  sweptAt: Date;
  waitingBlobs: number;
  waitingBytes: number;
  /** Over the sweeps since `since`, at most the last 30 days. */
  removedBlobs: number;
  removedBytes: number;
  since: Date;
};

type Row = { at: string; since: string; waiting_blobs: number; waiting_bytes: number; removed_blobs: number; removed_bytes: number };

/** Null until the worker has swept for the first time, within an hour of the first start. */
export const readReclaim = query("system.readReclaim", "maintainer", z.object({}), async ({ db }): Promise<ReclaimView | null> => {
  const { rows } = await db.execute<Row>(sql`
    select n.at, n.waiting_blobs, n.waiting_bytes, a.* from (select * from blob_sweeps order by at desc limit 1) n,
    lateral (select min(at) as since, sum(removed_blobs)::float8 as removed_blobs, sum(removed_bytes)::float8 as removed_bytes
      from blob_sweeps where at >= now() - interval '30 days') a`);
  const [row] = rows;
  if (!row) return null;
  return {
    sweptAt: new Date(row.at), waitingBlobs: row.waiting_blobs, waitingBytes: row.waiting_bytes,
    removedBlobs: row.removed_blobs, removedBytes: row.removed_bytes, since: new Date(row.since),
  };
});
