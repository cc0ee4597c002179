/** Resuming: the same run goes on, in a new job of the same spec that is given one of the run's checkpoints. */
import { isFinished } from "@/server/domains/compute/rules/job-state";
import { findJobRecord, type JobRecord } from "@/server/domains/compute/service/read-jobs";
import { submitJob } from "@/server/domains/compute/service/submit-job";
import type { Tx } from "@/server/platform/db";
import { Conflict, Invalid } from "@/server/platform/errors";
import { mutation } from "@/server/platform/mutation";
import { ResumeRunInput } from "../../contract/again/resume-repeat";
import { freshSpec } from "../../rules/again/fresh-spec";
import { setScheduledAgain } from "../../store/run-states";
import type { RunRow } from "../../store/runs";
import { requireActiveRun, runHex, runTopics } from "../runs";
import { type CheckpointFiles, filesAtMost, requireCheckpoint } from "./checkpoints";

async function requireEnded(tx: Tx, projectId: string, run: RunRow): Promise<JobRecord> {
  const job = run.jobId === null ? null : await findJobRecord(tx, projectId, run.jobId);
  if (!job) throw new Conflict("This run was started outside Slipway: go on with it there, by MLFLOW_RUN_ID.");
  if (!isFinished(job.state) || run.status === "RUNNING" || run.status === "SCHEDULED") throw new Conflict(`The run has not ended: it is ${run.status.toLowerCase()}.`);
  if (run.status === "FINISHED") throw new Conflict("The run finished: clone it, or run it again.");
  return job;
}

function specWith({ spec }: JobRecord, { path, files }: CheckpointFiles): JobRecord["spec"] {
  const fresh = freshSpec(spec);
  if (files.length > filesAtMost) throw new Conflict(`The checkpoint has more than ${filesAtMost} files: choose one of them.`, { field: "checkpoint" });
  return { ...fresh, inputs: [...fresh.inputs, ...files], env: { ...fresh.env, SLIPWAY_CHECKPOINT: path } };
}

/** Nobody has anything to upload here: what a job ran with is gone once its days are over. */
function goneWords(error: unknown): never {
  if (!(error instanceof Invalid)) throw error;
  const field = String(error.detail.field ?? "");
  const what = field === "code" ? "its code" : field.startsWith("environment") ? "the list of its packages" : "one of its inputs";
  throw new Conflict(`It can't be resumed: ${what} is gone.`, { field });
}

export const resumeRun = mutation("experiments.resumeRun", "member", ResumeRunInput, async (write) => {
  const { tx, ctx, input, subject, publish, link } = write;
  const run = await requireActiveRun(tx, ctx, input.runId);
  const job = await requireEnded(tx, ctx.project.id, run);
  const found = await requireCheckpoint(tx, ctx.project.id, run, input.checkpoint);
  const { jobId } = await submitJob.within(write, specWith(job, found)).catch(goneWords);
  if (!(await setScheduledAgain(tx, run, jobId, run.attemptBase + job.attempt))) throw new Conflict("The run was resumed meanwhile.");
  await link({ from: { kind: "run", id: run.id }, to: { kind: "job", id: jobId }, relation: "filled by" });
  subject({ kind: "run", id: run.id, name: run.name }, { checkpoint: found.checkpoint.path, job: jobId });
  publish(...runTopics(run.id), "experiments");
  return { runId: run.id, runHex: runHex(run.id), jobId, checkpoint: found.checkpoint.path };
});
