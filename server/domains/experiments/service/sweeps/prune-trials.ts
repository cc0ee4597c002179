/** Stops runs that report too little: what they logged of the objective is given to Optuna's pruner at each new step. */
import { z } from "zod";
import { cancelJob } from "@/server/domains/compute/service/cancel-job";
import { database } from "@/server/platform/db";
import { Conflict } from "@/server/platform/errors";
import type { ProjectContext } from "@/server/platform/context";
import { mutation } from "@/server/platform/mutation";
import { SweepRef } from "../../contract/sweep";
import type { SweepRow } from "../../store/sweeps/sweeps";
import { listTrials, noteDecision, setReported, type TrialRow } from "../../store/sweeps/trials";
import { logBatch } from "../log";
import { requireRun } from "../runs";
import { decidePruning, type Running } from "./optuna";
import { readReported } from "./settle-trials";
import { sweepTopics } from "./sweep-context";

const PruneInput = SweepRef.extend({ runId: z.uuid(), number: z.number().int().min(0), step: z.number().int(), attrs: z.record(z.string(), z.unknown()) });

const pruneTrial = mutation("experiments.pruneTrial", "member", PruneInput, async (write) => {
  const { tx, ctx, input, subject, publish } = write;
  const run = await requireRun(tx, ctx.project.id, input.runId);
  subject({ kind: "run", id: run.id, name: run.name }, { sweep: input.sweepId, trial: input.number, step: input.step });
  await noteDecision(tx, input.sweepId, input.number, input.attrs, input.step);
  await logBatch.within(write, { runId: run.id, tags: [{ key: "slipway.pruned", value: `at step ${input.step}` }] });
  if (run.jobId) await cancelJob.within(write, { jobId: run.jobId });
  publish(...sweepTopics(input.sweepId));
});

/** False when its job had ended: it is settled as it ended. */
async function stopsRun(ctx: ProjectContext, asked: z.input<typeof PruneInput>): Promise<boolean> {
  try {
    await pruneTrial(ctx, asked);
    return true;
  } catch (error) {
    if (error instanceof Conflict) return false;
    throw error;
  }
}

const lastStep = ({ reported }: Pick<TrialRow, "reported">): number => reported.at(-1)?.[0] ?? -1;

/** Trials with a step that no decision knew yet. */
async function takeFresh(ctx: ProjectContext, sweep: SweepRow, trials: readonly TrialRow[]): Promise<Running[]> {
  const open = trials.filter(({ state, prunedAtStep, runId }) => state === "launched" && prunedAtStep === null && runId !== null);
  const reported = await readReported(ctx, sweep, open.flatMap(({ runId }) => (runId === null ? [] : [runId])));
  const fresh: Running[] = [];
  for (const trial of open) {
    const now = reported.get(trial.runId ?? "") ?? [];
    if (lastStep({ reported: now }) <= lastStep(trial)) continue;
    await setReported(database(), sweep.id, trial.number, now);
    fresh.push({ number: trial.number, after: lastStep(trial) });
  }
  return fresh;
}

/** Before they are settled: what a run that has ended reported is a measure for the others. */
export async function pruneTrials(ctx: ProjectContext, sweep: SweepRow): Promise<void> {
  if (sweep.spec.pruner.kind === "none") return;
  const fresh = await takeFresh(ctx, sweep, await listTrials(database(), sweep.id));
  if (fresh.length === 0) return;
  const trials = await listTrials(database(), sweep.id);
  for (const { number, step, attrs } of await decidePruning(sweep, trials, fresh)) {
    const runId = trials.find((one) => one.number === number)?.runId ?? null;
    if (step !== null && runId !== null && (await stopsRun(ctx, { sweepId: sweep.id, runId, number, step, attrs }))) continue;
    await database().transaction((tx) => noteDecision(tx, sweep.id, number, attrs, null));
  }
}
