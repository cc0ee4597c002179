/** Letting an agent in: a short-lived token once, then an identity of its own. */
import type { InstanceContext } from "@/server/platform/context";
import type { Db } from "@/server/platform/db";
import { Unauthenticated } from "@/server/platform/errors";
import { hashToken, mintToken } from "@/server/platform/identity/secrets";
import { newId } from "@/server/platform/ids";
import { instanceIngest, instanceMutation } from "@/server/platform/mutation";
import { CreateEnrolmentTokenInput } from "../contract/agent";
import { RegisterRequest } from "../contract/protocol";
import { agentByCredential, bindEnrolment, insertAgent, insertEnrolment, spendEnrolment } from "../store/agents";

/** The token is shown once; only its hash is kept. */
export const createEnrolmentToken = instanceMutation(
  "compute.createEnrolmentToken",
  "admin",
  CreateEnrolmentTokenInput,
  async ({ tx, ctx, input, subject }) => {
    const id = newId();
    const token = mintToken();
    const expiresAt = new Date(Date.now() + input.expiresInSeconds * 1_000);
    await insertEnrolment(tx, {
      id,
      tokenHash: hashToken(token),
      note: input.note,
      createdBy: ctx.actor.name,
      expiresInSeconds: input.expiresInSeconds,
    });
    subject({ kind: "enrolment", id, name: input.note || "without a note" }, { note: input.note });
    return { token, expiresAt };
  },
);

const RegisterAgentInput = RegisterRequest.extend({ enrolmentToken: RegisterRequest.shape.credential });

/** Open to whoever holds an enrolment token; the agent's own credential makes a repeat harmless. */
export const registerAgent = instanceIngest(
  "compute.registerAgent",
  "agent",
  RegisterAgentInput,
  async ({ tx, input, publish }) => {
    const credentialHash = hashToken(input.credential);
    const known = await agentByCredential(tx, credentialHash);
    if (known) return { agentId: known.id };
    const enrolment = await spendEnrolment(tx, hashToken(input.enrolmentToken));
    if (!enrolment)
      throw new Unauthenticated("The enrolment token is unknown, used or expired. Make a new one on the Compute page.");
    const agentId = newId();
    const { name, host, protocol } = input;
    await insertAgent(tx, { id: agentId, name, credentialHash, protocol, host });
    await bindEnrolment(tx, enrolment.id, agentId);
    publish("agents");
    return { agentId };
  },
);

/** Who speaks with this credential; null for an unknown or removed agent. */
export async function resolveAgent(db: Db, credential: string, requestId: string): Promise<InstanceContext | null> {
  const agent = await agentByCredential(db, hashToken(credential));
  if (!agent) return null;
  return { actor: { kind: "agent", id: agent.id, name: agent.name, userId: null, isAdmin: false }, requestId };
}
