/** The agent's end of the line to one runner: started here, or found running from an agent before. */
import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { hostEnvironment, processEnv } from "../env";
import { isAlive } from "../host/processes";
import type { AttemptFolder } from "./attempt-folder";
import { FromRunner, readMessages, sendMessage, type ToRunner, withSocketPath } from "./control-socket";

const RETRY_MS = 50;

/** Detached, with no handle of ours: it lives on when the agent dies. */
export function startRunner(program: string, folder: AttemptFolder, deadlineMs: number): void {
  const output = openSync(folder.runnerLogPath, "a", 0o600);
  try {
    // From source, the agent runs under a loader that the runner needs as well.
    const args = [...process.execArgv, program, "runner", folder.path, String(Math.round(deadlineMs))];
    const child = spawn(process.execPath, args, {
      env: processEnv(hostEnvironment()),
      detached: true,
      stdio: ["ignore", output, output],
    });
    child.on("error", () => undefined);
    child.unref();
  } finally {
    closeSync(output);
  }
}

export type RunnerNews = FromRunner["type"] | "gone";

export class RunnerLink {
  #socket: Socket | null = null;
  #waiting: ToRunner[] = [];
  #closed = false;
  #since = performance.now();

  constructor(
    readonly folder: AttemptFolder,
    readonly tell: (news: RunnerNews) => void,
    /** How long a runner that was just started may take to show itself. */
    readonly patienceMs: number,
  ) {
    this.#connect();
  }

  #connect(): void {
    if (this.#closed) return;
    withSocketPath(this.folder.path, (path, release) => {
      const socket = connect(path);
      socket.once("connect", () => {
        release();
        this.#socket = socket;
        for (const message of this.#waiting.splice(0)) sendMessage(socket, message);
        this.tell("log");
      });
      socket.on("error", () => undefined);
      socket.once("close", () => {
        release();
        this.#socket = null;
        this.#afterClose();
      });
      readMessages(socket, FromRunner, (message) => this.tell(message.type));
    });
  }

  /** The line is down: the runner is done, gone, or not there yet. */
  #afterClose(): void {
    if (this.#closed) return;
    const fate = this.#fate();
    if (fate === null) setTimeout(() => this.#connect(), RETRY_MS).unref();
    else this.tell(fate);
  }

  #fate(): "finished" | "gone" | null {
    if (this.folder.result()) return "finished";
    const owner = this.folder.owner();
    if (owner?.kind === "runner" && isAlive(owner.process)) {
      this.#since = performance.now();
      return null;
    }
    // One that nobody took in time is taken from a runner that would come later: it would run twice.
    const isLate = owner === null && performance.now() - this.#since > this.patienceMs;
    const isGone = owner !== null || (isLate && this.#isLeft());
    // Its last act may have been to write the result, between our two looks.
    if (isGone && this.folder.result()) return "finished";
    return isGone ? "gone" : null;
  }

  /** Abandoned by us, or held by nobody who can be told; a full disk, which does not take it, is asked again soon. */
  #isLeft(): boolean {
    try {
      return this.folder.abandon() || this.folder.owner() === null;
    } catch {
      return false;
    }
  }

  send(message: ToRunner): void {
    if (this.#socket) sendMessage(this.#socket, message);
    else this.#waiting.push(message);
  }

  close(): void {
    this.#closed = true;
    this.#socket?.destroy();
  }
}
