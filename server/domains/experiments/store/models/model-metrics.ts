/** Metrics of logged models: the latest of each key, a run and a dataset. */
import { inArray, sql } from "drizzle-orm";
import { modelMetrics } from "@/drizzle/schema/experiments";
import type { Db, Tx } from "@/server/platform/db";
import type { ModelMetric } from "../../contract/experiment";
import type { MetricInput } from "../../contract/run";
import { isLater } from "../../rules/summarize";

export type MeasuredModel = MetricInput & { modelId: string };

/** Of several points for one row the latest; rows in one order, so that concurrent writers lock them alike. */
function latestOfEach(points: readonly MeasuredModel[]): MeasuredModel[] {
  const latest = new Map<string, MeasuredModel>();
  for (const point of points) {
    const place = JSON.stringify([point.modelId, point.key, point.datasetName ?? "", point.datasetDigest ?? ""]);
    const known = latest.get(place);
    if (!known || isLater(point, known)) latest.set(place, point);
  }
  return [...latest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, point]) => point);
}

export async function putModelMetrics(tx: Tx, runId: string, points: readonly MeasuredModel[]): Promise<void> {
  if (points.length === 0) return;
  await tx
    .insert(modelMetrics)
    .values(latestOfEach(points).map(({ modelId, key, datasetName = "", datasetDigest = "", value, step, timestamp }) => ({ modelId, runId, key, datasetName, datasetDigest, value, step, timestamp })))
    .onConflictDoUpdate({
      target: [modelMetrics.modelId, modelMetrics.key, modelMetrics.runId, modelMetrics.datasetName, modelMetrics.datasetDigest],
      set: { value: sql`excluded.value`, step: sql`excluded.step`, timestamp: sql`excluded.timestamp` },
      setWhere: sql`(excluded.step, excluded.timestamp, excluded.value) > (${modelMetrics.step}, ${modelMetrics.timestamp}, ${modelMetrics.value})`,
    });
}

/** At most this many a model: a page of models stays bounded whatever was measured. */
const mostOfModel = 1_000;

export async function readModelMetrics(db: Db, modelIds: readonly string[]): Promise<Map<string, ModelMetric[]>> {
  const byModel = new Map<string, ModelMetric[]>();
  if (modelIds.length === 0) return byModel;
  const rows = await db.select().from(modelMetrics).where(inArray(modelMetrics.modelId, [...modelIds])).orderBy(modelMetrics.modelId, modelMetrics.key, modelMetrics.timestamp);
  for (const { modelId, ...metric } of rows) {
    const known = byModel.get(modelId) ?? [];
    if (known.length < mostOfModel) known.push(metric);
    byModel.set(modelId, known);
  }
  return byModel;
}
