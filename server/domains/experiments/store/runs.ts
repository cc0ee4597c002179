import { and, eq } from "drizzle-orm";
import { runs } from "@/drizzle/schema/experiments";
import type { Db } from "@/server/platform/db";

export type RunRow = typeof runs.$inferSelect;

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
