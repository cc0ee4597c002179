/** Datasets that runs logged as their inputs: which of the catalog a run read, and what an experiment's runs read. */
import { z } from "zod";
import type { Db } from "@/server/platform/db";
import { query } from "@/server/platform/mutation";
import { ListLoggedDatasetsInput } from "../contract/experiment";
import { type LoggedDataset, selectLoggedDatasets } from "../store/inputs/logged-datasets";
import { listCatalogSources } from "../store/inputs/run-inputs";

const Source = z.looseObject({ datasetId: z.uuid() });

/** The id of a catalog's dataset in a logged input's source; null for any other source. */
export function catalogDatasetId(source: string): string | null {
  try {
    return Source.parse(JSON.parse(source)).datasetId;
  } catch {
    return null;
  }
}

/** The one that it read; null where it read none or several. */
export async function findTrainingDataset(db: Db, projectId: string, runId: string): Promise<string | null> {
  const sources = await listCatalogSources(db, projectId, runId);
  const [id, ...others] = new Set(sources.flatMap((source) => catalogDatasetId(source) ?? []));
  return id !== undefined && others.length === 0 ? id : null;
}

/** Each (experiment, name, digest, context) once, by name; runs that were deleted aside. */
export const listLoggedDatasets = query("experiments.listLoggedDatasets", "viewer", ListLoggedDatasetsInput, async ({ db, ctx, input }): Promise<LoggedDataset[]> =>
  selectLoggedDatasets(db, ctx.project.id, input.experimentNos),
);
