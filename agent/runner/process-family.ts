/** Every process of one job: its session and group, whatever carries its marker, and whoever is in its cgroup. */
import { hasVariable, listProcesses, type ProcessStat } from "../host/processes";

export const MARKER_VARIABLE = "SLIPWAY_MARKER";

const POLL_MS = 25;
const KILL_ROUNDS = 400;

export type Family = {
  marker: string;
  /** The leader of the job's session, once there is one. */
  leader?: number;
  /** Members by cgroup, which nothing escapes. */
  grouped?: () => number[];
};

/** Without the marker's search: cheap enough to ask several times a second. */
export function sessionMembers(leader: number): ProcessStat[] {
  return listProcesses().filter((one) => one.session === leader || one.group === leader);
}

export function familyMembers(family: Family): ProcessStat[] {
  const grouped = new Set(family.grouped?.() ?? []);
  const assignment = `${MARKER_VARIABLE}=${family.marker}`;
  return listProcesses().filter(
    (one) =>
      one.pid !== process.pid &&
      (one.session === family.leader ||
        one.group === family.leader ||
        grouped.has(one.pid) ||
        hasVariable(one.pid, assignment)),
  );
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself.
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** SIGTERM, grace, then SIGKILL until nothing is left. True when all of it is gone. */
export async function endFamily(family: Family, graceMs: number): Promise<boolean> {
  let members = familyMembers(family);
  for (const one of members) signal(one.pid, "SIGTERM");
  // A stopped process takes no SIGTERM until it goes on.
  for (const one of members) if (one.state === "T") signal(one.pid, "SIGCONT");
  const until = performance.now() + graceMs;
  while (members.length > 0 && performance.now() < until) {
    await pause(POLL_MS);
    members = familyMembers(family);
  }
  for (let round = 0; members.length > 0 && round < KILL_ROUNDS; round += 1) {
    // The whole group in one call first: a job that forks faster than it is listed dies too.
    if (family.leader !== undefined) signal(-family.leader, "SIGKILL");
    for (const one of members) signal(one.pid, "SIGKILL");
    await pause(POLL_MS);
    members = familyMembers(family);
  }
  return members.length === 0;
}
