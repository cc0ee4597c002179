/** Soft: everything logged stays, and it can be restored. A job that is left to run logs on to its deleted run. */
import { mutation } from "@/server/platform/mutation";
import { removeSearchEntry } from "@/server/platform/search";
import { DeleteRunInput } from "../../contract/run";
import { moveRuns } from "../../store/table/change-runs";
import { requireRun, runTopics } from "../runs";
import { runningOf, settleRunning } from "./running-jobs";

export const deleteRun = mutation("experiments.deleteRun", "member", DeleteRunInput, async (write) => {
  const { tx, ctx, input, subject, publish } = write;
  const run = await requireRun(tx, ctx.project.id, input.runId);
  await settleRunning(write, input.running, await runningOf(tx, ctx.project.id, [run.id]));
  await moveRuns(tx, [run.id], "deleted");
  await removeSearchEntry(tx, ctx.project.id, "run", run.id);
  subject({ kind: "run", id: run.id, name: run.name }, input.running === null ? {} : { running: input.running });
  publish(...runTopics(run.id), "experiments");
  return {};
});
