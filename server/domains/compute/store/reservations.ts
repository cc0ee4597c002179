/** Room that is kept for jobs that have waited long: by the last pass over the queue, while its job still waits. */
import { and, eq, gt, inArray, isNull, lte, notInArray, or, sql } from "drizzle-orm";
import { computeJobs, computeReservations } from "@/drizzle/schema/compute";
import type { Db, Tx } from "@/server/platform/db";
import type { Room } from "../contract/room";
import { RESERVE_AFTER_SECONDS, type Reservation } from "../rules/queue/reservation";
import { inSeconds } from "./clock";
import { isInQueue, type QueuedRow, queuedColumns } from "./queue";

/** Passes come more often: of a worker that is gone nothing is kept for long. */
const HOLDS_SECONDS = 30;
/** So far into the queue a pass looks for jobs that have waited long. */
const SEARCHED = 10_000;

const isOpen = or(isNull(computeJobs.notBefore), lte(computeJobs.notBefore, sql`clock_timestamp()`));

export type Kept = Reservation & { priority: number; projectId: string; startsAt: Date; madeAt: Date };

/** On one agent, or on all. */
export async function selectKept(db: Db, agentId?: string): Promise<Kept[]> {
  return db
    .select({
      agentId: computeReservations.agentId,
      jobId: computeReservations.jobId,
      spare: computeReservations.spare,
      startsIn: sql<number>`greatest(0, extract(epoch from ${computeReservations.startsAt} - clock_timestamp()))::float8`,
      startsAt: computeReservations.startsAt,
      madeAt: computeReservations.madeAt,
      priority: computeJobs.priority,
      projectId: computeJobs.projectId,
    })
    .from(computeReservations)
    .innerJoin(computeJobs, eq(computeJobs.id, computeReservations.jobId))
    .where(
      and(
        isInQueue,
        isOpen,
        gt(computeReservations.madeAt, sql`clock_timestamp() - make_interval(secs => ${HOLDS_SECONDS})`),
        agentId === undefined ? undefined : eq(computeReservations.agentId, agentId),
      ),
    );
}

/** In place of those of the pass before; `madeAt` is when it began to look. */
export async function writeReservations(tx: Tx, made: readonly Reservation[], madeAt: Date): Promise<void> {
  const agents = made.map(({ agentId }) => agentId);
  await tx.delete(computeReservations).where(agents.length > 0 ? notInArray(computeReservations.agentId, agents) : undefined);
  for (const { agentId, jobId, spare, startsIn } of made) {
    const row = { jobId, spare, startsAt: inSeconds(startsIn), madeAt };
    await tx.insert(computeReservations).values({ agentId, ...row }).onConflictDoUpdate({ target: computeReservations.agentId, set: row });
  }
}

export async function areAnyKept(db: Db): Promise<boolean> {
  return (await db.select({ agentId: computeReservations.agentId }).from(computeReservations).limit(1)).length > 0;
}

/** In claim order: those that have waited long since they came into the queue or back into it, and ask for no more than `largest` of anything. */
export async function selectLongWaiting(db: Db, largest: Room, limit: number): Promise<QueuedRow[]> {
  const head = db
    .select({ id: computeJobs.id })
    .from(computeJobs)
    .where(isInQueue)
    .orderBy(sql`${computeJobs.priority} desc`, computeJobs.id)
    .limit(SEARCHED);
  const since = sql`greatest(coalesce(${computeJobs.readyAt}, ${computeJobs.submittedAt}), ${computeJobs.notBefore})`;
  return db
    .select(queuedColumns)
    .from(computeJobs)
    .where(
      and(
        isInQueue,
        inArray(computeJobs.id, head),
        lte(since, sql`clock_timestamp() - make_interval(secs => ${RESERVE_AFTER_SECONDS})`),
        lte(computeJobs.cpus, largest.cpus + 1e-9),
        lte(computeJobs.memoryBytes, largest.memoryBytes),
        lte(computeJobs.gpus, largest.gpus),
        largest.hasPython ? undefined : eq(computeJobs.needsPython, false),
      ),
    )
    .orderBy(sql`${computeJobs.priority} desc`, computeJobs.id)
    .limit(limit);
}
