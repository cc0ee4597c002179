/** Where an evaluation's scores come from: uploaded content, or a run's artifact that must fit the model and the dataset. */
import { z } from "zod";
import { listRunArtifacts } from "@/server/domains/experiments/service/artifacts";
import { getRun } from "@/server/domains/experiments/service/runs";
import { catalogDatasetId } from "@/server/domains/experiments/service/run-datasets";
import type { ProjectContext } from "@/server/platform/context";
import type { Db } from "@/server/platform/db";
import { Invalid, NotFound } from "@/server/platform/errors";
import type { ScoresSource } from "../contract/evaluation";

export type Scored = { loggedModelId: string; datasetId: string };

const Launch = z.looseObject({ inputs: z.record(z.string(), z.string()).default({}) });

async function findArtifact(ctx: ProjectContext, runId: string, path: string): Promise<string> {
  const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
  const { entries } = await listRunArtifacts(ctx, { runId, path: folder });
  const sha256 = entries.find((entry) => entry.path === path)?.sha256;
  if (!sha256) throw new NotFound(`The run has no artifact ${path}.`);
  return sha256;
}

/** A launched run says what it was given: scores of another model or dataset would be a silent mistake. */
async function assertRunScored(ctx: ProjectContext, runId: string, scored: Scored): Promise<void> {
  const run = await getRun(ctx, { runId });
  const launch = Launch.safeParse(run.launch ?? {});
  const models = Object.values(launch.success ? launch.data.inputs : {}).filter((input) =>
    /^m-[0-9a-f]{32}$/.test(input),
  );
  if (models.length > 0 && !models.includes(scored.loggedModelId)) {
    throw new Invalid(`scores.runId: the run ${run.name} scored ${models.join(", ")}, not ${scored.loggedModelId}.`, {
      field: "scores.runId",
    });
  }
  const known = run.inputs.filter((input) => input.sourceType === "slipway");
  if (known.length > 0 && !known.some((input) => catalogDatasetId(input.source) === scored.datasetId)) {
    const names = known.map((input) => input.name).join(", ");
    throw new Invalid(`scores.runId: the run ${run.name} scored another dataset (${names}) than the one named.`, {
      field: "scores.runId",
    });
  }
}

export async function findScores(
  db: Db,
  ctx: ProjectContext,
  source: ScoresSource,
  scored: Scored,
): Promise<{ sha256: string; runId: string | null }> {
  // Whether the project has it is asked where the operation takes hold of it.
  if ("sha256" in source) return { sha256: source.sha256, runId: null };
  const sha256 = await findArtifact(ctx, source.runId, source.path);
  await assertRunScored(ctx, source.runId, scored);
  return { sha256, runId: source.runId };
}
