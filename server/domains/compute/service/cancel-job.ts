/** Cancelling: at once while the job waits; while it runs, its agent is told to end it and reports how it went. */
import { sql } from "drizzle-orm";
import { Conflict, NotFound } from "@/server/platform/errors";
import { mutation } from "@/server/platform/mutation";
import { CancelJobInput } from "../contract/job";
import { jobFinished } from "../events";
import { isFinished } from "../rules/job-state";
import { lockJob, moveJob } from "../store/jobs";
import { QUEUE_TOPIC } from "./attempts/agent-verb";
import { actorRef } from "./submit-job";

const clock = sql`clock_timestamp()`;

export const cancelJob = mutation("compute.cancelJob", "member", CancelJobInput, async (write) => {
  const { tx, ctx, input, subject, publish, emit } = write;
  const job = await lockJob(tx, ctx.project.id, input.jobId);
  if (!job) throw new NotFound(`There is no job ${input.jobId}.`);
  subject({ kind: "job", id: job.id, name: job.name }, { state: job.state });
  if (job.state === "cancelled" || job.cancelRequestedAt) return { jobId: job.id, state: job.state };
  if (isFinished(job.state)) throw new Conflict(`The job already ended: it is ${job.state}.`);
  publish("jobs", `job:${job.id}`, QUEUE_TOPIC);
  const asked = { cancelRequestedAt: clock, cancelledBy: actorRef(ctx) };
  if (job.state !== "queued") {
    if (!(await moveJob(tx, job, asked))) throw new Conflict("The job moved on meanwhile.");
    return { jobId: job.id, state: job.state };
  }
  const message = `Cancelled by ${ctx.actor.name} while it waited.`;
  const set = {
    ...asked,
    state: "cancelled" as const,
    cause: "cancelled" as const,
    message,
    finishedAt: clock,
    notBefore: null,
  };
  if (!(await moveJob(tx, job, set))) throw new Conflict("The job moved on meanwhile.");
  const { id: jobId, attempt, labels } = job;
  await emit(jobFinished, { jobId, attempt, labels, state: "cancelled", cause: "cancelled", message });
  return { jobId, state: "cancelled" as const };
});
