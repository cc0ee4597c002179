/** Leases, and reasons for waiting. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { graceAfterLease, HOLD_SECONDS, LEASE_SECONDS, runnerDeadline, SWEEP_SECONDS, sweepAction } from "../lease";
import { whyPending } from "./pending";

const GIB = 1024 ** 3;
const now = new Date("2026-01-01T00:00:00Z");
const capacity = { cpus: 2, memoryBytes: 8 * GIB, gpus: [], hasPython: true };
const agent = { name: "alpha", capacity, free: capacity, inTouch: true, cordoned: false, draining: false };
const ask = { cpus: 1, memoryBytes: GIB, gpus: 0, needsPython: false };
const why = (change: object) => whyPending({ ask, position: 3, notBefore: null, now, agents: [agent], ...change });

describe("leases", () => {
  it("a lost agent's job is queued again within 90 s", () => {
    expect(LEASE_SECONDS).toBeLessThanOrEqual(75);
    expect(LEASE_SECONDS + SWEEP_SECONDS).toBeLessThanOrEqual(90);
  });

  it("the runner ends its job before the server gives it away", () => {
    fc.assert(
      fc.property(fc.double({ min: 3, max: 600, noNaN: true }), (lease) => {
        expect(runnerDeadline(lease, "requeue")).toBeLessThan(lease);
        expect(runnerDeadline(lease, "hold")).toBeLessThan(lease + graceAfterLease("hold"));
      }),
    );
    expect(graceAfterLease("hold")).toBe(HOLD_SECONDS);
  });

  it.each([
    [null, "extend"],
    [5, "expire"],
    [19, "expire"],
    [21, "extend"],
    [86_400, "extend"],
    [-10, "extend"],
  ] as const)("a sweep %s s after the one before: %s", (gap, action) => {
    expect(sweepAction(now, gap === null ? null : new Date(now.getTime() - gap * 1_000))).toBe(action);
  });
});

describe("whyPending", () => {
  it.each([
    [{ agents: [] }, "No agent is registered. Add one on the Compute page."],
    [{ agents: [{ ...agent, inTouch: false }] }, "No agent is connected now."],
    [{ agents: [{ ...agent, cordoned: true }] }, "Every connected agent is cordoned or draining."],
    [{ ask: { ...ask, gpus: 4 } }, "It asks for 4 GPUs, more than any connected agent has (0 of 0 GPUs free)."],
    [
      { ask: { ...ask, needsPython: true }, agents: [{ ...agent, capacity: { ...capacity, hasPython: false } }] },
      "It needs Python 3.10 or newer, which no connected agent has.",
    ],
    [
      { agents: [{ ...agent, free: { ...capacity, cpus: 0.5 } }] },
      "It waits for 1 CPU on alpha: 0.5 of 2 CPUs free. It is 3rd in the queue.",
    ],
    [{}, "It is 3rd in the queue for alpha."],
    [{ agents: [{ ...agent, keptFor: "other" }] }, "Room on alpha is kept for a larger job that comes before it. It is 3rd in the queue."],
    [{ agents: [{ ...agent, keptFor: "other" }, { ...agent, name: "beta" }] }, "It is 3rd in the queue for beta."],
    [
      { agents: [{ ...agent, free: { ...capacity, cpus: 0 } }, { ...agent, name: "beta", free: { ...capacity, cpus: 0.5 }, keptFor: "it" }] },
      "It waits for 1 CPU on beta and 1 other: 0.5 of 2 CPUs free. Room on beta is kept for it. It is 3rd in the queue.",
    ],
    [{ position: 1 }, "It starts now on alpha."],
    [{ notBefore: new Date(now.getTime() + 7_500) }, "It is tried again in 8 seconds."],
  ])("%o: %s", (change, sentence) => {
    expect(why(change)).toBe(sentence);
  });
});
