import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JOB_CAUSES, JOB_STATES } from "../contract/job";
import { isFinished, isStale, stateOfCause, tokenLives } from "./job-state";
import { decideAfter, isUnblamed, MAX_UNBLAMED } from "./retry";

describe("job states", () => {
  it("end in a finished state for every cause", () => {
    for (const cause of JOB_CAUSES) expect(isFinished(stateOfCause(cause))).toBe(true);
  });

  it.each([
    { attempt: 2, number: 1, state: "running", stale: true },
    { attempt: 1, number: 1, state: "cancelled", stale: true },
    { attempt: 1, number: 1, state: "queued", stale: false },
    { attempt: 1, number: 1, state: "lost", stale: false },
    { attempt: 1, number: 1, state: "succeeded", stale: false },
  ] as const)("attempt $number of $attempt in state $state is stale: $stale", ({ attempt, number, state, stale }) => {
    expect(isStale({ job: { attempt, state }, number })).toBe(stale);
  });

  it("a token never outlives its attempt", () => {
    for (const state of JOB_STATES) {
      expect(tokenLives({ job: { attempt: 2, state }, number: 1, isOver: false })).toBe(false);
      expect(tokenLives({ job: { attempt: 1, state }, number: 1, isOver: true })).toBe(false);
      expect(tokenLives({ job: { attempt: 1, state }, number: 1, isOver: false })).toBe(!isFinished(state));
    }
  });
});

const ends = fc.record({
  cause: fc.constantFrom(...JOB_CAUSES),
  blamed: fc.nat(20),
  unblamed: fc.nat(MAX_UNBLAMED),
  maxAttempts: fc.integer({ min: 1, max: 20 }),
  cancelRequested: fc.boolean(),
});

describe("decideAfter", () => {
  it.each([
    ["exit_code", 0, 1, "failed"],
    ["exit_code", 0, 3, "requeue"],
    ["exit_code", 2, 3, "failed"],
    ["command_not_found", 0, 3, "failed"],
    ["time_limit", 0, 3, "timed_out"],
    ["out_of_memory", 0, 2, "requeue"],
    ["agent_lost", 0, 1, "requeue"],
    ["agent_stopped", 0, 1, "requeue"],
    ["completed", 0, 1, "succeeded"],
  ] as const)("%s after %i blamed of %i: %s", (cause, blamed, maxAttempts, expected) => {
    const decision = decideAfter({ cause, blamed, unblamed: 0, maxAttempts, cancelRequested: false });
    expect(decision.kind === "finish" ? decision.state : decision.kind).toBe(expected);
  });

  it("always ends: any sequence of ends is finite", () => {
    fc.assert(
      fc.property(
        fc.array(ends, { minLength: 60, maxLength: 60 }),
        fc.integer({ min: 1, max: 20 }),
        (list, maxAttempts) => {
          let [blamed, unblamed, rounds] = [0, 0, 0];
          for (const { cause } of list) {
            const decision = decideAfter({ cause, blamed, unblamed, maxAttempts, cancelRequested: false });
            if (decision.kind === "finish") return true;
            if (isUnblamed(cause)) unblamed += 1;
            else blamed += 1;
            rounds += 1;
          }
          return rounds <= maxAttempts + MAX_UNBLAMED;
        },
      ),
    );
  });

  it("never requeues a job that is to be cancelled or that succeeded, and blames nobody for a lost agent", () => {
    fc.assert(
      fc.property(ends, (end) => {
        const decision = decideAfter(end);
        if (end.cancelRequested || end.cause === "completed") expect(decision.kind).toBe("finish");
        if (isUnblamed(end.cause)) expect(decision.blame).toBe(false);
        if (end.cause === "completed") expect(decision).toMatchObject({ state: "succeeded" });
      }),
    );
  });
});
