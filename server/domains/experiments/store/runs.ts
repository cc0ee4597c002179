import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { runs } from "@/drizzle/schema/experiments";
import { projects } from "@/drizzle/schema/identity";
import type { Actor } from "@/server/platform/context";
import type { Db, Tx } from "@/server/platform/db";
import { visibleTo } from "@/server/platform/identity/project-access";

export type RunRow = typeof runs.$inferSelect;
type NewRun = Pick<RunRow, "id" | "projectId" | "experimentId" | "name" | "userName" | "startTime" | "artifactUri" | "parentRunId">;

export async function findRun(db: Db, projectId: string, runId: string): Promise<RunRow | null> {
  const [row] = await db.select().from(runs).where(and(eq(runs.projectId, projectId), eq(runs.id, runId)));
  return row ?? null;
}

export async function findRunOfJob(db: Db, projectId: string, jobId: string): Promise<RunRow | null> {
  const [row] = await db.select().from(runs).where(and(eq(runs.projectId, projectId), eq(runs.jobId, jobId))).limit(1);
  return row ?? null;
}

export async function readExperimentOf(db: Db, runId: string): Promise<string | null> {
  const [row] = await db.select({ experimentId: runs.experimentId }).from(runs).where(eq(runs.id, runId));
  return row?.experimentId ?? null;
}

/** The slug of its project; null where there is no such run, or none in a project that the actor can see. */
export async function findVisibleProjectOf(db: Db, actor: Actor, runId: string): Promise<string | null> {
  const [found] = await db
    .select({ slug: projects.slug })
    .from(runs)
    .innerJoin(projects, eq(projects.id, runs.projectId))
    .where(and(eq(runs.id, runId), isNull(projects.archivedAt), visibleTo(db, actor)));
  return found?.slug ?? null;
}

/** Those of the ids that are runs of the project, in the order given. */
export async function ownRunIds(db: Db, projectId: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db.select({ id: runs.id }).from(runs).where(and(eq(runs.projectId, projectId), inArray(runs.id, [...ids])));
  const own = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => own.has(id));
}

export async function listRunNames(db: Db, projectId: string, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  return db.select({ id: runs.id, name: runs.name }).from(runs).where(and(eq(runs.projectId, projectId), inArray(runs.id, [...ids])));
}

/** The transaction's moment in ms, as MLflow counts. */
export const nowMs = sql`(extract(epoch from now()) * 1000)::bigint`;

/** Running; since now, where no start time is given. */
export async function insertRun(tx: Tx, { startTime, ...run }: NewRun): Promise<RunRow> {
  const [row] = await tx
    .insert(runs)
    .values({ ...run, status: "RUNNING", startTime: startTime ?? nowMs })
    .returning();
  if (!row) throw new Error("the run was not made");
  return row;
}

/** Whoever locks it too follows. */
export async function lockRun(tx: Tx, runId: string): Promise<void> {
  await tx.select({ id: runs.id }).from(runs).where(eq(runs.id, runId)).for("update");
}

/** `isAttemptOver`: what its script logs from now on is of a next attempt. What is undefined stays. */
export async function updateRunRow(tx: Tx, runId: string, change: { status?: string; endTime?: number | null; name?: string; isAttemptOver?: boolean }): Promise<void> {
  const { isAttemptOver, ...values } = change;
  await tx.update(runs).set({ ...values, updatedAt: sql`now()`, attemptOverAt: isAttemptOver ? sql`now()` : undefined }).where(eq(runs.id, runId));
}
