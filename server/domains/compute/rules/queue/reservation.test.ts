/** Whom room is kept for, who may pass, and that nobody waits for ever. */
import { describe, expect, it } from "vitest";
import { type Ask, type Capacity, freeOf, pickJobs } from "./placement";
import { type KeptRoom, letPass, type Reservation, type ReserveSnapshot, reserveRoom } from "./reservation";

const capacity: Capacity = { cpus: 4, memoryBytes: 64, gpus: [], hasPython: true };
const asks = (cpus: number): Ask => ({ cpus, memoryBytes: 1, gpus: 0, needsPython: false });
const agent = (id: string, free: number, cpus = 4) => ({ id, capacity: { ...capacity, cpus }, free: { ...capacity, cpus: free } });
const runs = (agentId: string, cpus: number, endsIn: number) => ({ agentId, ask: asks(cpus), endsIn });
const waits = (id: string, cpus: number, mostSeconds = 1_000) => ({ id, ask: asks(cpus), mostSeconds });
const room = (cpus: number) => ({ cpus, memoryBytes: 64, gpus: 0, hasPython: true });
const said = (jobId: string, agentId: string, startsIn: number): Reservation => ({ jobId, agentId, startsIn, spare: room(0) });
const idle = Array.from({ length: 6 }, (_, n) => agent(`idle ${n}`, 0, 0.5));
const kept = (snapshot: Omit<ReserveSnapshot, "before"> & { before?: Reservation[] }) =>
  reserveRoom({ before: [], ...snapshot }).map(({ jobId, agentId, startsIn, spare }) => [jobId, agentId, startsIn, spare.cpus]);

describe("room is kept", () => {
  it.each([
    ["not where it fits now", { agents: [agent("a", 1), agent("b", 4)], running: [runs("a", 3, 50)], waiting: [waits("j", 4)] }, []],
    ["not for what fits nowhere", { agents: [agent("a", 1)], running: [runs("a", 3, 50)], waiting: [waits("j", 5)] }, []],
    ["until enough has ended", { agents: [agent("a", 0)], running: [runs("a", 1, 90), runs("a", 2, 30), runs("a", 1, 60)], waiting: [waits("j", 3)] }, [["j", "a", 60, 0]]],
    ["with what is spare beside it", { agents: [agent("a", 0.5)], running: [runs("a", 1, 30), runs("a", 2.5, 60)], waiting: [waits("j", 2)] }, [["j", "a", 60, 2]]],
    ["where it can start first", { agents: [agent("a", 0), agent("b", 0)], running: [runs("a", 4, 90), runs("b", 4, 60)], waiting: [waits("j", 3)] }, [["j", "b", 60, 1]]],
    ["where it was kept before, and for no later than was said", { agents: [agent("a", 0), agent("b", 0)], running: [runs("a", 4, 90), runs("b", 4, 60)], waiting: [waits("j", 3)], before: [said("j", "a", 20)] }, [["j", "a", 20, 1]]],
    ["elsewhere, where that agent takes no jobs any more", { agents: [agent("b", 0)], running: [runs("a", 4, 9), runs("b", 4, 60)], waiting: [waits("j", 3)], before: [said("j", "a", 20)] }, [["j", "b", 60, 1]]],
    ["on a quarter of the agents, in the order of those that wait", { agents: [agent("a", 0), agent("b", 0), ...idle], running: [runs("a", 4, 90), runs("b", 4, 60)], waiting: [waits("j", 3), waits("k", 3), waits("l", 3)] }, [["j", "b", 60, 1], ["k", "a", 90, 1]]],
    ["on one of few", { agents: [agent("a", 0), agent("b", 0)], running: [runs("a", 4, 90), runs("b", 4, 60)], waiting: [waits("j", 3), waits("k", 3)] }, [["j", "b", 60, 1]]],
    ["for the next, where none before it waits for that", { agents: [agent("a", 1)], running: [runs("a", 3, 50)], waiting: [waits("i", 9), waits("j", 4)] }, [["j", "a", 50, 0]]],
    ["also of one that would fit where it may not start", { agents: [agent("a", 0), agent("b", 2), ...idle], running: [runs("a", 4, 90), runs("b", 2, 60)], waiting: [waits("j", 4), waits("k", 2)] }, [["j", "b", 60, 0], ["k", "a", 90, 2]]],
  ] as [string, Omit<ReserveSnapshot, "before"> & { before?: Reservation[] }, unknown[]][])("%s", (_, snapshot, made) => expect(kept(snapshot)).toEqual(made));
});

it("lets pass what is over by then, and what fits beside it, which then is spare no more", () => {
  const left: KeptRoom = { startsIn: 60, spare: room(1) };
  const may = (cpus: number, mostSeconds: number) => letPass({ ask: asks(cpus), mostSeconds }, left);
  expect([may(3, 60), may(3, 61), may(0.6, 900), may(0.6, 900), may(0.4, 900), may(0.1, 900)]).toEqual([true, false, true, false, true, false]);
});

/**
 * One agent of 4 cores under an endless stream of jobs of one core: when one of 4 cores that comes at 0, for which room is kept from 300 on, starts.
 * What a job takes is known to be at most `most`; it takes `takes(n)`.
 */
function startOfLarge(reserves: boolean, most: number, takes: (n: number) => number): number | null {
  let n = 0;
  let before: Reservation[] = [];
  let running = [0, 1, 2, 3].map((at) => ({ cpus: 1, began: 0, ends: 100 + 25 * at }));
  for (let clock = 0; clock < 20_000; clock += 5) {
    running = running.filter(({ ends }) => ends > clock);
    const free = freeOf(capacity, running.map(({ cpus }) => ({ ...asks(cpus), devices: [] })));
    // Overdue, it may take as long again.
    const endsIn = (began: number) => (clock - began < most ? most - (clock - began) : clock - began);
    const snapshot = { agents: [{ id: "a", capacity, free }], running: running.map(({ cpus, began }) => runs("a", cpus, endsIn(began))), waiting: [waits("large", 4, 100)], before };
    before = reserves && clock >= 300 ? reserveRoom(snapshot) : [];
    const [held] = before;
    const queue = [waits("large", 4), ...Array.from({ length: 4 }, () => waits("small", 1, most))];
    const left = held && { ...held, spare: { ...held.spare } };
    const placed = pickJobs(queue, free, 10, (job) => job.id === "large" || !left || letPass(job, left));
    if (placed.some(({ job }) => job.id === "large")) return clock;
    before = before.map((one) => ({ ...one, startsIn: Math.max(0, one.startsIn - 5) }));
    running.push(...placed.map(({ job }) => ({ cpus: job.ask.cpus, began: clock, ends: clock + takes(n++) })));
  }
  return null;
}

describe("a large job starts, however many smaller ones come", () => {
  const staggered = (n: number) => 100 + 25 * (n % 4);
  it("when they take what is known of them; without, it never would", () => {
    expect(startOfLarge(false, 200, staggered)).toBeNull();
    expect(startOfLarge(true, 200, staggered)).toBeLessThanOrEqual(300 + 200);
  });

  it("when some take far longer than is known", () => {
    expect(startOfLarge(true, 200, (n) => (n % 5 === 0 ? 3_000 : staggered(n)))).toBeLessThanOrEqual(300 + 200 + 3_000);
  });
});
