/**
 * The runner: a process of its own for one attempt. It outlives the agent, holds the deadline that the agent renews,
 * and leaves the result on disk. It needs nobody to end a job whose lease ran out.
 */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AttemptResult } from "@/server/domains/compute/contract/protocol";
import { AttemptFolder, type AttemptOrder } from "../attempt/attempt-folder";
import type { ToRunner } from "../attempt/control-socket";
import { removeTree } from "../durable-file";
import { processRef } from "../host/processes";
import { messageOf } from "../log";
import { AttemptFailure } from "./attempt-failure";
import { type ControlServer, listenForAgent } from "./control-server";
import { JobLog } from "./job-log";
import { prepareAttempt } from "./prepare";
import { endFamily } from "./process-family";
import { runCommand } from "./run-command";
import { causeOfStop, Deadline, graceFor, Stop, sayStop } from "./stop";

const RESERVE_BYTES = 64 * 1024;

const notRun = { exitCode: null, signal: null, ran: false, durationSeconds: 0, cpuSeconds: null, maxMemoryBytes: null };

function resultOfError(error: unknown, order: AttemptOrder, stop: Stop): AttemptResult {
  if (stop.reason) {
    const limits = { timeLimitSeconds: order.spec.timeLimitSeconds, memoryBytes: order.spec.resources.memoryBytes };
    return { ...notRun, cause: causeOfStop(stop.reason), message: sayStop(stop.reason, limits) };
  }
  if (error instanceof AttemptFailure)
    return { ...notRun, cause: error.reason, message: error.message.slice(0, 2_000) };
  return { ...notRun, cause: "runner_failed", message: `The runner failed: ${messageOf(error)}`.slice(0, 2_000) };
}

type Parts = { folder: AttemptFolder; order: AttemptOrder; log: JobLog; stop: Stop; control: ControlServer };

async function carryOut({ folder, order, log, stop, control }: Parts): Promise<AttemptResult> {
  try {
    const prepared = await prepareAttempt(folder, order, log, stop.signal);
    stop.signal.throwIfAborted();
    const started = (leader: number) => {
      folder.markStarted({ leader: processRef(leader), at: new Date().toISOString() });
      control.say("started");
    };
    return await runCommand({ order, prepared, log, stop, started });
  } catch (error) {
    const result = resultOfError(error, order, stop);
    log.say(result.message);
    return result;
  } finally {
    await endFamily({ marker: order.marker }, graceFor(stop.reason, 1_000));
  }
}

function obey(message: ToRunner, stop: Stop, deadline: Deadline): void {
  if (message.type === "stop") stop.request(message.reason);
  else if (stop.reason === null) deadline.renew(message.milliseconds);
}

/** What can't be removed now is tried again, and told, with the whole folder. */
function clear({ scratchPath }: AttemptFolder): void {
  try {
    removeTree(scratchPath);
  } catch {
    // The result stands.
  }
}

export async function runAttempt(path: string, deadlineMs: number): Promise<void> {
  const folder = new AttemptFolder(path);
  const order = folder.order();
  if (!order || !folder.takeAsRunner()) return;
  const stop = new Stop();
  const deadline = new Deadline(() => stop.request("lease"));
  deadline.renew(deadlineMs);
  process.on("SIGTERM", () => stop.request("released"));
  for (const name of ["SIGINT", "SIGHUP"] as const) process.on(name, () => undefined);
  const reserve = join(path, "reserve");
  // A disk that the job fills must still take its result.
  writeFileSync(reserve, Buffer.alloc(RESERVE_BYTES));
  const control = await listenForAgent(path, (message) => obey(message, stop, deadline));
  const log = new JobLog(folder.logPath, order.logKeepBytes, () => control.say("log"));
  const result = await carryOut({ folder, order, log, stop, control });
  deadline.clear();
  log.close();
  rmSync(reserve, { force: true });
  folder.writeResult(result);
  clear(folder);
  control.say("finished");
  control.close();
}
