import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { experiments, loggedModels, runs } from "@/drizzle/schema/experiments";
import type { Db, Tx } from "@/server/platform/db";

type Pairs = Record<string, string>;
export type LoggedModelRow = typeof loggedModels.$inferSelect;
export type FoundModel = LoggedModelRow & { experimentNo: number };
type NewModel = Pick<LoggedModelRow, "id" | "projectId" | "experimentId" | "name" | "sourceRunId" | "modelType" | "artifactUri"> & { params: Pairs; tags: Pairs };

const ofProject = (projectId: string, modelId: string) => and(eq(loggedModels.projectId, projectId), eq(loggedModels.id, modelId), isNull(loggedModels.deletedAt));

/** Deleted ones aside. */
export async function findLoggedModel(db: Db, projectId: string, modelId: string): Promise<LoggedModelRow | null> {
  const [row] = await db
    .select()
    .from(loggedModels)
    .where(ofProject(projectId, modelId));
  return row ?? null;
}

/** Held to the end of the transaction; a deleted one is not found. */
export async function lockLoggedModel(tx: Tx, projectId: string, modelId: string): Promise<LoggedModelRow | null> {
  const [row] = await tx
    .select()
    .from(loggedModels)
    .where(ofProject(projectId, modelId))
    .for("update");
  return row ?? null;
}

/** Those that the run logged, oldest first. */
export async function listModelRowsOfRun(db: Db, projectId: string, runId: string): Promise<FoundModel[]> {
  const rows = await db
    .select()
    .from(loggedModels)
    .where(and(eq(loggedModels.projectId, projectId), eq(loggedModels.sourceRunId, runId), isNull(loggedModels.deletedAt)))
    .orderBy(loggedModels.createdAt)
    .limit(500);
  const [experiment] = await db.select({ no: experiments.no }).from(experiments).innerJoin(runs, eq(runs.experimentId, experiments.id)).where(eq(runs.id, runId));
  return rows.map((row) => ({ ...row, experimentNo: experiment?.no ?? 0 }));
}

/** Those of the ids that are logged models of the project, deleted ones too. */
export async function ownModelIds(db: Db, projectId: string, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db.select({ id: loggedModels.id }).from(loggedModels).where(and(eq(loggedModels.projectId, projectId), inArray(loggedModels.id, [...new Set(ids)])));
  return new Set(rows.map(({ id }) => id));
}

export async function insertLoggedModel(tx: Tx, model: NewModel): Promise<LoggedModelRow> {
  const [row] = await tx.insert(loggedModels).values({ ...model, status: "LOGGED_MODEL_PENDING" }).returning();
  if (!row) throw new Error("the logged model was not made");
  return row;
}

export async function setModelStatus(tx: Tx, modelId: string, status: string): Promise<LoggedModelRow | null> {
  const [row] = await tx.update(loggedModels).set({ status, updatedAt: sql`now()` }).where(eq(loggedModels.id, modelId)).returning();
  return row ?? null;
}

/** Tags of these names are overwritten. */
export async function putModelTags(tx: Tx, modelId: string, tags: Pairs): Promise<LoggedModelRow | null> {
  const merged = sql`${loggedModels.tags} || ${JSON.stringify(tags)}::jsonb`;
  const [row] = await tx.update(loggedModels).set({ tags: merged, updatedAt: sql`now()` }).where(eq(loggedModels.id, modelId)).returning();
  return row ?? null;
}

export async function removeModelTag(tx: Tx, modelId: string, key: string): Promise<void> {
  await tx.update(loggedModels).set({ tags: sql`${loggedModels.tags} - ${key}::text`, updatedAt: sql`now()` }).where(eq(loggedModels.id, modelId));
}

export async function putModelParams(tx: Tx, modelId: string, params: Pairs): Promise<void> {
  await tx.update(loggedModels).set({ params: sql`${loggedModels.params} || ${JSON.stringify(params)}::jsonb` }).where(eq(loggedModels.id, modelId));
}

export async function markModelDeleted(tx: Tx, modelId: string): Promise<void> {
  await tx.update(loggedModels).set({ deletedAt: sql`now()` }).where(eq(loggedModels.id, modelId));
}
