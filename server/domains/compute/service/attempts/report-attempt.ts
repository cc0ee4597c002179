/** What an agent says of an attempt it holds: started, usage, ended. Twice is once; stale is a Conflict. */
import { z } from "zod";
import type { Tx } from "@/server/platform/db";
import { Conflict, NotFound } from "@/server/platform/errors";
import { emitEvent } from "@/server/platform/outbox";
import { AttemptResult, UsageReport } from "../../contract/protocol";
import { jobStarted } from "../../events";
import { isFinished, isStale } from "../../rules/job-state";
import { type Held, lockAttempt, markStarted, updateAttempt } from "../../store/attempts";
import { markRunning } from "../../store/jobs";
import { insertUsage } from "../../store/usage";
import { agentIngest } from "./agent-verb";
import { settleAttempt } from "./settle-attempt";

const AttemptRef = z.object({ attemptId: z.uuid() });

/** The attempt with its job, locked; NotFound when it is another agent's, Conflict when it is stale. */
export async function holdAttempt(
  tx: Tx,
  attemptId: string,
  agentId: string,
  strength: "update" | "share",
): Promise<Held> {
  const held = await lockAttempt(tx, attemptId, agentId, strength);
  if (!held) throw new NotFound(`This agent holds no attempt ${attemptId}.`);
  if (isStale({ job: held.job, number: held.attempt.number })) {
    throw new Conflict(
      `Attempt ${held.attempt.number} is stale: the job was ${held.job.state === "cancelled" ? "cancelled" : "given to a later attempt"}.`,
    );
  }
  return held;
}

export const startAttempt = agentIngest("compute.startAttempt", AttemptRef, async ({ tx, ctx, input }, tell) => {
  const { job, attempt } = await holdAttempt(tx, input.attemptId, ctx.actor.id, "update");
  if (attempt.startedAt || isFinished(attempt.state)) return { state: job.state };
  await markStarted(tx, attempt.id);
  if (job.state === "preparing") await markRunning(tx, job);
  const { id: jobId, labels } = job;
  await emitEvent(tx, job.projectId, jobStarted, { jobId, attempt: attempt.number, labels });
  tell(job.projectId, "jobs", `job:${job.id}`);
  return { state: "running" as const };
});

export const finishAttempt = agentIngest(
  "compute.finishAttempt",
  AttemptRef.extend({ result: AttemptResult }),
  async ({ tx, ctx, input }, tell) => {
    const held = await holdAttempt(tx, input.attemptId, ctx.actor.id, "update");
    const { attempt, job } = held;
    const { ran, durationSeconds, ...result } = input.result;
    const isLate = attempt.lapsed && (job.state === "queued" || job.state === "lost");
    if (attempt.finishedAt !== null && !isLate) return { state: job.state };
    if (isLate && (result.cause === "agent_lost" || result.cause === "agent_stopped")) {
      // It tells nothing but this: no heartbeat that is on its way still may bring the attempt back.
      await updateAttempt(tx, attempt.id, { lapsed: false });
      return { state: job.state };
    }
    return { state: await settleAttempt(tx, held, { ...result, ranSeconds: ran ? durationSeconds : null }, tell) };
  },
);

export const reportUsage = agentIngest(
  "compute.reportUsage",
  AttemptRef.extend({ usage: UsageReport }),
  async ({ tx, ctx, input }, tell) => {
    const { job, attempt } = await holdAttempt(tx, input.attemptId, ctx.actor.id, "share");
    const { second, cpus, memoryBytes, gpus } = input.usage;
    await insertUsage(tx, { projectId: job.projectId, attemptId: attempt.id, second, cpus, memoryBytes, gpus });
    tell(job.projectId, `usage:${job.id}`);
    return {};
  },
);
