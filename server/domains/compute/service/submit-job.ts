/** Submitting jobs, and submitting one again. */

import type { ProjectContext } from "@/server/platform/context";
import { holdBlobs } from "@/server/platform/blob-store/hold-blobs";
import type { Tx } from "@/server/platform/db";
import { env } from "@/server/platform/env";
import { Conflict, Invalid, NotFound } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { mutation } from "@/server/platform/mutation";
import { putSearchEntry } from "@/server/platform/search";
import { type ActorRef, JobSpec, RetryJobInput } from "../contract/job";
import { skippedWords, verdictOn } from "../rules/dependencies/verdict";
import { isFinished } from "../rules/job-state";
import { askOf } from "../rules/queue/placement";
import { insertDependencies, listJobLinks } from "../store/dependencies";
import { findJob, insertJob } from "../store/jobs";
import { QUEUE_TOPIC } from "./attempts/agent-verb";

export function actorRef({ actor }: Pick<ProjectContext, "actor">): ActorRef {
  return { kind: actor.kind, id: actor.id, name: actor.name, userId: actor.userId };
}

/** What an agent will fetch for it, by the field that names it. */
function contentsOf({ code, environment, inputs }: JobSpec): { field: string; sha256: string }[] {
  return [
    ...(code === null ? [] : [{ field: "code", sha256: code }]),
    ...(environment.kind === "python" ? [{ field: "environment.requirementsSha256", sha256: environment.requirementsSha256 }] : []),
    ...inputs.map(({ sha256 }, index) => ({ field: `inputs.${index}.sha256`, sha256 })),
  ];
}

function nameOf(spec: JobSpec, field: string): string {
  if (field === "code") return "its code";
  const input = spec.inputs[Number(/^inputs\.(\d+)/.exec(field)?.[1])];
  return input ? `its input ${input.path}` : "the list of its packages";
}

/** Whoever tries a job again has nothing to upload: content is gone only once its days are over. */
function goneOf(spec: JobSpec, field: string): Conflict {
  const days = env().SLIPWAY_JOB_LOG_DAYS;
  return new Conflict(`It can't be tried again: what a job ran with is given back ${days} days after its end, and ${nameOf(spec, field)} is gone. Submit it anew.`, { field });
}

/** What it runs after, as that stands now. One that ends before this is committed is found by `releaseOverdue`. */
async function dependenciesOf(tx: Tx, projectId: string, { after = [] }: JobSpec) {
  const jobs = new Map((await listJobLinks(tx, projectId, after.map(({ jobId }) => jobId))).map((job) => [job.jobId, job]));
  return after.map(({ jobId, requires }, index) => {
    const field = `after.${index}.jobId`;
    const job = jobs.get(jobId);
    if (!job) throw new Invalid(`There is no job ${jobId} to run after.`, { field });
    const verdict = verdictOn({ requires, state: job.state });
    if (verdict === "missed") throw new Conflict(`It would never run. ${skippedWords(job)}`, { field });
    return { afterId: jobId, requires, isMet: verdict === "met" };
  });
}

async function enqueueJob(tx: Tx, ctx: ProjectContext, spec: JobSpec, retryOf: string | null): Promise<string> {
  const jobId = newId();
  const { needsPython, ...resources } = askOf(spec);
  const dependencies = await dependenciesOf(tx, ctx.project.id, spec);
  await insertJob(tx, {
    id: jobId,
    projectId: ctx.project.id,
    name: spec.name,
    spec,
    priority: spec.priority,
    ...resources,
    needsPython,
    labels: spec.labels,
    submittedBy: actorRef(ctx),
    waitsFor: dependencies.filter(({ isMet }) => !isMet).length,
    retryOf,
  });
  await insertDependencies(tx, ctx.project.id, jobId, dependencies);
  const gone = retryOf === null ? undefined : (field: string) => goneOf(spec, field);
  await holdBlobs(tx, ctx.project.id, { kind: "job", id: jobId }, contentsOf(spec), gone);
  const entry = { kind: "job", objectId: jobId, title: spec.name, detail: spec.command.join(" ").slice(0, 200) };
  await putSearchEntry(tx, ctx.project.id, { ...entry, path: `/compute/jobs/${jobId}` });
  return jobId;
}

/** Idempotent under the request's Idempotency-Key. */
export const submitJob = mutation(
  "compute.submitJob",
  "member",
  JobSpec,
  async ({ tx, ctx, input, subject, publish }) => {
    const jobId = await enqueueJob(tx, ctx, input, null);
    subject(
      { kind: "job", id: jobId, name: input.name },
      { command: input.command.slice(0, 20), resources: input.resources, ...(input.after?.length ? { after: input.after.slice(0, 20) } : {}) },
    );
    publish("jobs", QUEUE_TOPIC);
    return { jobId };
  },
);

/** A finished job is a record: trying again makes a new job of the same spec that names the old one. It waits for no other job: whoever tries again wants it now. */
export const retryJob = mutation(
  "compute.retryJob",
  "member",
  RetryJobInput,
  async ({ tx, ctx, input, subject, publish }) => {
    const job = await findJob(tx, ctx.project.id, input.jobId);
    if (!job) throw new NotFound(`There is no job ${input.jobId}.`);
    if (!isFinished(job.state)) throw new Conflict(`The job is ${job.state}; cancel it before trying it again.`);
    const { after: _, ...spec } = job.spec;
    const jobId = await enqueueJob(tx, ctx, spec, job.id);
    subject({ kind: "job", id: jobId, name: job.name }, { retryOf: job.id });
    publish("jobs", QUEUE_TOPIC);
    return { jobId };
  },
);
