/**
 * Backfill with reservations. Smaller jobs may pass a larger one that waits; once that has waited long, room on one agent
 * is kept for it: what passes it there has ended before it can start, or fits beside it. With one agent this is EASY backfill
 * (D. Lifka, The ANL/IBM SP Scheduling System, 1995).
 */
import type { Room } from "../../contract/room";
import { type Ask, type Capacity, fits, hasRoom, roomOf, shift } from "./placement";

/** So long the queue is left to pack its agents as full as it can. */
export const RESERVE_AFTER_SECONDS = 300;

/** `startsIn`: seconds until the job that it is for can start there, as was first said; `spare`: what is free beside it then. */
export type KeptRoom = { startsIn: number; spare: Room };
export type Reservation = KeptRoom & { agentId: string; jobId: string };

/** What a job asks for, and the seconds that it may take. */
export type Passing = { ask: Ask; mostSeconds: number };

export type ReserveSnapshot = {
  /** Those that take jobs. */
  agents: readonly { id: string; capacity: Capacity; free: Capacity }[];
  /** `endsIn`: seconds that it may still take. */
  running: readonly { agentId: string; ask: Ask; endsIn: number }[];
  /** Those that have waited long, in claim order. */
  waiting: readonly (Passing & { id: string })[];
  /** As made by the pass before. */
  before: readonly Reservation[];
};

/** What stands idle for those that wait is bounded: a quarter of the agents, one at least. */
const atMost = (agents: number): number => Math.max(1, Math.floor(agents / 4));

/** Whether a job that comes later in the queue may start there now. */
export const mayPass = ({ ask, mostSeconds }: Passing, { startsIn, spare }: KeptRoom): boolean => mostSeconds <= startsIn || hasRoom(ask, spare);

/** The same, of one that does start if it may: what it takes beside the job that room is kept for is no longer spare. */
export function letPass(job: Passing, kept: KeptRoom): boolean {
  if (!mayPass(job, kept)) return false;
  if (job.mostSeconds > kept.startsIn) shift(kept.spare, job.ask, -1);
  return true;
}

/** When enough has ended for the job to fit; null where that never comes. */
function openingOf(ask: Ask, free: Capacity, running: ReserveSnapshot["running"]): KeptRoom | null {
  const room = roomOf(free);
  for (const { ask: ended, endsIn } of [...running].sort((a, b) => a.endsIn - b.endsIn)) {
    shift(room, ended, 1);
    if (!hasRoom(ask, room)) continue;
    shift(room, ask, -1);
    return { startsIn: endsIn, spare: room };
  }
  return null;
}

/**
 * In claim order. A job stays on the agent that was kept for it, and by when it can start is never put off: past that only
 * who fits beside it starts there, so that it is over once what runs there is.
 */
export function reserveRoom({ agents, running, waiting, before }: ReserveSnapshot): Reservation[] {
  const made = new Map<string, Reservation>();
  const canStart = (job: Passing) =>
    agents.some(({ id, free }) => {
      const kept = made.get(id);
      return fits(job.ask, free) && (!kept || mayPass(job, kept));
    });
  for (const { id: jobId, ...job } of waiting) {
    if (made.size >= atMost(agents.length)) break;
    if (canStart(job)) continue;
    const openings = agents.flatMap(({ id: agentId, capacity, free }): Reservation[] => {
      if (made.has(agentId) || !fits(job.ask, capacity)) return [];
      const opening = openingOf(job.ask, free, running.filter((one) => one.agentId === agentId));
      return opening ? [{ ...opening, agentId, jobId }] : [];
    });
    const said = before.find((one) => one.jobId === jobId);
    const stays = openings.find(({ agentId }) => agentId === said?.agentId);
    if (stays && said) made.set(stays.agentId, { ...stays, startsIn: Math.min(stays.startsIn, said.startsIn) });
    const first = openings.reduce<Reservation | null>((best, one) => (best === null || one.startsIn < best.startsIn ? one : best), null);
    if (!stays && first) made.set(first.agentId, first);
  }
  return [...made.values()];
}
