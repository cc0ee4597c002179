/**
 * When queued jobs will start: the queue is played forward over the agents as a claim would take it, smaller jobs
 * passing larger ones that wait. The expected start is the play in which every job runs as long as its like do at the
 * median; the interval, the plays with all of them quick and all of them slow.
 */
import type { StartEstimate } from "../../contract/job";
import type { Room } from "../../contract/room";
import { type Ask, type Capacity, hasRoom, roomOf, shift } from "./placement";
import { type KeptRoom, letPass, type Reservation } from "./reservation";
import { leftSeconds, type Level, type LikeTimes, mostSeconds, runSeconds } from "./run-time";

type Waiting = { id: string; ask: Ask; like: LikeTimes | null; limitSeconds: number; notBefore: Date | null };

export type EstimateSnapshot = {
  now: Date;
  agents: readonly { id: string; capacity: Capacity }[];
  running: readonly { agentId: string; ask: Ask; elapsedSeconds: number; like: LikeTimes | null; limitSeconds: number }[];
  /** In claim order. */
  queue: readonly Waiting[];
  kept?: readonly Reservation[];
};

type Slot = { ends: number; agent: number; ask: Ask };
/** Queues longer than this are estimated from their head: a start that far away has no useful estimate. */
export const ESTIMATE_DEPTH = 500;
/** The next end is last: taken from there, and put in its place by halving. */
function insertSlot(busy: Slot[], slot: Slot): void {
  let [from, to] = [0, busy.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((busy[middle]?.ends ?? 0) > slot.ends) from = middle + 1;
    else to = middle;
  }
  busy.splice(from, 0, slot);
}

/** What runs now. A job of unknown length keeps its room: who needs that room gets no estimate. */
function occupy(snapshot: EstimateSnapshot, rooms: Room[], level: Level): Slot[] {
  const places = new Map(snapshot.agents.map(({ id }, index) => [id, index]));
  const busy = snapshot.running.flatMap((job): Slot[] => {
    const agent = places.get(job.agentId);
    const room = agent === undefined ? undefined : rooms[agent];
    if (agent === undefined || !room) return [];
    shift(room, job.ask, -1);
    return job.like ? [{ agent, ask: job.ask, ends: leftSeconds(job.like, level, job.elapsedSeconds, job.limitSeconds) }] : [];
  });
  return busy.sort((a, b) => b.ends - a.ends);
}

/** Gives back what ended by then; the agents on which something did, in order. */
function release(busy: Slot[], rooms: Room[], clock: number): number[] {
  const freed = new Set<number>();
  for (let slot = busy.at(-1); slot && slot.ends <= clock; slot = busy.at(-1)) {
    const room = rooms[slot.agent];
    if (room) shift(room, slot.ask, 1);
    freed.add(slot.agent);
    busy.pop();
  }
  return [...freed].sort((a, b) => a - b);
}

type Opening = { job: Waiting; place: number; opens: number };

/** What every job in the queue asks for at least: where that has no room, none of them has to be tried. */
function leastOf(queue: readonly Waiting[]): Ask {
  const least = (pick: (ask: Ask) => number) => queue.reduce((low, { ask }) => Math.min(low, pick(ask)), Number.POSITIVE_INFINITY);
  return { cpus: least((ask) => ask.cpus), memoryBytes: least((ask) => ask.memoryBytes), gpus: least((ask) => ask.gpus), needsPython: queue.every(({ ask }) => ask.needsPython) };
}

type MayStart = (agent: number) => boolean;

function firstWithRoom(ask: Ask, rooms: readonly Room[], among: readonly number[], mayStart: MayStart = () => true): number {
  for (const agent of among) {
    const room = rooms[agent];
    if (room && hasRoom(ask, room) && mayStart(agent)) return agent;
  }
  return -1;
}

/** Room that is kept, by agent, while the job that it is for has not started. */
class KeptRooms {
  readonly #byAgent = new Map<number, KeptRoom & { place: number }>();

  constructor({ agents, queue, kept = [] }: EstimateSnapshot) {
    for (const { agentId, jobId, startsIn, spare } of kept) {
      const [agent, place] = [agents.findIndex(({ id }) => id === agentId), queue.findIndex(({ id }) => id === jobId)];
      if (agent >= 0 && place >= 0) this.#byAgent.set(agent, { place, startsIn, spare: { ...spare } });
    }
  }

  /** Asked of an agent with room, for a job that starts there if it may. */
  mayStart({ job, place }: Opening, clock: number): MayStart {
    return (agent) => {
      const kept = this.#byAgent.get(agent);
      if (!kept || place <= kept.place) return true;
      const left = { startsIn: kept.startsIn - clock, spare: kept.spare };
      return letPass({ ask: job.ask, mostSeconds: mostSeconds(job.like, job.limitSeconds) }, left);
    };
  }

  /** The agents on which nothing is kept for it any more. */
  giveBack(place: number): number[] {
    const freed = [...this.#byAgent].flatMap(([agent, kept]) => (kept.place === place ? [agent] : []));
    for (const agent of freed) this.#byAgent.delete(agent);
    return freed;
  }
}

/**
 * Seconds from now until each job starts; those that never do by what is known are not in it. What waits found no room
 * when last looked at, and rooms only grow by an end: at each, it is tried on the agents where something ended.
 */
function play(snapshot: EstimateSnapshot, level: Level): Map<string, number> {
  const rooms: Room[] = snapshot.agents.map(({ capacity }) => roomOf(capacity));
  const kept = new KeptRooms(snapshot);
  const everywhere = rooms.map((_, agent) => agent);
  const least = leastOf(snapshot.queue);
  const starts = new Map<string, number>();
  const busy = occupy(snapshot, rooms, level);
  let waiting = snapshot.queue.map((job, place): Opening => ({ job, place, opens: job.notBefore ? Math.max(0, (job.notBefore.getTime() - snapshot.now.getTime()) / 1_000) : 0 }));
  const openings = [...new Set(waiting.map(({ opens }) => opens))].sort((a, b) => b - a);
  let freed: number[] = [];
  for (let before = -1, clock = 0; Number.isFinite(clock) && waiting.length > 0; ) {
    const opened = openings.at(-1) === clock && openings.pop() !== undefined;
    const stays = (opening: Opening) => {
      const { job, opens, place } = opening;
      if (opens > clock) return true;
      const agent = firstWithRoom(job.ask, rooms, opens > before ? everywhere : freed, kept.mayStart(opening, clock));
      const room = rooms[agent];
      if (!room) return true;
      shift(room, job.ask, -1);
      starts.set(job.id, clock);
      for (const free of kept.giveBack(place)) if (!freed.includes(free)) freed.push(free);
      if (job.like) insertSlot(busy, { agent, ask: job.ask, ends: clock + runSeconds(job.like, level, job.limitSeconds) });
      return false;
    };
    if (opened || freed.length > 0) waiting = waiting.filter(stays);
    before = clock;
    clock = Math.min(busy.at(-1)?.ends ?? Number.POSITIVE_INFINITY, openings.at(-1) ?? Number.POSITIVE_INFINITY);
    freed = release(busy, rooms, clock).filter((agent) => firstWithRoom(least, rooms, [agent]) >= 0);
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
