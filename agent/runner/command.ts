/** Starts the job's command: found first, then in a session and group of its own, its output through one pipe. */
import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { processEnv } from "../env";
import { AttemptFailure } from "./attempt-failure";
import type { MemoryGroup } from "./memory-group";
import type { Prepared } from "./prepare";

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** As a shell would look for it: a name in PATH, a path from the work folder. */
export function findCommand(name: string, { work, env }: Prepared): string {
  const candidates = name.includes("/")
    ? [isAbsolute(name) ? name : resolve(work, name)]
    : (env.PATH ?? "")
        .split(":")
        .filter(Boolean)
        .map((folder) => join(folder, name));
  const found = candidates.find(isExecutable);
  if (found) return found;
  const where = name.includes("/") ? "It is not there, or not executable." : "It is not in PATH.";
  throw new AttemptFailure(
    "command_not_found",
    `The command ${JSON.stringify(name.slice(0, 200))} was not found. ${where}`,
  );
}

/**
 * The shell joins the cgroup and merges the outputs before it becomes the command, so that nothing of the job runs
 * outside the limit and lines keep their order. It also offers the job to the kernel first when memory is short.
 */
const LAUNCH = `exec 2>&1
group=$1; shift
if [ -n "$group" ]; then echo $$ > "$group" || exit 125; fi
echo 500 > /proc/self/oom_score_adj
exec "$@"`;

export type Command = { child: ChildProcess; leader: number; output: NodeJS.ReadableStream };

export function startCommand(argv: readonly string[], prepared: Prepared, group: MemoryGroup | null): Command {
  const [name = "", ...args] = argv;
  const path = findCommand(name, prepared);
  const child = spawn("/bin/sh", ["-c", LAUNCH, "slipway-job", group?.joinFile ?? "", path, ...args], {
    cwd: prepared.work,
    env: processEnv(prepared.env),
    detached: true,
    stdio: ["ignore", "pipe", "ignore"],
  });
  if (child.pid === undefined || !child.stdout)
    throw new AttemptFailure("runner_failed", "The command could not be started.");
  return { child, leader: child.pid, output: child.stdout };
}
