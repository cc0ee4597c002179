/** A job's memory limit as a cgroup, v2 or v1, where one can be made; it also tells what was killed for memory. */
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const REMOVE_ROUNDS = 40;
const REMOVE_POLL_MS = 25;

type Kind = "cgroup2" | "cgroup1";
type Files = { limit: string; swap: string; events: string };

const FILES: Record<Kind, Files> = {
  cgroup2: { limit: "memory.max", swap: "memory.swap.max", events: "memory.events" },
  cgroup1: {
    limit: "memory.limit_in_bytes",
    swap: "memory.memsw.limit_in_bytes",
    events: "memory.oom_control",
  },
};

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function tryWrite(path: string, value: string): boolean {
  try {
    writeFileSync(path, value);
    return true;
  } catch {
    return false;
  }
}

/** Where a group may be made: below the agent's own, else at the hierarchy's root. */
function parents(): { kind: Kind; path: string }[] {
  const found: { kind: Kind; path: string }[] = [];
  const own = read("/proc/self/cgroup");
  for (const line of read("/proc/self/mounts").split("\n")) {
    const [, mount = "", type, options = ""] = line.split(" ");
    const isV1 = type === "cgroup" && options.split(",").includes("memory");
    if (type !== "cgroup2" && !isV1) continue;
    const kind: Kind = isV1 ? "cgroup1" : "cgroup2";
    const pattern = isV1 ? /^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:(.*)$/m : /^0::(.*)$/m;
    const below = pattern.exec(own)?.[1] ?? "/";
    for (const path of new Set([join(mount, below), mount])) found.push({ kind, path });
  }
  return found;
}

export class MemoryGroup {
  private constructor(
    readonly kind: Kind,
    readonly path: string,
  ) {}

  /** Null where no cgroup can be made: then memory is watched instead. */
  static create(name: string, limitBytes: number): MemoryGroup | null {
    for (const parent of parents()) {
      const { limit, swap } = FILES[parent.kind];
      const path = join(parent.path, name);
      try {
        if (parent.kind === "cgroup2") tryWrite(join(parent.path, "cgroup.subtree_control"), "+memory");
        mkdirSync(path, { recursive: false });
        if (existsSync(join(path, limit)) && tryWrite(join(path, limit), String(limitBytes))) {
          tryWrite(join(path, swap), parent.kind === "cgroup2" ? "0" : String(limitBytes));
          // The whole job ends when any of it is killed: half a job is of no use.
          if (parent.kind === "cgroup2") tryWrite(join(path, "memory.oom.group"), "1");
          return new MemoryGroup(parent.kind, path);
        }
        rmdirSync(path);
      } catch {
        // Not ours to write: the next place may be.
      }
    }
    return null;
  }

  /** The group of a runner that did not live to remove it. */
  static find(name: string): MemoryGroup | null {
    const parent = parents().find(({ path }) => existsSync(join(path, name, "cgroup.procs")));
    return parent ? new MemoryGroup(parent.kind, join(parent.path, name)) : null;
  }

  get joinFile(): string {
    return join(this.path, "cgroup.procs");
  }

  processes(): number[] {
    return read(this.joinFile).split("\n").filter(Boolean).map(Number);
  }

  oomKills(): number {
    return Number(/^oom_kill (\d+)$/m.exec(read(join(this.path, FILES[this.kind].events)))?.[1] ?? 0);
  }

  /** Waits a moment for the kernel to take the last process apart. */
  async remove(): Promise<void> {
    for (let round = 0; round < REMOVE_ROUNDS; round += 1) {
      try {
        rmdirSync(this.path);
        return;
      } catch {
        await pause(REMOVE_POLL_MS);
      }
    }
  }
}

export function groupName(attemptId: string): string {
  return `slipway-${attemptId}`;
}

let known: Kind | "watch" | undefined;

/** How this host holds jobs to their memory. */
export function memoryLimitKind(): Kind | "watch" {
  if (known === undefined) {
    const probe = MemoryGroup.create(`slipway-probe-${process.pid}`, 64 * 1024 ** 2);
    known = probe?.kind ?? "watch";
    void probe?.remove();
  }
  return known;
}
