/** Cancelling: at once while the job waits; while it runs, its agent is told to end it and reports how it went. */
import { Conflict, NotFound } from "@/server/platform/errors";
import { mutation } from "@/server/platform/mutation";
import { CancelJobInput } from "../contract/job";
import { jobFinished } from "../events";
import { isFinished } from "../rules/job-state";
import { cancelWaiting, lockJob, markCancelRequested } from "../store/jobs";
import { QUEUE_TOPIC } from "./attempts/agent-verb";
import { actorRef } from "./submit-job";

export const cancelJob = mutation("compute.cancelJob", "member", CancelJobInput, async (write) => {
  const { tx, ctx, input, subject, publish, emit } = write;
  const job = await lockJob(tx, ctx.project.id, input.jobId);
  if (!job) throw new NotFound(`There is no job ${input.jobId}.`);
  subject({ kind: "job", id: job.id, name: job.name }, { state: job.state });
  if (job.state === "cancelled" || job.cancelRequestedAt) return { jobId: job.id, state: job.state };
  if (isFinished(job.state)) throw new Conflict(`The job already ended: it is ${job.state}.`);
  publish("jobs", `job:${job.id}`, QUEUE_TOPIC);
  const by = actorRef(ctx);
  if (job.state !== "queued") {
    if (!(await markCancelRequested(tx, job, by))) throw new Conflict("The job moved on meanwhile.");
    return { jobId: job.id, state: job.state };
  }
  const message = `Cancelled by ${ctx.actor.name} while it waited.`;
  if (!(await cancelWaiting(tx, job, by, message))) throw new Conflict("The job moved on meanwhile.");
  const { id: jobId, attempt, labels } = job;
  await emit(jobFinished, { jobId, attempt, labels, state: "cancelled", cause: "cancelled", message });
  return { jobId, state: "cancelled" as const };
});
