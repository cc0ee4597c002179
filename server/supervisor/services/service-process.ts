/** One supervised child: started, watched, restarted with backoff, stopped with patience and then without. */
import { type ChildProcess, fork } from "node:child_process";
import { createWriteStream, mkdirSync, renameSync, statSync, type WriteStream } from "node:fs";
import { dirname } from "node:path";

export type ServiceOptions = {
  name: string;
  script: string;
  args?: string[];
  execArgv?: string[];
  env: NodeJS.ProcessEnv;
  logFile: string;
  stopAfterMs: number;
  /** False for a program that says nothing when it is ready. */
  reportsReady: boolean;
  /** The exit code by which it says that it is of no use to start it again. */
  hopeless?: number;
  onGivenUp(name: string): void;
  onRestart(name: string, reason: string): void;
  onLogFault(name: string, error: Error): void;
};

const maxLogBytes = 32 * 1024 * 1024;
const maxFailedStarts = 4;
const firstBackoffMs = 200;
const maxBackoffMs = 10_000;
/** A child that lived this long failed by a mishap, not by its nature: it is started again at once. */
const soundAfterMs = 3_000;

export class ServiceProcess {
  private child: ChildProcess | undefined;
  private log: WriteStream | undefined;
  private isStopping = false;
  private backoffMs = firstBackoffMs;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: ServiceOptions) {}

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Resolves once the child said it is ready; rejects when it ended for good, or a few times, before it ever was. */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      let isReady = false;
      let failures = 0;
      const onReady = () => {
        isReady = true;
        resolve();
      };
      const onExit = (reason: string, isHopeless: boolean) => {
        failures += 1;
        if (isReady && isHopeless) this.options.onGivenUp(this.options.name);
        if (!isHopeless && (isReady || failures < maxFailedStarts)) return true;
        reject(
          new Error(`The ${this.options.name} process does not start (${reason}). Its log: ${this.options.logFile}`),
        );
        return false;
      };
      this.spawn(onReady, onExit);
    });
  }

  private openLog(): WriteStream {
    const { logFile } = this.options;
    mkdirSync(dirname(logFile), { recursive: true });
    const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
    if (size > maxLogBytes) renameSync(logFile, `${logFile}.1`);
    const log = createWriteStream(logFile, { flags: "a" });
    // A full disk costs log lines, never the process that writes them.
    log.once("error", (error) => {
      this.options.onLogFault(this.options.name, error);
      this.log = undefined;
      this.child?.stdout?.resume();
      this.child?.stderr?.resume();
    });
    return log;
  }

  /** `onExit` says whether to start again. */
  private spawn(onReady: () => void, onExit: (reason: string, isHopeless: boolean) => boolean): void {
    const { script, args = [], execArgv = [], env, reportsReady, hopeless } = this.options;
    const started = Date.now();
    const child = fork(script, args, { execArgv, env, stdio: ["ignore", "pipe", "pipe", "ipc"], detached: false });
    this.child = child;
    this.log ??= this.openLog();
    child.stdout?.pipe(this.log, { end: false });
    child.stderr?.pipe(this.log, { end: false });
    if (reportsReady) child.on("message", (message) => isReady(message) && onReady());
    else child.once("spawn", onReady);
    child.once("exit", (code, signal) => {
      if (this.isStopping) return;
      if (Date.now() - started > soundAfterMs) this.backoffMs = firstBackoffMs;
      const reason = signal ? `signal ${signal}` : `exit code ${code}`;
      if (!onExit(reason, code !== null && code === hopeless)) return;
      this.options.onRestart(this.options.name, reason);
      this.timer = setTimeout(() => this.spawn(onReady, onExit), this.backoffMs);
      this.backoffMs = Math.min(this.backoffMs * 2, maxBackoffMs);
    });
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    clearTimeout(this.timer);
    const { child } = this;
    if (child && child.exitCode === null && child.signalCode === null) {
      const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
      child.kill("SIGTERM");
      const forced = setTimeout(() => child.kill("SIGKILL"), this.options.stopAfterMs);
      await exited;
      clearTimeout(forced);
    }
    this.log?.end();
  }
}

function isReady(message: unknown): boolean {
  return typeof message === "object" && message !== null && "ready" in message;
}
