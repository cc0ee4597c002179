/** Processes as /proc tells of them. A pid is only a name together with its start time, and with the boot that counts it. */
import { readdirSync, readFileSync } from "node:fs";
import { z } from "zod";

/** USER_HZ, which is 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;

export type ProcessStat = {
  pid: number;
  state: string;
  parent: number;
  group: number;
  session: number;
  startTicks: number;
  /** Own and of children that were waited for. */
  cpuSeconds: number;
  rssBytes: number;
};

export const ProcessRef = z.object({ pid: z.number().int().positive(), startTicks: z.number(), /** Not told by versions before this was kept. */ boot: z.string().optional() });
export type ProcessRef = z.infer<typeof ProcessRef>;

/** Parses /proc/<pid>/stat; the name in parentheses may itself hold parentheses and spaces. */
export function parseStat(text: string): ProcessStat | null {
  const open = text.indexOf("(");
  const close = text.lastIndexOf(")");
  if (open < 0 || close < 0) return null;
  const fields = text.slice(close + 2).split(" ");
  const field = (n: number) => Number(fields[n - 3] ?? 0);
  const ticks = field(14) + field(15) + field(16) + field(17);
  return {
    pid: Number.parseInt(text, 10),
    state: fields[0] ?? "?",
    parent: field(4),
    group: field(5),
    session: field(6),
    startTicks: field(22),
    cpuSeconds: ticks / TICKS_PER_SECOND,
    rssBytes: field(24) * PAGE_BYTES,
  };
}

export function readStat(pid: number | "self"): ProcessStat | null {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    return null;
  }
}

/** Every living process; zombies are dead. */
export function listProcesses(): ProcessStat[] {
  const found: ProcessStat[] = [];
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = readStat(Number(name));
    if (stat && stat.state !== "Z" && stat.state !== "X") found.push(stat);
  }
  return found;
}

let boot: string | undefined;

/** Another after each start of the host; empty where it does not tell. */
function bootId(): string {
  try {
    boot ??= readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim();
  } catch {
    boot = "";
  }
  return boot;
}

export function processRef(pid: number = process.pid): ProcessRef {
  return { pid, startTicks: readStat(pid)?.startTicks ?? 0, boot: bootId() };
}

const isOfThisBoot = ({ boot: one }: ProcessRef): boolean => one === undefined || one === bootId();

export function isAlive(ref: ProcessRef): boolean {
  const stat = readStat(ref.pid);
  const isRunning = stat !== null && stat.state !== "Z" && stat.state !== "X";
  return isRunning && isOfThisBoot(ref) && stat.startTicks === ref.startTicks;
}

/** Whether the number may since have been given to somebody else, of whose session we know nothing. */
export function isOthers(ref: ProcessRef): boolean {
  return !isOfThisBoot(ref) || (readStat(ref.pid)?.startTicks ?? ref.startTicks) !== ref.startTicks;
}

/** Whether the process was started with this variable; one we may not look into was not. */
export function hasVariable(pid: number, assignment: string): boolean {
  try {
    return `\u0000${readFileSync(`/proc/${pid}/environ`, "latin1")}\u0000`.includes(`\u0000${assignment}\u0000`);
  } catch {
    return false;
  }
}
