/** Soft: runs and artifacts stay, and it can be restored. */
import { and, eq, sql } from "drizzle-orm";
import { experiments } from "@/drizzle/schema/experiments";
import { Conflict } from "@/server/platform/errors";
import { mutation } from "@/server/platform/mutation";
import { removeSearchEntry } from "@/server/platform/search";
import { DeleteExperimentInput } from "../../contract/experiment";
import { experimentTopic, requireExperiment, viewOfExperiment } from "../experiments";
import { runningIn, settleRunning } from "./running-jobs";

export const deleteExperiment = mutation("experiments.deleteExperiment", "member", DeleteExperimentInput, async (write) => {
  const { tx, ctx, input, subject, publish } = write;
  const row = await requireExperiment(tx, ctx.project.id, input.experimentNo);
  if (row.no === 0) throw new Conflict("The default experiment can't be deleted.");
  await settleRunning(write, input.running, await runningIn(tx, ctx.project.id, row.id));
  const [moved] = await tx
    .update(experiments)
    .set({ lifecycleStage: "deleted", deletedAt: sql`now()`, updatedAt: sql`now()` })
    .where(and(eq(experiments.id, row.id), eq(experiments.lifecycleStage, "active")))
    .returning();
  if (!moved) throw new Conflict(`The experiment ${row.name} is deleted already.`);
  await removeSearchEntry(tx, ctx.project.id, "experiment", row.id);
  subject({ kind: "experiment", id: row.id, name: row.name }, input.running === null ? {} : { running: input.running });
  publish(experimentTopic);
  return viewOfExperiment(tx, moved);
});
