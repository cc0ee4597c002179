/** The lease sweep: gives up attempts whose agents were lost, unless it was the server that was away. */
import { z } from "zod";
import { systemInstanceContext } from "@/server/platform/context";
import { LEASE_SECONDS, sweepAction } from "../../rules/lease";
import { findAgent } from "../../store/agents";
import { lockAttempt } from "../../store/attempts";
import { extendAllLeases, lapsedAttempts, lockLeaseWatch, markSwept } from "../../store/leases";
import { agentIngest } from "./agent-verb";
import { settleAttempt } from "./settle-attempt";

const BATCH = 500;

const sweepLeases = agentIngest("compute.sweepLeases", z.object({}), async ({ tx }) => {
  const { now, sweptAt } = await lockLeaseWatch(tx);
  await markSwept(tx);
  if (sweepAction(now, sweptAt) === "extend") return { extended: await extendAllLeases(tx, LEASE_SECONDS), lapsed: [] };
  return { extended: 0, lapsed: await lapsedAttempts(tx, BATCH) };
});

/** One attempt a transaction, judged again under its lock: a heartbeat may have come meanwhile. */
const expireAttempt = agentIngest(
  "compute.expireAttempt",
  z.object({ attemptId: z.uuid() }),
  async ({ tx, input }, tell) => {
    const held = await lockAttempt(tx, input.attemptId, null, "update");
    if (!held || held.attempt.finishedAt) return { expired: false };
    if ((await lapsedAttempts(tx, 1, input.attemptId)).length === 0) return { expired: false };
    const agent = await findAgent(tx, held.attempt.agentId);
    const message = `Agent ${agent?.name ?? "(removed)"} was out of touch for longer than the lease.`;
    await settleAttempt(
      tx,
      held,
      { cause: "agent_lost", exitCode: null, signal: null, message, ranSeconds: null, lapsed: true },
      tell,
    );
    return { expired: true };
  },
);

/** Run every few seconds by a process that agents can reach: only then does silence mean a lost agent. */
export async function expireLeases(): Promise<{ expired: number; extended: number }> {
  const ctx = systemInstanceContext("lease sweep");
  const { lapsed, extended } = await sweepLeases(ctx, {});
  let expired = 0;
  for (const attemptId of lapsed) {
    if ((await expireAttempt(ctx, { attemptId })).expired) expired += 1;
  }
  return { expired, extended };
}
