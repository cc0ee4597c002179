/** From Optuna's answer to a run: first the trial is written, then its run is made in the transaction that says so. */
import { z } from "zod";
import { ServiceError } from "@/server/platform/errors";
import { database } from "@/server/platform/db";
import { mutation } from "@/server/platform/mutation";
import type { ProjectContext } from "@/server/platform/context";
import { SweepRef } from "../../contract/sweep";
import { sweepTag, trialTag } from "../../contract/sweep-words";
import { lockSweep, namesOfExperiments, type SweepRow } from "../../store/sweeps/sweeps";
import { endTrial, insertPlanned, listTrials, lockPlanned, setLaunched } from "../../store/sweeps/trials";
import { launchRun } from "../launch/launch-run";
import { runHex } from "../runs";
import { askTrials } from "./optuna";
import { sweepTopics } from "./sweep-context";

/** Asks for so many trials and writes them, unless the sweep moved on while Optuna thought. */
export async function planTrials(sweep: SweepRow, count: number): Promise<void> {
  const known = await listTrials(database(), sweep.id);
  const planned = await askTrials(sweep, known, count);
  await database().transaction(async (tx) => {
    const now = await lockSweep(tx, sweep.projectId, sweep.id);
    if (now?.state !== "running" || (await listTrials(tx, sweep.id)).length !== known.length) return;
    await insertPlanned(tx, sweep.id, planned);
  });
}

const TrialRef = SweepRef.extend({ number: z.number().int().min(0) });

/** Null when it was launched before. */
const launchTrial = mutation("experiments.launchTrial", "member", TrialRef, async (write) => {
  const { tx, ctx, input, subject, publish } = write;
  const sweep = await lockSweep(tx, ctx.project.id, input.sweepId);
  const trial = sweep?.state === "running" ? await lockPlanned(tx, input.sweepId, input.number) : null;
  if (!sweep || !trial) return null;
  const { parameters, inputs, priority } = sweep.spec;
  const experiment = (await namesOfExperiments(tx, [sweep.experimentId])).get(sweep.experimentId);
  const { runId } = await launchRun.within(write, {
    recipe: sweep.recipe,
    version: sweep.recipeVersion,
    experiment: experiment?.name ?? null,
    runName: `${sweep.name} #${trial.number}`,
    parameters: { ...parameters, ...trial.params },
    inputs,
    priority,
    tags: [
      { key: "mlflow.parentRunId", value: runHex(sweep.parentRunId) },
      { key: sweepTag, value: sweep.id },
      { key: trialTag, value: String(trial.number) },
    ],
  });
  await setLaunched(tx, sweep.id, trial.number, runId);
  subject({ kind: "sweep", id: sweep.id, name: sweep.name }, { trial: trial.number, run: runId, parameters: trial.params });
  publish(...sweepTopics(sweep.id));
  return runId;
});

async function refuse(sweep: SweepRow, number: number, error: ServiceError): Promise<void> {
  await database().transaction((tx) => endTrial(tx, sweep.id, number, { state: "failed", failure: `It could not be launched: ${error.message}` }));
}

/** Says whether each of those that were planned runs. One that is refused has failed, with the refusal's words. */
export async function launchPlanned(ctx: ProjectContext, sweep: SweepRow): Promise<boolean> {
  let isWhole = true;
  for (const { number, state } of await listTrials(database(), sweep.id)) {
    if (state !== "planned") continue;
    try {
      await launchTrial(ctx, { sweepId: sweep.id, number });
    } catch (error) {
      // Ours say what is wrong with the launch; anything else is tried again.
      if (!(error instanceof ServiceError) || error.code === "Unavailable") throw error;
      await refuse(sweep, number, error);
      isWhole = false;
    }
  }
  return isWhole;
}
