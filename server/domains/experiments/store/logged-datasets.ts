import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { experiments, runInputs, runs } from "@/drizzle/schema/experiments";
import type { Db } from "@/server/platform/db";

/** As many as MLflow answers. */
const most = 1_000;

export async function selectLoggedDatasets(db: Db, projectId: string, experimentNos: readonly number[]) {
  const context = sql<string | null>`(select tag->>'value' from jsonb_array_elements(${runInputs.tags}) tag where tag->>'key' = 'mlflow.data.context' limit 1)`;
  return db
    .selectDistinct({ experimentNo: experiments.no, name: runInputs.name, digest: runInputs.digest, context })
    .from(experiments)
    .innerJoin(runs, eq(runs.experimentId, experiments.id))
    .innerJoin(runInputs, eq(runInputs.runId, runs.id))
    .where(and(eq(experiments.projectId, projectId), inArray(experiments.no, [...experimentNos]), eq(experiments.lifecycleStage, "active"), eq(runs.lifecycleStage, "active")))
    .orderBy(asc(experiments.no), asc(runInputs.name), asc(runInputs.digest), context)
    .limit(most);
}
