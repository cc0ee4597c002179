/**
 * When a queued job will start: the queue is played forward over the agents with run times from history. An estimate
 * is that play with the median; its interval, the plays with the lower and upper quartile.
 */
import type { StartEstimate } from "../contract/job";
import { type Ask, type Capacity, fits } from "./placement";

/** Seconds that jobs of one name ran, or of all names when that one has no history. */
export type RunTimes = { p25: number; p50: number; p75: number; runs: number };

export type EstimateSnapshot = {
  now: Date;
  agents: readonly { id: string; capacity: Capacity }[];
  running: readonly { agentId: string; ask: Ask; elapsedSeconds: number; times: RunTimes; limitSeconds: number }[];
  /** In claim order, ending with the job in question. */
  queue: readonly { ask: Ask; times: RunTimes; limitSeconds: number }[];
};

type Quantile = "p25" | "p50" | "p75";
type Slot = { ends: number; agent: number; ask: Ask };
type Room = { cpus: number; memoryBytes: number; gpus: number; hasPython: boolean };

/** Queues longer than this are estimated from their head: a start that far away has no useful estimate. */
export const ESTIMATE_DEPTH = 500;

function remaining(elapsed: number, expected: number, limit: number): number {
  // A job past its expected time is taken to need half as long again as it ran: run times are heavy-tailed.
  const left = elapsed < expected ? expected - elapsed : elapsed / 2;
  return Math.max(1, Math.min(left, limit - elapsed));
}

function roomFor(ask: Ask, room: Room): boolean {
  const gpus = Array.from({ length: room.gpus }, String);
  return fits(ask, { ...room, gpus });
}

function shift(room: Room, ask: Ask, sign: 1 | -1): void {
  room.cpus += sign * ask.cpus;
  room.memoryBytes += sign * ask.memoryBytes;
  room.gpus += sign * ask.gpus;
}

/** Seconds from now until the last job of the queue starts; null when it never fits. */
function play(snapshot: EstimateSnapshot, quantile: Quantile): number | null {
  const rooms: Room[] = snapshot.agents.map(({ capacity }) => ({ ...capacity, gpus: capacity.gpus.length }));
  const busy: Slot[] = [];
  for (const job of snapshot.running) {
    const agent = snapshot.agents.findIndex((one) => one.id === job.agentId);
    const room = rooms[agent];
    if (!room) continue;
    shift(room, job.ask, -1);
    busy.push({ agent, ask: job.ask, ends: remaining(job.elapsedSeconds, job.times[quantile], job.limitSeconds) });
  }
  let clock = 0;
  for (const [index, job] of snapshot.queue.entries()) {
    if (!snapshot.agents.some((agent) => fits(job.ask, agent.capacity))) {
      if (index === snapshot.queue.length - 1) return null;
      continue;
    }
    const started = startNext(job.ask, rooms, busy, clock);
    if (started === null) return null;
    clock = started.at;
    busy.push({ agent: started.agent, ask: job.ask, ends: clock + Math.min(job.times[quantile], job.limitSeconds) });
  }
  return clock;
}

/** Frees slots in the order they end until the ask fits somewhere. */
function startNext(ask: Ask, rooms: Room[], busy: Slot[], from: number): { at: number; agent: number } | null {
  let at = from;
  for (;;) {
    const agent = rooms.findIndex((room) => roomFor(ask, room));
    const room = rooms[agent];
    if (room) {
      shift(room, ask, -1);
      return { at, agent };
    }
    busy.sort((a, b) => a.ends - b.ends);
    const next = busy.shift();
    const freed = next && rooms[next.agent];
    if (!next || !freed) return null;
    shift(freed, next.ask, 1);
    at = Math.max(at, next.ends);
  }
}

/** Null when nothing was ever run to learn from, the queue is too deep, or no agent could start the job. */
export function estimateStart(snapshot: EstimateSnapshot): StartEstimate | null {
  const runs = snapshot.queue.at(-1)?.times.runs ?? 0;
  const others = [...snapshot.running, ...snapshot.queue.slice(0, -1)];
  if (snapshot.queue.length > ESTIMATE_DEPTH || others.some((job) => job.times.runs === 0)) return null;
  const expected = play(snapshot, "p50");
  if (expected === null) return null;
  const plays = [expected, play(snapshot, "p25") ?? expected, play(snapshot, "p75") ?? expected];
  const at = (seconds: number) => new Date(snapshot.now.getTime() + seconds * 1_000);
  return {
    earliest: at(Math.min(...plays)),
    expected: at(expected),
    latest: at(Math.max(...plays)),
    basedOnRuns: runs,
  };
}
