/** The agent: says hello, keeps its leases, claims what fits, and hands everything over in order when it ends. */
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { HostReport } from "@/server/domains/compute/contract/agent";
import {
  CLAIM_WAIT_MAX_SECONDS,
  type HelloResponse,
  PROTOCOL_VERSION,
} from "@/server/domains/compute/contract/protocol";
import { Keepers } from "./attempt/keepers";
import { connectServer, enrol } from "./enrol";
import type { AgentEnv } from "./env";
import { reportHost } from "./host/report";
import { HostUseMeter } from "./host/use";
import { log, messageOf } from "./log";
import { Backoff } from "./server-link/backoff";
import { Refused, type ServerLink } from "./server-link/server-link";
import { StateFolder } from "./state-folder";

const USAGE_EVERY_SECONDS = 5;
/** A server that answers at once with nothing must not be asked in a circle. */
const CLAIM_EVERY_MS = 100;
const TRIM_EVERY_MS = 600_000;
/** What a stopped agent waits, beyond the jobs' grace, for the server to take the last words. */
const FAREWELL_MS = 5_000;

/** How it ends: jobs given back, jobs finished first, or left to their runners for the next agent. */
export type Ending = "release" | "finish" | "leave";

export class IdentityLost extends Error {}

export class Agent {
  readonly #stop = new AbortController();
  readonly #claiming = new AbortController();
  #ending: Ending | null = null;
  #hello: HelloResponse | null = null;
  #claimId: string = randomUUID();

  private constructor(
    readonly env: AgentEnv,
    readonly state: StateFolder,
    readonly host: HostReport,
    readonly server: ServerLink,
    readonly keepers: Keepers,
  ) {}

  /** `program` is the bundle that runners are started from. */
  static async open(env: AgentEnv, program: string, signal: AbortSignal): Promise<Agent> {
    const state = new StateFolder(env.SLIPWAY_AGENT_STATE);
    state.lock();
    try {
      const host = await reportHost(env);
      const make = (server: ServerLink) =>
        new Agent(env, state, host, server, new Keepers(env, state, { program, server }, host));
      const agent = make(await connectServer(env, state, host, signal));
      if (await agent.#greetOnce(signal)) return agent;
      return make(await enrol(env, state, host, signal));
    } catch (error) {
      state.unlock();
      throw error;
    }
  }

  /** False when the server does not know us; true also while it does not answer. */
  async #greetOnce(signal: AbortSignal): Promise<boolean> {
    if (!this.env.SLIPWAY_AGENT_TOKEN || signal.aborted) return true;
    try {
      await this.server.heartbeat({ attempts: [] });
      return true;
    } catch (error) {
      return !(error instanceof Refused && error.isIdentity);
    }
  }

