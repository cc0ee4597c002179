/** Small datasets, scores and logged models for tests, made as jobs make them: Parquet through DuckDB. */
import { datasets } from "@/drizzle/schema/catalog";
import { createLoggedModel, finalizeLoggedModel } from "@/server/domains/experiments/service/logged-models";
import { insertExperiment } from "@/server/domains/experiments/store/experiments";
import { adoptFile } from "@/server/platform/blob-store/blobs";
import type { ProjectContext } from "@/server/platform/context";
import { database } from "@/server/platform/db";
import { sqlText } from "@/server/platform/duckdb/quote";
import { withDuckDb } from "@/server/platform/duckdb/session";
import { newId } from "@/server/platform/ids";
import { getOperation, runOperation } from "@/server/platform/operations";

/** Stores what a SELECT gives as Parquet in the project; returns its SHA-256. */
export async function storeParquet(ctx: ProjectContext, select: string): Promise<string> {
  return withDuckDb([], async (session) => {
    const path = session.scratch("made.parquet");
    await session.run(`copy (${select}) to ${sqlText(path)} (format parquet)`);
    return (await adoptFile(ctx.project.id, path)).sha256;
  });
}

/** 3,000 flights of 30 days in the split `evaluation`, 100 more in `train`; every third one is late. */
export const flightsSql = `select i::bigint as flight_id, (i % 3 = 0)::integer as late, date '2001-04-01' + (i % 30)::integer as day,
  (i % 24)::double as hour, 'A' || (i % 4) as origin, case when i < 3000 then 'evaluation' else 'train' end as split from range(3100) r(i)`;

/** Scores that separate the classes by `gap`, with noise that depends on the row. */
export const scoresSql = (gap: number, where = "i < 3000") =>
  `select i::bigint as flight_id, 0.45 + case when i % 3 = 0 then ${gap} else -${gap} end + 0.15 * sin(i * 12.9898) as score from range(3100) r(i) where ${where}`;

export async function storeDataset(ctx: ProjectContext, name: string, select = flightsSql): Promise<string> {
  const id = newId();
  const blobSha256 = await storeParquet(ctx, select);
  await database().insert(datasets).values({
    id,
    projectId: ctx.project.id,
    name,
    version: 1,
    definition: {},
    blobSha256,
    inputSha256: newId(),
    rows: 3100,
    bytes: 1,
    columns: [],
    splits: [],
    statistics: [],
    tookMs: 1,
    createdBy: "a test",
  });
  return id;
}

/** A logged model that is ready, in an experiment of its own. */
export async function storeModel(
  ctx: ProjectContext,
  name: string,
  status: "LOGGED_MODEL_READY" | "LOGGED_MODEL_PENDING" = "LOGGED_MODEL_READY",
) {
  const experiment = await database().transaction((tx) => insertExperiment(tx, ctx.project.id, newId(), null));
  const model = await createLoggedModel(ctx, { experimentNo: experiment?.no ?? 0, name });
  if (status === "LOGGED_MODEL_READY") await finalizeLoggedModel(ctx, { modelId: model.id, status });
  return model.id;
}

/** Runs a queued operation here, as the worker would. */
export async function finishOperation(ctx: ProjectContext, { operationId }: { operationId: string }) {
  await runOperation.run({ operationId }, { attempt: 1, maxAttempts: 1, signal: new AbortController().signal });
  return getOperation(ctx, { operationId });
}
