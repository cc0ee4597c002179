/** What runs read and made: datasets and logged models. */
import { and, eq, inArray } from "drizzle-orm";
import { runInputs, runModelInputs, runOutputs, runs } from "@/drizzle/schema/experiments";
import type { Db, Tx } from "@/server/platform/db";
import type { RunInputView } from "../../contract/run";

/** One that is there stays as it is. */
export async function insertRunInputs(tx: Tx, runId: string, datasets: readonly RunInputView[]): Promise<void> {
  if (datasets.length === 0) return;
  await tx.insert(runInputs).values(datasets.map((dataset) => ({ runId, ...dataset }))).onConflictDoNothing();
}

export async function insertModelInputs(tx: Tx, runId: string, modelIds: readonly string[]): Promise<void> {
  if (modelIds.length === 0) return;
  await tx.insert(runModelInputs).values(modelIds.map((modelId) => ({ runId, modelId }))).onConflictDoNothing();
}

export async function insertRunOutputs(tx: Tx, runId: string, models: readonly { modelId: string; step: number }[]): Promise<void> {
  if (models.length === 0) return;
  await tx.insert(runOutputs).values(models.map((model) => ({ runId, ...model }))).onConflictDoNothing();
}

export async function listRunInputs(db: Db, runId: string): Promise<RunInputView[]> {
  const { name, digest, sourceType, source, schema, profile, tags } = runInputs;
  const rows = await db.select({ name, digest, sourceType, source, schema, profile, tags }).from(runInputs).where(eq(runInputs.runId, runId));
  return rows.map((row) => ({ ...row, tags: row.tags as RunInputView["tags"] }));
}

export async function listModelInputs(db: Db, runId: string): Promise<string[]> {
  const rows = await db.select({ modelId: runModelInputs.modelId }).from(runModelInputs).where(eq(runModelInputs.runId, runId)).orderBy(runModelInputs.modelId);
  return rows.map(({ modelId }) => modelId);
}

export async function listRunOutputs(db: Db, runId: string): Promise<{ modelId: string; step: number }[]> {
  return db.select({ modelId: runOutputs.modelId, step: runOutputs.step }).from(runOutputs).where(eq(runOutputs.runId, runId));
}

/** Of several runs, by name: each dataset of a run once. */
export async function listInputNames(db: Db, runIds: readonly string[]): Promise<{ runId: string; name: string; digest: string }[]> {
  return db
    .selectDistinct({ runId: runInputs.runId, name: runInputs.name, digest: runInputs.digest })
    .from(runInputs)
    .where(inArray(runInputs.runId, [...runIds]))
    .orderBy(runInputs.name, runInputs.digest);
}

/** Sources of the datasets of the catalog that it read. */
export async function listCatalogSources(db: Db, projectId: string, runId: string): Promise<string[]> {
  const rows = await db
    .select({ source: runInputs.source })
    .from(runInputs)
    .innerJoin(runs, eq(runs.id, runInputs.runId))
    .where(and(eq(runs.projectId, projectId), eq(runInputs.runId, runId), eq(runInputs.sourceType, "slipway")));
  return rows.map(({ source }) => source);
}
