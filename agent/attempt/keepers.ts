/** All attempts that this agent holds. */
import { randomBytes } from "node:crypto";
import type { HostReport } from "@/server/domains/compute/contract/agent";
import type { Claim, HelloResponse, StopNotice } from "@/server/domains/compute/contract/protocol";
import { isUsablePython } from "@/server/domains/compute/rules/queue/placement";
import type { AgentEnv } from "../env";
import { isAlive } from "../host/processes";
import { log, messageOf } from "../log";
import type { StateFolder } from "../state-folder";
import { AttemptFolder } from "./attempt-folder";
import { AttemptKeeper, type KeeperSettings } from "./attempt-keeper";

export class Keepers {
  readonly #keepers = new Map<string, AttemptKeeper>();

  constructor(
    readonly env: AgentEnv,
    readonly state: StateFolder,
    readonly settings: KeeperSettings,
    readonly host: HostReport,
  ) {}

  get ids(): string[] {
    return [...this.#keepers.keys()];
  }
  get size(): number {
    return this.#keepers.size;
  }
  all(): AttemptKeeper[] {
    return [...this.#keepers.values()];
  }

  #keep(keeper: AttemptKeeper): void {
    this.#keepers.set(keeper.attemptId, keeper);
    void keeper.done
      .catch((error: unknown) =>
        log.error("an attempt could not be attended", { attemptId: keeper.attemptId, why: messageOf(error) }),
      )
      .finally(() => this.#keepers.delete(keeper.attemptId));
  }

  /** Takes over what an agent before this one left: running, or finished and not yet delivered. */
  adopt(): void {
    for (const folder of AttemptFolder.list(this.state.attemptsPath)) {
      const order = folder.order();
      if (!order) {
        this.#dismiss(folder);
        continue;
      }
      log.info("adopting an attempt", { attemptId: order.attemptId, finished: folder.result() !== null });
      this.#keep(AttemptKeeper.adopt(this.settings, folder, order));
    }
  }

  /** Its agent died while it wrote the order, or was of another version: a runner that lives ends its job, and goes. */
  #dismiss(folder: AttemptFolder): void {
    const owner = folder.owner();
    if (owner?.kind !== "runner" || !isAlive(owner.process)) {
      folder.remove();
      return;
    }
    log.warn("an attempt of another agent's version is given back", { path: folder.path });
    process.kill(owner.process.pid, "SIGTERM");
  }

  start(claim: Claim, hello: HelloResponse): void {
    if (this.#keepers.has(claim.attemptId)) return;
    const order = {
      ...claim,
      url: this.env.SLIPWAY_URL,
      stateFolder: this.env.SLIPWAY_AGENT_STATE,
      marker: `${claim.attemptId}.${randomBytes(8).toString("hex")}`,
      pythonPath: this.host.pythons.find((python) => isUsablePython(python.version))?.path ?? null,
      graceSeconds: this.env.SLIPWAY_AGENT_GRACE_SECONDS,
      logKeepBytes: hello.logKeepBytes,
    };
    const folder = AttemptFolder.make(this.state.attemptsPath, order);
    log.info("starting an attempt", { attemptId: claim.attemptId, jobId: claim.jobId, attempt: claim.attempt });
    this.#keep(AttemptKeeper.start(this.settings, folder, order, hello.leaseSeconds));
  }

  renew(ids: readonly string[], leaseSeconds: number, elapsedMs: number): void {
    for (const id of ids) this.#keepers.get(id)?.renew(leaseSeconds, elapsedMs);
  }

  obey(notices: readonly StopNotice[]): void {
    for (const { attemptId, reason } of notices) this.#keepers.get(attemptId)?.stop(reason);
  }

  release(): void {
    for (const keeper of this.all()) keeper.stop("released");
  }

  leave(): void {
    for (const keeper of this.all()) keeper.leave();
  }

  async allDone(): Promise<void> {
    await Promise.allSettled(this.all().map((keeper) => keeper.done));
  }
}
