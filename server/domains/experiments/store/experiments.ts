import { and, eq, inArray, sql } from "drizzle-orm";
import { experiments, experimentTags } from "@/drizzle/schema/experiments";
import type { Db, Tx } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import type { ExperimentView } from "../contract/experiment";

export type ExperimentRow = typeof experiments.$inferSelect;

/** The default experiment of a project is number 0 and exists from its first use on. */
export async function ensureDefaultExperiment(db: Db, projectId: string): Promise<void> {
  await db
    .insert(experiments)
    .values({ id: newId(), projectId, no: 0, name: "Default", artifactLocation: "mlflow-artifacts:/0" })
    .onConflictDoNothing();
}

/** Takes the next number; a lock on the project's default experiment makes numbers gapless and unique. */
export async function insertExperiment(tx: Tx, projectId: string, name: string, location: string | null): Promise<ExperimentRow | null> {
  await ensureDefaultExperiment(tx, projectId);
  await tx.execute(sql`select 1 from experiments where project_id = ${projectId} and no = 0 for update`);
  const last = await tx.execute<{ no: number }>(sql`select max(no) as no from experiments where project_id = ${projectId}`);
  const no = (last.rows[0]?.no ?? 0) + 1;
  const [row] = await tx
    .insert(experiments)
    .values({ id: newId(), projectId, no, name, artifactLocation: location ?? `mlflow-artifacts:/${no}` })
    .onConflictDoNothing()
    .returning();
  return row ?? null;
}

export async function findExperiment(db: Db, projectId: string, no: number): Promise<ExperimentRow | null> {
  const [row] = await db.select().from(experiments).where(and(eq(experiments.projectId, projectId), eq(experiments.no, no)));
  return row ?? null;
}

export async function findExperimentByName(db: Db, projectId: string, name: string): Promise<ExperimentRow | null> {
  const [row] = await db.select().from(experiments).where(and(eq(experiments.projectId, projectId), eq(experiments.name, name)));
  return row ?? null;
}

export async function readExperimentNo(db: Db, experimentId: string): Promise<number | null> {
  const [row] = await db.select({ no: experiments.no }).from(experiments).where(eq(experiments.id, experimentId));
  return row?.no ?? null;
}

/** Until the transaction ends it stays as it is; others may lock it so too. */
export async function lockExperimentShared(tx: Tx, experimentId: string): Promise<ExperimentRow | null> {
  const [row] = await tx.select().from(experiments).where(eq(experiments.id, experimentId)).for("share");
  return row ?? null;
}

/** Null where it is not active. */
export async function renameExperimentRow(tx: Tx, experimentId: string, name: string): Promise<ExperimentRow | null> {
  const isActive = and(eq(experiments.id, experimentId), eq(experiments.lifecycleStage, "active"));
  const [row] = await tx.update(experiments).set({ name, updatedAt: sql`now()` }).where(isActive).returning();
  return row ?? null;
}

/** Null where it is there already. */
export async function moveExperiment(tx: Tx, experimentId: string, to: "active" | "deleted"): Promise<ExperimentRow | null> {
  const [moved] = await tx
    .update(experiments)
    .set({ lifecycleStage: to, deletedAt: to === "deleted" ? sql`now()` : null, updatedAt: sql`now()` })
    .where(and(eq(experiments.id, experimentId), eq(experiments.lifecycleStage, to === "deleted" ? "active" : "deleted")))
    .returning();
  return moved ?? null;
}

export async function putExperimentTags(tx: Tx, experimentId: string, tags: readonly { key: string; value: string }[]): Promise<void> {
  if (tags.length === 0) return;
  await tx
    .insert(experimentTags)
    .values(tags.map((tag) => ({ experimentId, ...tag })))
    .onConflictDoUpdate({ target: [experimentTags.experimentId, experimentTags.key], set: { value: sql`excluded.value` } });
}

/** False where it has no such tag. */
export async function deleteExperimentTagRow(tx: Tx, experimentId: string, key: string): Promise<boolean> {
  const gone = await tx
    .delete(experimentTags)
    .where(and(eq(experimentTags.experimentId, experimentId), eq(experimentTags.key, key)))
    .returning({ key: experimentTags.key });
  return gone.length > 0;
}

type Activity = { experiment_id: string; n: number; last: number | null; running: number };

/** Adds tags and run counts to a page of experiments: two queries, whatever its length. */
export async function hydrateExperiments(db: Db, rows: readonly ExperimentRow[]): Promise<ExperimentView[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const tags = await db.select().from(experimentTags).where(inArray(experimentTags.experimentId, ids)).orderBy(experimentTags.key);
  const activity = await db.execute<Activity>(sql`
    select experiment_id, count(*) as n, max(start_time) as last, count(*) filter (where status = 'RUNNING') as running
    from runs where experiment_id = any(${sql.param(ids)}::uuid[]) and lifecycle_stage = 'active' group by experiment_id`);
  const activityOf = new Map(activity.rows.map((row) => [row.experiment_id, row]));
  return rows.map((row) => ({
    id: row.id, no: row.no, name: row.name, artifactLocation: row.artifactLocation,
    lifecycleStage: row.lifecycleStage as ExperimentView["lifecycleStage"],
    tags: tags.filter((tag) => tag.experimentId === row.id).map(({ key, value }) => ({ key, value })),
    createdAt: row.createdAt, updatedAt: row.updatedAt,
    runCount: activityOf.get(row.id)?.n ?? 0, lastRunAt: activityOf.get(row.id)?.last ?? null, running: activityOf.get(row.id)?.running ?? 0,
  }));
}
