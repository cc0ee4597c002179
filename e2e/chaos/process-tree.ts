/** The processes below the instance's supervisor, from /proc. */
import { readdirSync, readFileSync } from "node:fs";

export const targets = {
  server: "main.mjs",
  web: "web.mjs",
  worker: "worker.mjs",
  agent: "agent.mjs",
  database: "postgres",
};
export type Target = keyof typeof targets;

function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return null;
  }
}

function commandOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    return [];
  }
}

const allPids = () =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

/** The child of the supervisor that is this part, or null while it is being started again. */
export function findProcess(supervisor: number, target: Target): number | null {
  const isIt = (pid: number) => commandOf(pid).some((word) => word.endsWith(`/${targets[target]}`));
  return allPids().find((pid) => parentOf(pid) === supervisor && isIt(pid)) ?? null;
}

/** Processes with this text among their arguments or in their environment. */
export function processesWith(text: string): number[] {
  return allPids().filter((pid) => {
    try {
      return `${readFileSync(`/proc/${pid}/cmdline`, "utf8")}\0${readFileSync(`/proc/${pid}/environ`, "utf8")}`.includes(
        text,
      );
    } catch {
      return false;
    }
  });
}
