import { instanceQuery } from "@/server/platform/mutation";
import { RunRef } from "../contract/run";
import { findVisibleProjectOf } from "../store/runs";

/**
 * The project of a run, for links that don't name one (MLflow's clients print `/#/experiments/1/runs/…`).
 * Null where there is no such run, or none in a project that the person can see.
 */
export const locateRun = instanceQuery("experiments.locateRun", "user", RunRef, async ({ db, ctx, input }): Promise<{ project: string | null }> => ({
  project: await findVisibleProjectOf(db, ctx.actor, input.runId),
}));
