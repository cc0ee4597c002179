/** Agents as people see and steer them. */
import { z } from "zod";
import { databaseNow } from "@/server/platform/clock";
import { NotFound } from "@/server/platform/errors";
import { instanceMutation, query } from "@/server/platform/mutation";
import {
  type AgentDetail,
  AgentIdInput,
  type AgentState,
  type AgentSummary,
  CordonAgentInput,
  RemoveAgentInput,
  UncordonAgentInput,
} from "../contract/agent";
import { isInTouch } from "../rules/lease";
import {
  type AgentRow,
  findAgent,
  type HeldRow,
  markCordoned,
  markRemoved,
  markUncordoned,
  selectAgents,
  selectHeld,
} from "../store/agents";

export function agentState(agent: Pick<AgentRow, "lastSeenAt" | "cordonedAt" | "draining">, now: Date): AgentState {
  if (!isInTouch(agent.lastSeenAt, now)) return "offline";
  if (agent.cordonedAt) return "cordoned";
  return agent.draining ? "draining" : "online";
}

function summaryOf(agent: AgentRow, held: readonly HeldRow[], now: Date): AgentSummary {
  const mine = held.filter((one) => one.agentId === agent.id);
  return {
    id: agent.id,
    name: agent.name,
    state: agentState(agent, now),
    cordonReason: agent.cordonReason,
    host: agent.host,
    use: agent.use,
    held: {
      cpus: mine.reduce((sum, one) => sum + one.cpus, 0),
      memoryBytes: mine.reduce((sum, one) => sum + one.memoryBytes, 0),
      gpus: mine.reduce((sum, one) => sum + one.gpus, 0),
      jobs: mine.length,
    },
    lastSeenAt: agent.lastSeenAt,
    registeredAt: agent.registeredAt,
  };
}

export const listAgents = query(
  "compute.listAgents",
  "viewer",
  z.object({}),
  async ({ db }): Promise<AgentSummary[]> => {
    const [agents, held, now] = [await selectAgents(db), await selectHeld(db), await databaseNow(db)];
    return agents.map((agent) => summaryOf(agent, held, now));
  },
);

export const getAgent = query(
  "compute.getAgent",
  "viewer",
  AgentIdInput,
  async ({ db, ctx, input }): Promise<AgentDetail> => {
    const agent = await findAgent(db, input.agentId);
    if (!agent) throw new NotFound(`There is no agent ${input.agentId}.`);
    const held = await selectHeld(db, [agent.id]);
    const jobs = held
      .filter((one) => one.projectId === ctx.project.id)
      .map(({ jobId, name, state, startedAt, devices }) => ({ id: jobId, name, state, startedAt, devices }));
    return { ...summaryOf(agent, held, await databaseNow(db)), jobs };
  },
);

/** A cordoned agent finishes what it has and is given nothing new. */
export const cordonAgent = instanceMutation(
  "compute.cordonAgent",
  "admin",
  CordonAgentInput,
  async ({ tx, input, subject, publish }) => {
    const agent = await markCordoned(tx, input.agentId, input.reason || null);
    if (!agent) throw new NotFound(`There is no agent ${input.agentId}.`);
    subject({ kind: "agent", id: input.agentId, name: agent.name }, { reason: input.reason });
    publish("agents");
    return { agentId: input.agentId };
  },
);

export const uncordonAgent = instanceMutation(
  "compute.uncordonAgent",
  "admin",
  UncordonAgentInput,
  async ({ tx, input, subject, publish }) => {
    const agent = await markUncordoned(tx, input.agentId);
    if (!agent) throw new NotFound(`There is no agent ${input.agentId}.`);
    subject({ kind: "agent", id: input.agentId, name: agent.name });
    publish("agents", "job-queue");
    return { agentId: input.agentId };
  },
);

/** Takes an agent's identity away; its open attempts lapse with their leases and are queued again. */
export const removeAgent = instanceMutation(
  "compute.removeAgent",
  "admin",
  RemoveAgentInput,
  async ({ tx, input, subject, publish }) => {
    const agent = await markRemoved(tx, input.agentId);
    if (!agent) throw new NotFound(`There is no agent ${input.agentId}.`);
    subject({ kind: "agent", id: input.agentId, name: agent.name });
    publish("agents");
    return { agentId: input.agentId };
  },
);
