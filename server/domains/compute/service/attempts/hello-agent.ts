/** An agent's first words after it starts: what it is, and what it still holds. */
import { Unauthenticated } from "@/server/platform/errors";
import { HelloRequest, type HelloResponse, PROTOCOL_OLDEST, PROTOCOL_VERSION } from "../../contract/protocol";
import { HEARTBEAT_SECONDS, LEASE_SECONDS } from "../../rules/lease";
import { LOG_KEEP_BYTES } from "../../rules/log-bounds";
import { isUsablePython } from "../../rules/queue/placement";
import { lockAgent, markSeen } from "../../store/agents";
import { lockAttempt, openAttemptIds } from "../../store/attempts";
import { agentIngest } from "./agent-verb";
import { settleAttempt } from "./settle-attempt";

/** One version apart is spoken to; further, the agent finishes what it has and claims nothing. */
export function mayClaim(protocol: number): boolean {
  return protocol >= PROTOCOL_OLDEST && protocol <= PROTOCOL_VERSION + 1;
}

function noticesFor(request: HelloRequest): string[] {
  const notices: string[] = [];
  if (!mayClaim(request.protocol)) {
    notices.push(
      `The server speaks agent protocol ${PROTOCOL_OLDEST} to ${PROTOCOL_VERSION}; this agent speaks ${request.protocol} and is given no new jobs.`,
    );
  }
  if (!request.host.pythons.some((python) => isUsablePython(python.version))) {
    notices.push("No Python 3.10 or newer was found: jobs with a Python environment are not given to this agent.");
  }
  return notices;
}

export const helloAgent = agentIngest(
  "compute.helloAgent",
  HelloRequest,
  async ({ tx, ctx, input, publish }, tell): Promise<HelloResponse> => {
    const agent = await lockAgent(tx, ctx.actor.id);
    if (!agent) throw new Unauthenticated("This agent was removed.");
    const { host, name, protocol } = input;
    await markSeen(tx, agent.id, { host, name, protocol, draining: false });
    const kept = new Set(input.attempts);
    for (const attemptId of await openAttemptIds(tx, agent.id)) {
      if (kept.has(attemptId)) continue;
      const held = await lockAttempt(tx, attemptId, agent.id, "update");
      if (!held || held.attempt.finishedAt || held.attempt.claimId === input.claimId) continue;
      const message = `Agent ${agent.name} came back without this attempt.`;
      await settleAttempt(
        tx,
        held,
        { cause: "agent_lost", exitCode: null, signal: null, message, ranSeconds: null },
        tell,
      );
    }
    publish("agents");
    return {
      agentId: agent.id,
      protocol: Math.min(protocol, PROTOCOL_VERSION),
      mayClaim: mayClaim(protocol),
      leaseSeconds: LEASE_SECONDS,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      logKeepBytes: LOG_KEEP_BYTES,
      notices: noticesFor(input),
    };
  },
);
