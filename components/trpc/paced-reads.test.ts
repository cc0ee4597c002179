/** How often a page reads what is said to have changed. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { leastRestMs, mostReadMs, pacedReads } from "./paced-reads";

let finish: (() => void)[] = [];
let keys: string[] = [];
let ask: (key: string) => void;

beforeEach(() => {
  vi.useFakeTimers();
  finish = [];
  keys = [];
  ask = pacedReads((key) => {
    keys.push(key);
    return new Promise<void>((resolve) => finish.push(resolve));
  });
});
afterEach(() => {
  vi.useRealTimers();
});

async function answer(afterMs: number) {
  await vi.advanceTimersByTimeAsync(afterMs);
  finish.shift()?.();
  await vi.advanceTimersByTimeAsync(0);
}

it("reads at once, and each key for itself", () => {
  ask("a");
  ask("b");
  expect(keys).toEqual(["a", "b"]);
});

it("gathers what is said during a read into one more, after a rest", async () => {
  ask("a");
  ask("a");
  ask("a");
  await answer(5);
  expect(keys).toEqual(["a"]);
  await vi.advanceTimersByTimeAsync(leastRestMs);
  expect(keys).toEqual(["a", "a"]);
});

it("rests twice as long as a slow read took", async () => {
  ask("a");
  await answer(500);
  ask("a");
  await vi.advanceTimersByTimeAsync(999);
  expect(keys).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(keys).toHaveLength(2);
});

it("does not wait for ever for a read that hangs", async () => {
  ask("a");
  ask("a");
  await vi.advanceTimersByTimeAsync(2 * mostReadMs - 1);
  expect(keys).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(keys).toHaveLength(2);
});

it("goes on after a read that failed, and rests for good when nothing more was said", async () => {
  ask = pacedReads(async (key) => {
    keys.push(key);
    throw new Error("no server");
  });
  ask("a");
  await vi.advanceTimersByTimeAsync(10 * leastRestMs);
  expect(keys).toEqual(["a"]);
  ask("a");
  expect(keys).toEqual(["a", "a"]);
});
