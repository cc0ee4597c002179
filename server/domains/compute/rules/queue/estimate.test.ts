/** What an estimate is learnt from, and what a queue that is played forward tells. */
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Likeness } from "../../contract/job";
import { type EstimateSnapshot, estimateStarts } from "./estimate";
import { fits, freeOf, pickJobs } from "./placement";
import { leftSeconds, likeTimes, type LikeTimes, runEstimate } from "./run-time";

const GIB = 1024 ** 3;
const now = new Date("2026-01-01T00:00:00Z");

describe("what a job is like", () => {
  const kind = { command: "d", recipe: "train", script: "python train.py" };
  const { recipe, script } = { recipe: [50, 30, 40], script: [9, 8, 7, 50] };
  test.each([
    ["the same command, from one run on", kind, { command: [10], recipe, script }, { likeness: "command", seconds: [10] }],
    ["else the same recipe, from three on", kind, { recipe, script }, { likeness: "recipe", seconds: [30, 40, 50] }],
    ["else the same script", kind, { recipe: [1, 2], script }, { likeness: "script", seconds: [7, 8, 9, 50] }],
    ["else nothing", kind, { recipe: [1, 2], script: [3, 4] }, null],
    ["nothing by what it has not", { ...kind, recipe: null }, { recipe }, null],
  ])("%s", (_, job, past: Partial<Record<Likeness, number[]>>, like) => expect(likeTimes(job, (likeness) => past[likeness] ?? [])).toEqual(like));
});

const like = (...seconds: number[]): LikeTimes => ({ likeness: "command", seconds: seconds.sort((a, b) => a - b) });

describe("how long it runs", () => {
  test.each([
    ["one run: a third to three times as long", like(90), { low: 30, expected: 90, high: 270 }],
    ["more runs: nearer to what they took", like(100, 100, 100, 100), { low: 100 / 1.5, expected: 100, high: 150 }],
    ["one odd run among many moves nothing but the interval", like(10, 10, 10, 10, 10, 10, 10, 10, 10, 1_000), { expected: 10 }],
  ])("%s", (_, times, estimate) => expect(runEstimate(times, 86_400)).toMatchObject(estimate));

  it("is never beyond the time limit, and low ≤ expected ≤ high", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.1, max: 1e5, noNaN: true }), { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 90_000 }), (seconds, limit) => {
        const { low, expected, high } = runEstimate(like(...seconds), limit);
        expect(low).toBeLessThanOrEqual(expected);
        expect(expected).toBeLessThanOrEqual(high);
        expect(high).toBeLessThanOrEqual(limit);
      }),
    );
  });

  it("holds for most runs of a script whose times vary, also from few of them", () => {
    // Seeded: half an order of magnitude to either side, as the parameters of one recipe make it.
    let seed = 1;
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    const draw = () => 60 * 10 ** (random() - 0.5);
    for (const [count, share] of [[3, 0.75], [5, 0.75], [20, 0.75]] as const) {
      const held = Array.from({ length: 2_000 }, () => {
        const { low, high } = runEstimate(like(...Array.from({ length: count }, draw)), 1e6);
        const next = draw();
        return next >= low && next <= high;
      }).filter(Boolean).length;
      expect(held / 2_000, `${count} runs`).toBeGreaterThan(share);
    }
  });

  it("of one that runs, goes by those that ran longer than it has", () => {
    const times = like(10, 100, 100, 100, 100);
    expect(leftSeconds(times, "expected", 0, 1_000)).toBe(100);
    expect(leftSeconds(times, "expected", 50, 1_000)).toBe(50);
    // Beyond all of them: in proportion to what it ran.
    expect(["low", "expected", "high"].map((level) => leftSeconds(times, level as "low", 200, 1_000))).toEqual([0, 100, 200]);
    expect(leftSeconds(times, "high", 900, 1_000)).toBe(100);
  });
});

const capacity = { cpus: 2, memoryBytes: 8 * GIB, gpus: [], hasPython: true };
const agents = [{ id: "a", capacity }];
const ask = { cpus: 2, memoryBytes: GIB, gpus: 0, needsPython: false };
const certain = like(...Array.from({ length: 1_000 }, () => 100));
const waiting = (id: string, change: object = {}) => ({ id, ask, like: certain as LikeTimes | null, limitSeconds: 86_400, notBefore: null, ...change });
const running = { agentId: "a", ask, elapsedSeconds: 40, like: certain as LikeTimes | null, limitSeconds: 86_400 };
const starts = (snapshot: Omit<EstimateSnapshot, "now">) =>
  Object.fromEntries([...estimateStarts({ now, ...snapshot })].map(([id, { expected }]) => [id, Math.round((expected.getTime() - now.getTime()) / 1_000)]));

