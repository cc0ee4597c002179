/**
 * When queued jobs will start: the queue is played forward over the agents as a claim would take it, smaller jobs
 * passing larger ones that wait. The expected start is the play in which every job runs as long as its like do at the
 * median; the interval, the plays with all of them quick and all of them slow.
 */
import type { StartEstimate } from "../contract/job";
import type { Ask, Capacity } from "./placement";
import { leftSeconds, type Level, type LikeTimes, runSeconds } from "./run-time";

type Waiting = { id: string; ask: Ask; like: LikeTimes | null; limitSeconds: number; notBefore: Date | null };

export type EstimateSnapshot = {
  now: Date;
  agents: readonly { id: string; capacity: Capacity }[];
  running: readonly { agentId: string; ask: Ask; elapsedSeconds: number; like: LikeTimes | null; limitSeconds: number }[];
  /** In claim order. */
  queue: readonly Waiting[];
};

type Slot = { ends: number; agent: number; ask: Ask };
type Room = { cpus: number; memoryBytes: number; gpus: number; hasPython: boolean };

/** Queues longer than this are estimated from their head: a start that far away has no useful estimate. */
export const ESTIMATE_DEPTH = 500;
const EPSILON = 1e-9;

function hasRoom(ask: Ask, room: Room): boolean {
  return ask.cpus <= room.cpus + EPSILON && ask.memoryBytes <= room.memoryBytes && ask.gpus <= room.gpus && (!ask.needsPython || room.hasPython);
}

function shift(room: Room | undefined, ask: Ask, sign: 1 | -1): void {
  if (!room) return;
  room.cpus += sign * ask.cpus;
  room.memoryBytes += sign * ask.memoryBytes;
  room.gpus += sign * ask.gpus;
}

/** What runs now. A job of unknown length keeps its room: who needs that room gets no estimate. */
function occupy(snapshot: EstimateSnapshot, rooms: Room[], level: Level): Slot[] {
  return snapshot.running.flatMap((job): Slot[] => {
    const agent = snapshot.agents.findIndex((one) => one.id === job.agentId);
    shift(rooms[agent], job.ask, -1);
    if (agent < 0 || !job.like) return [];
    return [{ agent, ask: job.ask, ends: leftSeconds(job.like, level, job.elapsedSeconds, job.limitSeconds) }];
  });
}

/** Seconds from now until each job starts; those that never do by what is known are not in it. */
function play(snapshot: EstimateSnapshot, level: Level): Map<string, number> {
  const rooms: Room[] = snapshot.agents.map(({ capacity }) => ({ ...capacity, gpus: capacity.gpus.length }));
  const opensAt = (job: Waiting) => (job.notBefore ? (job.notBefore.getTime() - snapshot.now.getTime()) / 1_000 : 0);
  const starts = new Map<string, number>();
  let busy = occupy(snapshot, rooms, level);
  let waiting = [...snapshot.queue];
  for (let clock = 0; Number.isFinite(clock) && waiting.length > 0; ) {
    waiting = waiting.filter((job) => {
      const agent = opensAt(job) > clock ? -1 : rooms.findIndex((room) => hasRoom(job.ask, room));
      if (agent < 0) return true;
      shift(rooms[agent], job.ask, -1);
      starts.set(job.id, clock);
      if (job.like) busy.push({ agent, ask: job.ask, ends: clock + runSeconds(job.like, level, job.limitSeconds) });
      return false;
    });
    const opens = waiting.map(opensAt).filter((at) => at > clock);
    clock = Math.min(...busy.map((slot) => slot.ends), ...opens);
    for (const slot of busy) if (slot.ends <= clock) shift(rooms[slot.agent], slot.ask, 1);
    busy = busy.filter((slot) => slot.ends > clock);
  }
  return starts;
}

/** By job; one that is not in it has no estimate: it, or one that it waits for, is like nothing that ran before. */
export function estimateStarts(snapshot: EstimateSnapshot): Map<string, StartEstimate> {
  const plays = (["low", "expected", "high"] as const).map((level) => play(snapshot, level));
  const at = (seconds: number) => new Date(snapshot.now.getTime() + seconds * 1_000);
  const estimates = new Map<string, StartEstimate>();
  for (const { id } of snapshot.queue) {
    const starts = plays.map((play) => play.get(id));
    const [, expected] = starts;
    if (expected === undefined || starts.some((start) => start === undefined)) continue;
    const known = starts.map((start) => start ?? expected);
    estimates.set(id, { earliest: at(Math.min(...known)), expected: at(expected), latest: at(Math.max(...known)) });
  }
  return estimates;
}
