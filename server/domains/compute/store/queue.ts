/** The queue in claim order: priority, then age (ids are time-ordered). */
import { and, desc, eq, inArray, isNull, lte, or, sql } from "drizzle-orm";
import { computeJobs } from "@/drizzle/schema/compute";
import type { Db, Tx } from "@/server/platform/db";
import type { Capacity } from "../rules/queue/placement";
import type { Kind } from "../rules/queue/run-time";
import { clock } from "./clock";
import type { JobRow } from "./jobs";
import { kindColumns } from "./run-times";

/** Those that wait for other jobs are not in the queue yet. */
export const isInQueue = sql`${computeJobs.state} = 'queued' and ${computeJobs.waitsFor} = 0`;

/** May be claimed now by an agent with `free`. */
const isClaimable = (free: Capacity) =>
  and(
    isInQueue,
    or(isNull(computeJobs.notBefore), lte(computeJobs.notBefore, clock)),
    lte(computeJobs.cpus, free.cpus + 1e-9),
    lte(computeJobs.memoryBytes, free.memoryBytes),
    lte(computeJobs.gpus, free.gpus.length),
    free.hasPython ? undefined : eq(computeJobs.needsPython, false),
  );

/** Jobs that fit into `free`, or those of `ids` that still do, locked; rows another claim looks at are passed over, not waited for. */
export async function lockClaimable(tx: Tx, free: Capacity, limit: number, ids?: readonly string[]): Promise<JobRow[]> {
  return tx
    .select()
    .from(computeJobs)
    .where(and(isClaimable(free), ids && inArray(computeJobs.id, [...ids])))
    .orderBy(desc(computeJobs.priority), computeJobs.id)
    .limit(limit)
    .for("update", { skipLocked: true });
}

export type QueuedRow = Kind & {
  id: string;
  projectId: string;
  name: string;
  priority: number;
  cpus: number;
  memoryBytes: number;
  gpus: number;
  needsPython: boolean;
  notBefore: Date | null;
  submittedAt: Date;
  timeLimitSeconds: number;
};

export const queuedColumns = {
  id: computeJobs.id,
  projectId: computeJobs.projectId,
  name: computeJobs.name,
  priority: computeJobs.priority,
  cpus: computeJobs.cpus,
  memoryBytes: computeJobs.memoryBytes,
  gpus: computeJobs.gpus,
  needsPython: computeJobs.needsPython,
  notBefore: computeJobs.notBefore,
  submittedAt: computeJobs.submittedAt,
  timeLimitSeconds: sql<number>`(${computeJobs.spec}->>'timeLimitSeconds')::int`,
  ...kindColumns,
};

/** The head of the whole instance's queue; of what fits into `free`, where that is given. */
export async function selectQueue(db: Db, limit: number, free?: Capacity): Promise<QueuedRow[]> {
  return db
    .select(queuedColumns)
    .from(computeJobs)
    .where(free ? isClaimable(free) : isInQueue)
    .orderBy(desc(computeJobs.priority), computeJobs.id)
    .limit(limit);
}

/** 1 is next; for jobs deeper than the head that was read. */
export async function queuePosition(db: Db, job: Pick<JobRow, "id" | "priority">): Promise<number> {
  const [row] = await db
    .select({ ahead: sql<number>`count(*)::int` })
    .from(computeJobs)
    .where(
      and(
        isInQueue,
        sql`(${computeJobs.priority} > ${job.priority} or (${computeJobs.priority} = ${job.priority} and ${computeJobs.id} < ${job.id}))`,
      ),
    );
  return (row?.ahead ?? 0) + 1;
}

const seconds = sql`extract(epoch from ${computeJobs.finishedAt} - ${computeJobs.startedAt})`;
export type HistoryRow = {
  hour: Date;
  succeeded: number;
  failed: number;
  cancelled: number;
  lost: number;
  waitSeconds: number | null;
  cpuHours: number;
  gpuHours: number;
};

/** Finished jobs by the hour they finished in. */
export async function selectHistory(db: Db, projectId: string, hours: number): Promise<HistoryRow[]> {
  const state = computeJobs.state;
  const hour = sql`date_trunc('hour', ${computeJobs.finishedAt}, 'UTC')`;
  const rows = await db
    .select({
      hour: sql<string>`${hour}`,
      succeeded: sql<number>`count(*) filter (where ${state} = 'succeeded')::int`,
      failed: sql<number>`count(*) filter (where ${state} in ('failed','timed_out'))::int`,
      cancelled: sql<number>`count(*) filter (where ${state} = 'cancelled')::int`,
      lost: sql<number>`count(*) filter (where ${state} = 'lost')::int`,
      waitSeconds: sql<
        number | null
      >`percentile_cont(0.5) within group (order by extract(epoch from ${computeJobs.startedAt} - coalesce(${computeJobs.readyAt}, ${computeJobs.submittedAt})))::float8`,
      cpuHours: sql<number>`coalesce(sum(${computeJobs.cpus} * ${seconds}) / 3600, 0)::float8`,
      gpuHours: sql<number>`coalesce(sum(${computeJobs.gpus} * ${seconds}) / 3600, 0)::float8`,
    })
    .from(computeJobs)
    .where(
      and(
        eq(computeJobs.projectId, projectId),
        sql`${computeJobs.finishedAt} > now() - make_interval(hours => ${hours})`,
      ),
    )
    .groupBy(hour)
    .orderBy(hour);
  return rows.map((row) => ({ ...row, hour: new Date(row.hour) }));
}