  end(how: Ending): void {
    // A second, harder word overrides a patient first one.
    if (this.#ending === null || (this.#ending === "finish" && how !== "finish")) this.#ending = how;
    this.#claiming.abort();
    if (this.#ending !== "finish") this.#stop.abort();
  }

  /** Runs until it is ended. `ready` is told once the server knows that it is there. */
  async run(ready: () => void): Promise<void> {
    this.keepers.adopt();
    if (this.keepers.size === 0) this.state.trimEnvironments(Date.now());
    const helpers = [this.#sampleUsage(), this.#trimCaches()];
    const beating = this.#keepLeases(ready);
    try {
      await Promise.race([beating, this.#claimForever()]);
      await this.#finishUp();
    } finally {
      this.#stop.abort();
      await Promise.allSettled([...helpers, beating]);
      this.state.unlock();
    }
  }

  async #greet(): Promise<HelloResponse> {
    const { host, env, keepers } = this;
    const claimId = this.#claimId;
    return this.server.hello({
      protocol: PROTOCOL_VERSION,
      name: env.SLIPWAY_AGENT_NAME,
      host,
      attempts: keepers.ids,
      claimId,
    });
  }

  /** Hello first, and again after the server was away: it may be another version by now. */
  async #keepLeases(ready: () => void): Promise<void> {
    const { signal } = this.#stop;
    const meter = new HostUseMeter(this.env.SLIPWAY_AGENT_STATE);
    const backoff = new Backoff();
    while (!signal.aborted) {
      try {
        if (this.#hello === null || backoff.failures > 3) {
          this.#hello = await this.#greet();
          for (const notice of this.#hello.notices) log.warn(notice);
          log.info("connected", {
            agentId: this.#hello.agentId,
            url: this.env.SLIPWAY_URL,
            adopted: this.keepers.size,
          });
          ready();
        }
        await this.#beat(meter);
        backoff.reset();
        await pause(this.#hello.heartbeatSeconds * 1_000, undefined, { signal }).catch(() => undefined);
      } catch (error) {
        if (error instanceof Refused && error.isIdentity) throw new IdentityLost(error.message);
        if (backoff.failures % 10 === 0)
          log.warn("the server does not answer; trying again", { why: messageOf(error) });
        await backoff.wait(signal);
      }
    }
  }

  async #beat(meter: HostUseMeter): Promise<void> {
    const draining = this.#ending !== null;
    const attempts = this.keepers.ids;
    const use = await meter.read();
    const sentAt = performance.now();
    const { extended, stop } = await this.server.heartbeat({ attempts, use, draining });
    this.keepers.renew(extended, this.#hello?.leaseSeconds ?? 0, performance.now() - sentAt);
    this.keepers.obey(stop);
  }

  async #claimForever(): Promise<void> {
    const { signal } = this.#claiming;
    const backoff = new Backoff();
    while (!signal.aborted) {
      const hello = this.#hello;
      if (!hello) {
        await backoff.wait(signal);
        continue;
      }
      try {
        const max = hello.mayClaim ? Math.max(0, this.env.SLIPWAY_AGENT_MAX_JOBS - this.keepers.size) : 0;
        const request = {
          claimId: this.#claimId,
          max,
          waitSeconds: CLAIM_WAIT_MAX_SECONDS,
          attempts: this.keepers.ids,
        };
        const { claims, stop } = await this.server.claim(request, signal);
        this.keepers.obey(stop);
        for (const claim of claims) this.keepers.start(claim, hello);
        this.#claimId = randomUUID();
        backoff.reset();
        // A notice stays until its attempt has ended: not asked for again at once.
        if (stop.length > 0) await backoff.wait(signal);
        else if (claims.length === 0) await pause(CLAIM_EVERY_MS, undefined, { signal });
      } catch (error) {
        if (!signal.aborted) log.debug("no claim", { why: messageOf(error) });
        await backoff.wait(signal);
      }
    }
    if (this.#stop.signal.aborted) return;
    await this.#returnUnseenClaim().catch(() => undefined);
    while (!this.#stop.signal.aborted && this.keepers.size > 0) await this.keepers.allDone();
  }

  async #finishUp(): Promise<void> {
    log.info("ending", { how: this.#ending, attempts: this.keepers.size });
    if (this.#ending === "leave") return this.keepers.leave();
    await this.#returnUnseenClaim().catch(() => undefined);
    this.keepers.release();
    const most = this.env.SLIPWAY_AGENT_GRACE_SECONDS * 1_000 + FAREWELL_MS;
    const late = new AbortController();
    await Promise.race([
      this.keepers.allDone(),
      pause(most, undefined, { signal: late.signal }).catch(() => undefined),
    ]);
    late.abort();
    // What could not be delivered stays in the folder for the next agent.
    this.keepers.leave();
  }

  /** The claim that was under way when we stopped may have been given jobs: they go back now, not when leases lapse. */
  async #returnUnseenClaim(): Promise<void> {
    const { claims } = await this.server.claim({ claimId: this.#claimId, max: 0, waitSeconds: 0 });
    const nothing = {
      exitCode: null,
      signal: null,
      ran: false,
      durationSeconds: 0,
      cpuSeconds: null,
      maxMemoryBytes: null,
    };
    for (const { attemptId } of claims) {
      if (this.keepers.ids.includes(attemptId)) continue;
      await this.server.result(attemptId, {
        ...nothing,
        cause: "agent_stopped",
        message: "Its agent was stopped before it began.",
      });
    }
  }

  async #sampleUsage(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const seconds = Math.min(USAGE_EVERY_SECONDS, this.#hello?.heartbeatSeconds ?? 1);
      await pause(seconds * 1_000, undefined, { signal }).catch(() => undefined);
      for (const keeper of this.keepers.all()) {
        const usage = await keeper.usage.read().catch(() => null);
        // A sample that does not arrive is not worth keeping.
        if (usage && !signal.aborted) await this.server.usage(keeper.attemptId, usage).catch(() => undefined);
      }
    }
  }

  async #trimCaches(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        this.state.trimBlobs(this.env.SLIPWAY_AGENT_CACHE_MB * 1024 ** 2, Date.now());
      } catch (error) {
        log.warn("the cache could not be trimmed", { why: messageOf(error) });
      }
      await pause(TRIM_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
