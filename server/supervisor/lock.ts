/** One supervisor a data folder: a lock file that names its holder and dies with it. */
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "@/server/platform/process/make-folder";

type Holder = { pid: number; startedAt: string };

/** The kernel's start time of a process (field 22 of /proc/pid/stat), so that a reused pid is told apart. */
function startTimeOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return isAlive(pid) && process.platform !== "linux" ? "unknown" : null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function readHolder(path: string): Holder | null {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Holder;
  } catch {
    return null;
  }
}

/** Takes the lock or throws a sentence that names the process that holds it. */
export function lockDataFolder(folder: string): () => void {
  makeFolder(folder);
  const path = join(folder, "supervisor.lock");
  const mine = `${path}.${process.pid}`;
  const holder: Holder = { pid: process.pid, startedAt: startTimeOf(process.pid) ?? "unknown" };
  writeFileSync(mine, JSON.stringify(holder), { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      try {
        // link(2) fails when the name exists: of two that start at once, one wins.
        linkSync(mine, path);
        return () => rmSync(path, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const other = readHolder(path);
      if (other && startTimeOf(other.pid) === other.startedAt) {
        throw new Error(
          `The data folder ${folder} is in use by process ${other.pid}. Stop it, or set SLIPWAY_DATA to another folder.`,
        );
      }
      rmSync(path, { force: true });
    }
    throw new Error(`The data folder ${folder} could not be locked.`);
  } finally {
    rmSync(mine, { force: true });
  }
}
