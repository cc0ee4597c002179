/** Runs the prepared command to its end, whoever ends it, and says how it ended. */
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { AttemptResult } from "@/server/domains/compute/contract/protocol";
import type { AttemptOrder } from "../attempt/attempt-folder";
import { type Command, startCommand } from "./command";
import type { JobLog } from "./job-log";
import { groupName, MemoryGroup } from "./memory-group";
import { MemoryWatch } from "./memory-watch";
import type { Prepared } from "./prepare";
import { endFamily, type Family } from "./process-family";
import { causeOfStop, Deadline, graceFor, type Stop, type StopReason, sayStop } from "./stop";

/** For what the command left running behind it. */
const LEFTOVER_GRACE_MS = 2_000;
const OUTPUT_DRAIN_MS = 5_000;

export type Run = {
  order: AttemptOrder;
  prepared: Prepared;
  log: JobLog;
  stop: Stop;
  started: (leader: number) => void;
};
type Exit = { code: number | null; signal: NodeJS.Signals | null };
/** `reason`: why it was told to end, where that was before it ended by itself. */
type End = { exit: Exit; reason: StopReason | null };
type Facts = End & { oomKills: number };

function exited({ child }: Command): Promise<Exit> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
}

function drained(command: Command, log: JobLog): Promise<void> {
  command.output.on("data", (bytes: Buffer) => log.write(bytes));
  return new Promise((resolve) => command.output.once("close", () => resolve()));
}

/** CPU time of children that were waited for, and of theirs. */
function childrenCpuSeconds(): number {
  const fields = readFileSync("/proc/self/stat", "latin1")
    .replace(/^.*\) /, "")
    .split(" ");
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

function sayEnd({ order, log }: Run, { exit, reason, oomKills }: Facts): Pick<AttemptResult, "cause" | "message"> {
  const limits = { timeLimitSeconds: order.spec.timeLimitSeconds, memoryBytes: order.spec.resources.memoryBytes };
  if (reason) return { cause: causeOfStop(reason), message: sayStop(reason, limits) };
  if (exit.code === 0) return { cause: "completed", message: "It ended with exit code 0." };
  if (oomKills > 0) return { cause: "out_of_memory", message: sayStop("memory", limits) };
  if (exit.signal === "SIGKILL") {
    return {
      cause: "signal",
      message: "It was killed by SIGKILL from outside: by a person, or by the kernel when the host ran out of memory.",
    };
  }
  if (exit.signal) return { cause: "signal", message: `It was ended by ${exit.signal}.` };
  const exception = log.exception();
  return { cause: "exit_code", message: `It ended with exit code ${exit.code}${exception ? `: ${exception}` : "."}` };
}

async function attend(run: Run, command: Command, family: Family): Promise<End> {
  const { order, stop } = run;
  const limit = new Deadline(() => stop.request("time_limit"));
  limit.renew(order.spec.timeLimitSeconds * 1_000);
  const ending = new Promise<boolean>((resolve) => {
    const end = () => resolve(endFamily(family, graceFor(stop.reason, order.graceSeconds * 1_000)));
    if (stop.signal.aborted) end();
    else stop.signal.addEventListener("abort", end, { once: true });
  });
  const exit = await exited(command);
  limit.clear();
  const { reason } = stop;
  if (reason) await ending;
  await endFamily(family, LEFTOVER_GRACE_MS);
  return { exit, reason };
}

export async function runCommand(run: Run): Promise<AttemptResult> {
  const { order, prepared, log, stop } = run;
  const limit = order.spec.resources.memoryBytes;
  const group = MemoryGroup.create(groupName(order.attemptId), limit);
  const began = performance.now();
  try {
    const command = startCommand(order.spec.command, prepared, group);
    const output = drained(command, log);
    run.started(command.leader);
    const watch = new MemoryWatch(command.leader, limit, group ? undefined : () => stop.request("memory"));
    const end = await attend(run, command, {
      marker: order.marker,
      leader: command.leader,
      grouped: () => group?.processes() ?? [],
    });
    watch.end();
    const seconds = (performance.now() - began) / 1_000;
    await Promise.race([output, pause(OUTPUT_DRAIN_MS, undefined, { ref: false })]);
    return {
      ...sayEnd(run, { ...end, oomKills: group?.oomKills() ?? 0 }),
      exitCode: end.exit.code,
      signal: end.exit.signal,
      ran: true,
      durationSeconds: seconds,
      cpuSeconds: childrenCpuSeconds(),
      maxMemoryBytes: watch.peakBytes || null,
    };
  } finally {
    await group?.remove();
  }
}
