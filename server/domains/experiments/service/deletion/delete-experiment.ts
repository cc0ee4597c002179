/** Soft: runs and artifacts stay, and it can be restored. */
import { Conflict } from "@/server/platform/errors";
import { mutation } from "@/server/platform/mutation";
import { removeSearchEntry } from "@/server/platform/search";
import { DeleteExperimentInput } from "../../contract/experiment";
import { moveExperiment } from "../../store/experiments";
import { experimentTopic, requireExperiment, viewOfExperiment } from "../experiments";
import { runningIn, settleRunning } from "./running-jobs";

export const deleteExperiment = mutation("experiments.deleteExperiment", "member", DeleteExperimentInput, async (write) => {
  const { tx, ctx, input, subject, publish } = write;
  const row = await requireExperiment(tx, ctx.project.id, input.experimentNo);
  if (row.no === 0) throw new Conflict("The default experiment can't be deleted.");
  await settleRunning(write, input.running, await runningIn(tx, ctx.project.id, row.id));
  const moved = await moveExperiment(tx, row.id, "deleted");
  if (!moved) throw new Conflict(`The experiment ${row.name} is deleted already.`);
  await removeSearchEntry(tx, ctx.project.id, "experiment", row.id);
  subject({ kind: "experiment", id: row.id, name: row.name }, input.running === null ? {} : { running: input.running });
  publish(experimentTopic);
  return viewOfExperiment(tx, moved);
});
