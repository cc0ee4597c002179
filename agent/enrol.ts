/** Makes sure that the server knows this agent: by the identity it has, or by enrolling with a token. */
import type { HostReport } from "@/server/domains/compute/contract/agent";
import { PROTOCOL_VERSION } from "@/server/domains/compute/contract/protocol";
import type { AgentEnv } from "./env";
import { log, messageOf } from "./log";
import { Backoff } from "./server-link/backoff";
import { Refused, ServerLink } from "./server-link/server-link";
import type { Identity, StateFolder } from "./state-folder";

export class NotEnrolled extends Error {}

async function register(
  env: AgentEnv,
  state: StateFolder,
  identity: Identity,
  host: HostReport,
  signal: AbortSignal,
): Promise<ServerLink> {
  const server = new ServerLink(env.SLIPWAY_URL, identity.credential);
  const token = env.SLIPWAY_AGENT_TOKEN;
  if (!token)
    throw new NotEnrolled(
      "This agent has no identity yet: set SLIPWAY_AGENT_TOKEN to an enrolment token from the Compute page.",
    );
  const request = { name: env.SLIPWAY_AGENT_NAME, protocol: PROTOCOL_VERSION, credential: identity.credential, host };
  const backoff = new Backoff();
  while (!signal.aborted) {
    try {
      const { agentId } = await server.register(token, request);
      state.saveIdentity({ ...identity, agentId });
      log.info("enrolled", { agentId });
      return server;
    } catch (error) {
      if (error instanceof Refused) throw new NotEnrolled(`The server refused to enrol this agent: ${error.message}`);
      if (backoff.failures % 10 === 0) log.warn("the server does not answer; trying again", { why: messageOf(error) });
      await backoff.wait(signal);
    }
  }
  throw new NotEnrolled("The agent was stopped before it could enrol.");
}

/** An identity made for another server is not shown to this one. */
export function connectServer(
  env: AgentEnv,
  state: StateFolder,
  host: HostReport,
  signal: AbortSignal,
): Promise<ServerLink> {
  const identity = state.identity();
  if (identity?.agentId && identity.url === env.SLIPWAY_URL) {
    return Promise.resolve(new ServerLink(env.SLIPWAY_URL, identity.credential));
  }
  const fresh =
    identity && identity.agentId === null && identity.url === env.SLIPWAY_URL
      ? identity
      : state.newIdentity(env.SLIPWAY_URL);
  return register(env, state, fresh, host, signal);
}

/** After the server said that it does not know us. */
export function enrolAgain(
  env: AgentEnv,
  state: StateFolder,
  host: HostReport,
  signal: AbortSignal,
): Promise<ServerLink> {
  return register(env, state, state.newIdentity(env.SLIPWAY_URL), host, signal);
}
