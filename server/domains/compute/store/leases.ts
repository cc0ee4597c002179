/** Leases of open attempts. The database's clock sets and judges each of them. */
import { and, eq, inArray, isNull, lt, sql } from "drizzle-orm";
import { computeAttempts, computeJobs, computeLeaseWatch } from "@/drizzle/schema/compute";
import type { Tx } from "@/server/platform/db";
import { graceAfterLease } from "../rules/lease";
import { clock, inSeconds } from "./clock";

export const leaseEnd = inSeconds;

export async function extendLeases(tx: Tx, agentId: string, attemptIds: string[], seconds: number): Promise<string[]> {
  if (attemptIds.length === 0) return [];
  const rows = await tx
    .update(computeAttempts)
    .set({ leaseUntil: sql`greatest(${computeAttempts.leaseUntil}, ${inSeconds(seconds)})` })
    .from(computeJobs)
    .where(
      and(
        eq(computeAttempts.agentId, agentId),
        inArray(computeAttempts.id, attemptIds),
        isNull(computeAttempts.finishedAt),
        eq(computeJobs.id, computeAttempts.jobId),
        eq(computeJobs.attempt, computeAttempts.number),
      ),
    )
    .returning({ id: computeAttempts.id });
  return rows.map((row) => row.id);
}

/** After a time without any server: nobody could renew, so nobody is to blame. */
export async function extendAllLeases(tx: Tx, seconds: number): Promise<number> {
  const rows = await tx
    .update(computeAttempts)
    .set({ leaseUntil: sql`greatest(${computeAttempts.leaseUntil}, ${inSeconds(seconds)})` })
    .where(isNull(computeAttempts.finishedAt))
    .returning({ id: computeAttempts.id });
  return rows.length;
}

const holdSeconds = sql`case when ${computeJobs.spec}->>'onLostTouch' = 'hold' then ${graceAfterLease("hold")}::float8 else ${graceAfterLease("requeue")}::float8 end`;

/** Attempts whose lease, and hold where the job asks for one, ran out; all of them or one that is looked at again. */
export async function lapsedAttempts(tx: Tx, limit: number, attemptId?: string): Promise<string[]> {
  const rows = await tx
    .select({ id: computeAttempts.id })
    .from(computeAttempts)
    .innerJoin(computeJobs, eq(computeJobs.id, computeAttempts.jobId))
    .where(
      and(
        isNull(computeAttempts.finishedAt),
        attemptId === undefined ? undefined : eq(computeAttempts.id, attemptId),
        lt(computeAttempts.leaseUntil, clock),
        sql`${computeAttempts.leaseUntil} + make_interval(secs => ${holdSeconds}) < clock_timestamp()`,
      ),
    )
    .orderBy(computeAttempts.leaseUntil)
    .limit(limit);
  return rows.map((row) => row.id);
}

/** Takes the watch's row, so that one sweep runs at a time, and gives the time of the sweep before. */
export async function lockLeaseWatch(tx: Tx): Promise<{ now: Date; sweptAt: Date | null }> {
  await tx.insert(computeLeaseWatch).values({ id: 1, sweptAt: sql`'epoch'::timestamptz` }).onConflictDoNothing();
  const [row] = await tx
    .select({ sweptAt: computeLeaseWatch.sweptAt, now: sql<string>`clock_timestamp()` })
    .from(computeLeaseWatch)
    .where(eq(computeLeaseWatch.id, 1))
    .for("update");
  if (!row) throw new Error("the lease watch has no row");
  return { now: new Date(row.now), sweptAt: row.sweptAt.getTime() === 0 ? null : row.sweptAt };
}

export async function markSwept(tx: Tx): Promise<void> {
  await tx.update(computeLeaseWatch).set({ sweptAt: clock }).where(eq(computeLeaseWatch.id, 1));
}
