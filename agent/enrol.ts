/** Makes sure that the server knows this agent: by the identity it has, or by enrolling with a token. */
import type { HostReport } from "@/server/domains/compute/contract/agent";
import { PROTOCOL_VERSION } from "@/server/domains/compute/contract/protocol";
import type { AgentEnv } from "./env";
import { log, messageOf } from "./log";
import { Backoff } from "./server-link/backoff";
import { Refused, ServerLink } from "./server-link/server-link";
import type { StateFolder } from "./state-folder";

export class NotEnrolled extends Error {}

/** An identity made for another server is not shown to this one. */
export async function connectServer(
  env: AgentEnv,
  state: StateFolder,
  host: HostReport,
  signal: AbortSignal,
): Promise<ServerLink> {
  const identity = state.identity();
  if (identity?.url === env.SLIPWAY_URL) return new ServerLink(env.SLIPWAY_URL, identity.credential);
  return enrol(env, state, host, signal);
}

/** Also after the server said that it does not know us: what we were before is forgotten only once it has taken us anew. */
export async function enrol(
  env: AgentEnv,
  state: StateFolder,
  host: HostReport,
  signal: AbortSignal,
): Promise<ServerLink> {
  const token = env.SLIPWAY_AGENT_TOKEN;
  if (!token)
    throw new NotEnrolled(
      "This agent has no identity yet: set SLIPWAY_AGENT_TOKEN to an enrolment token from the Compute page.",
    );
  const candidate = state.candidate(env.SLIPWAY_URL);
  const server = new ServerLink(env.SLIPWAY_URL, candidate.credential);
  const request = { name: env.SLIPWAY_AGENT_NAME, protocol: PROTOCOL_VERSION, credential: candidate.credential, host };
  const backoff = new Backoff();
  while (!signal.aborted) {
    try {
      const { agentId } = await server.register(token, request);
      state.saveIdentity({ ...candidate, agentId });
      log.info("enrolled", { agentId });
      return server;
    } catch (error) {
      if (error instanceof Refused) {
        // One that the server had taken it would have known by now.
        state.forgetCandidate();
        throw new NotEnrolled(`The server refused to enrol this agent: ${error.message}`);
      }
      if (backoff.failures % 10 === 0) log.warn("the server does not answer; trying again", { why: messageOf(error) });
      await backoff.wait(signal);
    }
  }
  throw new NotEnrolled("The agent was stopped before it could enrol.");
}
