/**
 * The agent's care of one attempt: its runner is renewed and told to stop, its log is sent as it grows, and its result
 * is delivered, after however long without a server, before the folder goes.
 */
import type { AttemptResult, StopNotice } from "@/server/domains/compute/contract/protocol";
import { runnerDeadline } from "@/server/domains/compute/rules/lease";
import { isOthers } from "../host/processes";
import { log, messageOf } from "../log";
import { groupName, MemoryGroup } from "../runner/memory-group";
import { endFamily } from "../runner/process-family";
import { Backoff } from "../server-link/backoff";
import { Refused, type ServerLink } from "../server-link/server-link";
import type { AttemptFolder, AttemptOrder } from "./attempt-folder";
import { deleteSent, readPiece } from "./log-segments";
import { RunnerLink, startRunner } from "./runner-link";
import { UsageMeter } from "./usage-meter";

/** A Node process on a busy host takes its time to start. */
const RUNNER_PATIENCE_MS = 20_000;

export type KeeperSettings = { program: string; server: ServerLink };

export class AttemptKeeper {
  readonly attemptId: string;
  readonly usage: UsageMeter;
  /** Resolves once nothing of the attempt is left to do. */
  readonly done: Promise<void>;
  readonly #abort = new AbortController();
  readonly #link: RunnerLink;
  #wake: () => void = () => undefined;
  #isFinished = false;
  /** What could not be written. */
  #result: AttemptResult | null = null;
  #isUnwanted = false;

  private constructor(
    readonly settings: KeeperSettings,
    readonly folder: AttemptFolder,
    readonly order: AttemptOrder,
    readonly patienceMs: number,
  ) {
    this.attemptId = order.attemptId;
    this.usage = new UsageMeter(folder, order);
    this.#link = new RunnerLink(folder, (news) => void this.#hear(news), patienceMs);
    this.done = this.#attend();
  }

  static start(
    settings: KeeperSettings,
    folder: AttemptFolder,
    order: AttemptOrder,
    leaseSeconds: number,
  ): AttemptKeeper {
    startRunner(settings.program, folder, runnerDeadline(leaseSeconds, order.spec.onLostTouch) * 1_000);
    return new AttemptKeeper(settings, folder, order, RUNNER_PATIENCE_MS);
  }

  /** An attempt of an agent before this one; one that no runner ever took is given up. */
  static adopt(settings: KeeperSettings, folder: AttemptFolder, order: AttemptOrder): AttemptKeeper {
    folder.abandon();
    return new AttemptKeeper(settings, folder, order, 0);
  }

  /** `elapsedMs` since the heartbeat that renewed the lease was sent: the server counts from later. */
  renew(leaseSeconds: number, elapsedMs: number): void {
    const milliseconds = runnerDeadline(leaseSeconds, this.order.spec.onLostTouch) * 1_000 - elapsedMs;
    if (milliseconds > 0) this.#link.send({ type: "renew", milliseconds });
  }

  stop(reason: StopNotice["reason"] | "released"): void {
    if (reason === "stale") this.#isUnwanted = true;
    this.#link.send({ type: "stop", reason });
  }

  /** Leaves runner and folder to the next agent. */
  leave(): void {
    this.#abort.abort();
    this.#link.close();
    this.#wake();
  }

  async #hear(news: "log" | "started" | "finished" | "gone"): Promise<void> {
    if (news === "gone") await this.#replaceResult();
    if (news === "gone" || news === "finished") this.#isFinished = true;
    this.#wake();
  }

  /** The runner died without a result: what it left running is ended, and the platform takes the blame. */
  async #replaceResult(): Promise<void> {
    if (this.folder.result()) return;
    const started = this.folder.started();
    const group = MemoryGroup.find(groupName(this.attemptId));
    const leader = started && !isOthers(started.leader) ? started.leader.pid : undefined;
    await endFamily({ marker: this.order.marker, leader, grouped: () => group?.processes() ?? [] }, 2_000);
    await group?.remove();
    const ran = started !== null;
    const durationSeconds = started ? Math.max(0, (Date.now() - Date.parse(started.at)) / 1_000) : 0;
    const unknown = { exitCode: null, signal: null, cpuSeconds: null, maxMemoryBytes: null };
    const result = { ...unknown, ...this.#blame(), ran, durationSeconds };
    try {
      this.folder.writeResult(result);
    } catch (error) {
      log.warn("a result could not be written", { attemptId: this.attemptId, why: messageOf(error) });
      this.#result = result;
    }
  }

  #blame(): Pick<AttemptResult, "cause" | "message"> {
    if (this.folder.owner()?.kind === "runner")
      return { cause: "runner_failed", message: "The runner of this attempt died." };
    if (this.patienceMs > 0)
      return { cause: "runner_failed", message: `Its runner did not start within ${this.patienceMs / 1_000} s.` };
    return { cause: "agent_stopped", message: "Its agent ended before it could start." };
  }

  async #attend(): Promise<void> {
    try {
      await this.#deliver();
    } catch (error) {
      if (this.#abort.signal.aborted) return;
      if (!(error instanceof Refused)) {
        this.#link.close();
        throw error;
      }
      log.warn("an attempt's reports are not wanted", { attemptId: this.attemptId, why: messageOf(error) });
      this.#link.send({ type: "stop", reason: "stale" });
      await this.#untilFinished();
    }
    if (this.#abort.signal.aborted) return;
    this.#link.close();
    this.folder.remove();
  }

  async #untilFinished(): Promise<void> {
    while (!this.#isFinished && !this.#abort.signal.aborted) await this.#news();
  }

  #news(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      if (this.#abort.signal.aborted) resolve();
    });
  }

  /** Start, log and result, in this order; throws Refused when the server wants none of it. */
  async #deliver(): Promise<void> {
    const { server } = this.settings;
    let sent = (
      await this.#persist((signal) =>
        server.appendLog(this.attemptId, { offset: 0, skipped: 0, bytes: Buffer.alloc(0) }, signal),
      )
    ).size;
    let saidStarted = false;
    for (;;) {
      // Asked before the log is read: what was written until then is sent below.
      const isFinished = this.#isFinished;
      const news = this.#news();
      if (!saidStarted && this.folder.started()) {
        await this.#persist((signal) => server.started(this.attemptId, signal));
        saidStarted = true;
      }
      sent = await this.#sendLog(sent);
      if (isFinished || this.#abort.signal.aborted) break;
      await news;
    }
    const result = this.folder.result() ?? this.#result;
    if (result && !this.#isUnwanted) await this.#persist((signal) => server.result(this.attemptId, result, signal));
  }

  async #sendLog(from: number): Promise<number> {
    let sent = from;
    for (;;) {
      const piece = readPiece(this.folder.logPath, sent);
      if (!piece) return sent;
      const { size } = await this.#persist((signal) => this.settings.server.appendLog(this.attemptId, piece, signal));
      sent = size;
      deleteSent(this.folder.logPath, sent);
    }
  }

  /** Until the server takes it or refuses it. */
  async #persist<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal } = this.#abort;
    const backoff = new Backoff();
    for (;;) {
      signal.throwIfAborted();
      try {
        return await call(signal);
      } catch (error) {
        if (error instanceof Refused && !error.isIdentity) throw error;
        await backoff.wait(signal);
      }
    }
  }
}
