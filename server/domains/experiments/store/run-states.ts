/** How a run follows its job, or its sweep: scheduled, started, ended, scheduled again. */
import { and, eq, sql } from "drizzle-orm";
import { runs } from "@/drizzle/schema/experiments";
import type { Db, Tx } from "@/server/platform/db";
import type { LaunchFacts } from "../contract/run";
import { nowMs, type RunRow } from "./runs";

/** Until its job starts. */
export async function setScheduled(tx: Tx, runId: string, by: { jobId: string; recipeId?: string | null; launch?: LaunchFacts | null }): Promise<void> {
  await tx.update(runs).set({ status: "SCHEDULED", ...by, updatedAt: sql`now()` }).where(eq(runs.id, runId));
}

/** Until another job starts; `attempts`: those of its jobs before. False where it is not the same job's any more. */
export async function setScheduledAgain(tx: Tx, run: Pick<RunRow, "id" | "jobId">, jobId: string, attempts: number): Promise<boolean> {
  const moved = await tx
    .update(runs)
    .set({
      status: "SCHEDULED", jobId, endTime: null, failure: null, attemptOverAt: null, updatedAt: sql`now()`,
      // What the new job logs is counted on from whatever was logged before.
      attemptBase: sql`greatest(${runs.attempts}, ${attempts}::int)`,
    })
    .where(and(eq(runs.id, run.id), eq(runs.jobId, run.jobId ?? "")))
    .returning({ id: runs.id });
  return moved.length > 0;
}

/** Only one that waits for it. A run that was resumed began when it first did. */
export async function setStarted(db: Db, runId: string): Promise<void> {
  await db
    .update(runs)
    .set({ status: "RUNNING", startTime: sql`case when ${runs.attemptBase} > 0 then ${runs.startTime} else ${nowMs} end`, endTime: null, updatedAt: sql`now()` })
    .where(and(eq(runs.id, runId), eq(runs.status, "SCHEDULED")));
}

export type RunOutcome = { status: "FINISHED" | "FAILED" | "KILLED"; failure: string | null };

/** `FINISHED` only where it is open still: one that its own script ended keeps its word. False where nothing moved. */
export async function setEnded(tx: Tx, runId: string, outcome: RunOutcome): Promise<boolean> {
  const open = sql`${runs.status} in ('RUNNING', 'SCHEDULED')`;
  const mustOverride = outcome.status === "FINISHED" ? open : sql`true`;
  const moved = await tx
    .update(runs)
    // One that never left the queue has run for no time at all.
    .set({ ...outcome, attemptOverAt: sql`now()`, startTime: sql`case when ${runs.status} = 'SCHEDULED' and ${runs.attemptBase} = 0 then ${nowMs} else ${runs.startTime} end`, endTime: sql`coalesce(end_time, ${nowMs})`, updatedAt: sql`now()` })
    .where(and(eq(runs.id, runId), mustOverride))
    .returning({ id: runs.id });
  return moved.length > 0;
}

export async function setFailure(tx: Tx, runId: string, failure: string | null): Promise<void> {
  await tx.update(runs).set({ failure }).where(eq(runs.id, runId));
}

/** A run that no job fills: the parent of a sweep's. */
export async function setParentStatus(tx: Tx, runId: string, status: "RUNNING" | "FINISHED" | "KILLED"): Promise<void> {
  const endTime = status === "RUNNING" ? null : nowMs;
  await tx.update(runs).set({ status, endTime, updatedAt: sql`now()` }).where(eq(runs.id, runId));
}
