/** Heartbeats: leases go on, and the agent hears what it is to stop. */
import type { Db, Tx } from "@/server/platform/db";
import { Unauthenticated } from "@/server/platform/errors";
import { HeartbeatRequest, type StopNotice } from "../../contract/protocol";
import { holdsAgent, isStale } from "../../rules/job-state";
import { LEASE_SECONDS } from "../../rules/lease";
import { markSeen } from "../../store/agents";
import { attemptsByIds, lockAttempt, updateAttempt } from "../../store/attempts";
import { moveJob } from "../../store/jobs";
import { extendLeases, leaseEnd } from "../../store/leases";
import { agentIngest, type Tell } from "./agent-verb";

/** What an agent is to stop, of what it says it holds. */
export async function stopNotices(db: Db, agentId: string, attemptIds: string[]): Promise<StopNotice[]> {
  const known = new Map((await attemptsByIds(db, agentId, attemptIds)).map((row) => [row.id, row]));
  return attemptIds.flatMap((attemptId): StopNotice[] => {
    const row = known.get(attemptId);
    if (!row || isStale(row)) return [{ attemptId, reason: "stale" }];
    return row.job.cancelRequestedAt && holdsAgent(row.job.state) ? [{ attemptId, reason: "cancelled" }] : [];
  });
}

/** A lapsed attempt whose job nobody claimed meanwhile goes on as if touch had not been lost. */
async function reviveLapsed(tx: Tx, agentId: string, attemptIds: string[], tell: Tell): Promise<void> {
  for (const row of await attemptsByIds(tx, agentId, attemptIds)) {
    if (!row.lapsed || row.job.state !== "queued" || row.job.attempt !== row.number) continue;
    const held = await lockAttempt(tx, row.id, agentId, "update");
    if (!held?.attempt.lapsed || held.job.state !== "queued" || held.job.attempt !== row.number) continue;
    const { job, attempt } = held;
    const state = attempt.startedAt ? "running" : "preparing";
    const clear = { cause: null, message: null, notBefore: null };
    await moveJob(tx, job, { ...clear, state, agentId, startedAt: attempt.startedAt, unblamed: job.unblamed - 1 });
    await updateAttempt(tx, attempt.id, {
      state,
      lapsed: false,
      cause: null,
      message: null,
      finishedAt: null,
      leaseUntil: leaseEnd(LEASE_SECONDS),
    });
    tell(job.projectId, "jobs", `job:${job.id}`, "agents");
  }
}

export const heartbeat = agentIngest(
  "compute.heartbeat",
  HeartbeatRequest,
  async ({ tx, ctx, input, publish }, tell) => {
    const agentId = ctx.actor.id;
    const { use, draining } = input;
    const alive = await markSeen(tx, agentId, { draining, ...(use && { use }) });
    if (!alive) throw new Unauthenticated("This agent was removed.");
    await reviveLapsed(tx, agentId, input.attempts, tell);
    const extended = await extendLeases(tx, agentId, input.attempts, LEASE_SECONDS);
    publish("agents");
    return { extended, stop: await stopNotices(tx, agentId, input.attempts) };
  },
);
