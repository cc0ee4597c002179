/** The gate that a new model should have: the suite that asks about what its version was trained on. */
import { z } from "zod";
import { findDatasetContent } from "@/server/domains/catalog/service/find-dataset-content";
import { listSuitesOn } from "@/server/domains/evaluations/service/suites";
import { LoggedModelId } from "@/server/domains/experiments/contract/experiment";
import { requireLoggedModel } from "@/server/domains/experiments/service/logged-models";
import { findTrainingDataset } from "@/server/domains/experiments/service/run-datasets";
import type { Db } from "@/server/platform/db";
import { NotFound } from "@/server/platform/errors";
import { query } from "@/server/platform/mutation";
import type { GateProposal } from "../contract";

/** What a caller who names no suite gets: the one that fits; none where several would, for then a person chooses. */
export async function defaultSuite(db: Db, projectId: string, dataset: string): Promise<string | null> {
  const [only, ...others] = await listSuitesOn(db, projectId, dataset);
  return only !== undefined && others.length === 0 ? only : null;
}

/** The name of the dataset that a logged model was trained on; null where it read none, several, or one that is gone. */
async function datasetOf(db: Db, projectId: string, loggedModelId: string): Promise<string | null> {
  const { sourceRunId } = await requireLoggedModel(db, projectId, loggedModelId);
  const id = sourceRunId ? await findTrainingDataset(db, projectId, sourceRunId) : null;
  if (id === null) return null;
  const found = await findDatasetContent(db, projectId, id).catch((error: unknown) => {
    if (error instanceof NotFound) return null;
    throw error;
  });
  return found?.name ?? null;
}

/** Asked before a first version is registered; a version whose dataset isn't known can't be judged, so nothing is proposed. */
export const proposeGate = query("models.proposeGate", "viewer", z.object({ loggedModelId: LoggedModelId }), async ({ db, ctx, input }): Promise<GateProposal> => {
  const dataset = await datasetOf(db, ctx.project.id, input.loggedModelId);
  return { dataset, suites: dataset === null ? [] : await listSuitesOn(db, ctx.project.id, dataset) };
});
