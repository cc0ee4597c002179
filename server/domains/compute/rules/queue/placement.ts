/** Which jobs fit which agent. Resources: cores (fractions allowed), bytes, GPU UUIDs. */
import type { HostReport } from "../../contract/agent";
import type { JobSpec } from "../../contract/job";
import type { Room } from "../../contract/room";

export type Ask = { cpus: number; memoryBytes: number; gpus: number; needsPython: boolean };
export type Capacity = { cpus: number; memoryBytes: number; gpus: readonly string[]; hasPython: boolean };
export type Holding = { cpus: number; memoryBytes: number; devices: readonly string[] };

/** Sums of fractions such as 0.1 + 0.2 must not refuse a job that fits exactly. */
const EPSILON = 1e-9;
const MINIMUM_PYTHON = [3, 10] as const;

export function askOf(spec: Pick<JobSpec, "resources" | "environment">): Ask {
  return { ...spec.resources, needsPython: spec.environment.kind === "python" };
}

export function isUsablePython(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > MINIMUM_PYTHON[0] || (major === MINIMUM_PYTHON[0] && minor >= MINIMUM_PYTHON[1]);
}

export function capacityOf(host: HostReport): Capacity {
  return {
    cpus: host.cpus,
    memoryBytes: host.memoryBytes,
    gpus: host.gpus.map((gpu) => gpu.uuid),
    hasPython: host.pythons.some((python) => isUsablePython(python.version)),
  };
}

export function freeOf(capacity: Capacity, held: readonly Holding[]): Capacity {
  const taken = new Set(held.flatMap((one) => one.devices));
  return {
    ...capacity,
    cpus: capacity.cpus - held.reduce((sum, one) => sum + one.cpus, 0),
    memoryBytes: capacity.memoryBytes - held.reduce((sum, one) => sum + one.memoryBytes, 0),
    gpus: capacity.gpus.filter((uuid) => !taken.has(uuid)),
  };
}

export const roomOf = (free: Capacity): Room => ({ ...free, gpus: free.gpus.length });

export function hasRoom(ask: Ask, room: Room): boolean {
  return ask.cpus <= room.cpus + EPSILON && ask.memoryBytes <= room.memoryBytes && ask.gpus <= room.gpus && (!ask.needsPython || room.hasPython);
}

/** In place: 1 gives back what was asked for, -1 takes it. */
export function shift(room: Room, ask: Ask, sign: 1 | -1): void {
  room.cpus += sign * ask.cpus;
  room.memoryBytes += sign * ask.memoryBytes;
  room.gpus += sign * ask.gpus;
}

export const fits = (ask: Ask, free: Capacity): boolean => hasRoom(ask, roomOf(free));

export function take(ask: Ask, free: Capacity): { devices: string[]; left: Capacity } {
  const devices = free.gpus.slice(0, ask.gpus);
  return {
    devices,
    left: {
      ...free,
      cpus: free.cpus - ask.cpus,
      memoryBytes: free.memoryBytes - ask.memoryBytes,
      gpus: free.gpus.slice(ask.gpus),
    },
  };
}

export type Placed<T> = { job: T; devices: string[] };

/**
 * The jobs of `queue`, in its order, that an agent with `free` can start now; smaller ones may pass a larger one that waits.
 * `mayStart` is asked of those that fit.
 */
export function pickJobs<T extends { ask: Ask }>(queue: readonly T[], free: Capacity, max: number, mayStart: (job: T) => boolean = () => true): Placed<T>[] {
  const placed: Placed<T>[] = [];
  let left = free;
  for (const job of queue) {
    if (placed.length >= max) break;
    if (!fits(job.ask, left) || !mayStart(job)) continue;
    const taken = take(job.ask, left);
    placed.push({ job, devices: taken.devices });
    left = taken.left;
  }
  return placed;
}