describe("when it starts", () => {
  it("plays the queue forward", () => {
    expect(starts({ agents, running: [running], queue: [waiting("first"), waiting("second")] })).toEqual({ first: 60, second: 160 });
    expect(starts({ agents, running: [], queue: [waiting("only")] })).toEqual({ only: 0 });
  });

  it("lets a smaller job pass a larger one that waits, as a claim does", () => {
    const half = { ...running, ask: { ...ask, cpus: 1 } };
    expect(starts({ agents, running: [half], queue: [waiting("large"), waiting("small", { ask: { ...ask, cpus: 1 } })] })).toEqual({ small: 0, large: 100 });
  });

  it("keeps the room that is kept: who would still run when that one can start waits, until it has started", () => {
    const [half, small] = [{ ...running, ask: { ...ask, cpus: 1 } }, { ask: { ...ask, cpus: 1 } }];
    const kept = [{ agentId: "a", jobId: "large", startsIn: 60, spare: { cpus: 0, memoryBytes: GIB, gpus: 0, hasPython: true } }];
    const queue = [waiting("large"), waiting("long", small), waiting("short", { ...small, like: like(...Array.from({ length: 1_000 }, () => 50)) })];
    expect(starts({ agents, running: [half], queue, kept })).toEqual({ short: 0, large: 60, long: 160 });
    // On another agent, one that comes before it, and beside it where there is room for both: as ever.
    expect(starts({ agents: [...agents, { id: "b", capacity }], running: [half, { ...half, agentId: "b" }], queue, kept })).toMatchObject({ long: 0 });
    expect(starts({ agents, running: [half], queue: [waiting("long", small), waiting("large")], kept })).toMatchObject({ long: 0 });
    expect(starts({ agents, running: [half], queue, kept: kept.map((one) => ({ ...one, spare: { ...one.spare, cpus: 1 } })) })).toMatchObject({ long: 0 });
  });

  it("waits for a job that is tried again later", () => {
    expect(starts({ agents, running: [], queue: [waiting("later", { notBefore: new Date(now.getTime() + 30_000) })] })).toEqual({ later: 30 });
  });

  it("says nothing of a job that waits for one of unknown length, but of those that don't", () => {
    const queue = [waiting("small", { ask: { ...ask, cpus: 1 } }), waiting("large")];
    expect(starts({ agents, running: [{ ...running, ask: { ...ask, cpus: 1 }, like: null }], queue })).toEqual({ small: 0 });
    expect(starts({ agents, running: [], queue: [waiting("new", { like: null }), waiting("behind")] })).toEqual({ new: 0 });
    expect(starts({ agents: [], running: [], queue: [waiting("nowhere")] })).toEqual({});
    expect(starts({ agents, running: [], queue: [waiting("too large", { ask: { ...ask, cpus: 3 } }), waiting("next")] })).toEqual({ next: 0 });
  });

  it("gives an interval around what is expected, in the order of the queue for equals", () => {
    const sizes = fc.array(fc.record({ cpus: fc.constantFrom(0.5, 1, 2), seconds: fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 9 }) }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(sizes, (jobs) => {
        const queue = jobs.map(({ cpus, seconds }, index) => waiting(String(index), { ask: { ...ask, cpus }, like: like(...seconds) }));
        const made = estimateStarts({ now, agents, running: [running], queue });
        expect(made.size).toBe(queue.length);
        const last = new Map<number, number>();
        for (const job of queue) {
          const estimate = made.get(job.id);
          expect(estimate?.earliest.getTime()).toBeGreaterThanOrEqual(now.getTime());
          expect(estimate?.earliest.getTime()).toBeLessThanOrEqual(estimate?.expected.getTime() ?? 0);
          expect(estimate?.expected.getTime()).toBeLessThanOrEqual(estimate?.latest.getTime() ?? 0);
          const start = estimate?.expected.getTime() ?? 0;
          expect(start).toBeGreaterThanOrEqual(last.get(job.ask.cpus) ?? 0);
          last.set(job.ask.cpus, start);
        }
      }),
    );
  });

  it("starts at once just what a claim would take", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0.1, 0.5, 1, 1.5, 2), { minLength: 1, maxLength: 12 }), (sizes) => {
        const queue = sizes.map((cpus, index) => waiting(String(index), { ask: { ...ask, cpus } }));
        const claimed = pickJobs(queue, freeOf(capacity, []), 100).map(({ job }) => job.id);
        const made = starts({ agents, running: [], queue });
        expect(Object.keys(made).filter((id) => made[id] === 0).sort()).toEqual(claimed.filter((id) => queue.some((job) => job.id === id && fits(job.ask, capacity))).sort());
      }),
    );
  });

  // Each start against each agent and end would take minutes, and fail by the test's own time limit.
  it("can be asked with each look at a job: 500 that wait behind 1,000 on 100 agents", () => {
    const many = Array.from({ length: 100 }, (_, agent) => ({ id: String(agent), capacity: { ...capacity, cpus: 4, memoryBytes: 32 * GIB } }));
    const small = { ...ask, cpus: 0.4 };
    const busy = Array.from({ length: 1_000 }, (_, n) => ({ ...running, agentId: String(n % 100), ask: small, like: like(100 + n / 7) }));
    const queue = Array.from({ length: 500 }, (_, n) => waiting(String(n), { ask: { ...ask, cpus: 3 + (n % 3) / 2 }, like: like(50 + n / 3) }));
    expect(starts({ agents: many, running: busy, queue })).toHaveProperty("499");
  });
});
