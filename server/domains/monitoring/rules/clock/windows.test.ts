import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayMs, hourMs } from "../../contract/definition";
import { advanceClock, dueWindows, leapMs, nextEnd } from "./windows";

const t0 = Date.UTC(2001, 4, 1);

describe("dueWindows", () => {
  it.each<[string, number, number, number | null, number, [number, number][]]>([
    ["the first whole day", dayMs, t0 + 2 * dayMs, null, t0 + hourMs, [[1, 2]]],
    ["none before a window is whole", 7 * dayMs, t0 + 6 * dayMs, null, t0, []],
    ["weeks that slide by a day", 7 * dayMs, t0 + 9 * dayMs, t0 + 7 * dayMs, t0, [[1, 8], [2, 9]]],
    ["none that the stream does not cover, though earlier ones were judged", 7 * dayMs, t0 + 40 * dayMs, t0 + 8 * dayMs, t0 + 32 * dayMs, [[32, 39], [33, 40]]],
    ["a window from its first hour on", 7 * dayMs, t0 + 39 * dayMs, t0 + 8 * dayMs, t0 + 31 * dayMs + hourMs, [[32, 39]]],
    ["nothing twice", dayMs, t0 + 3 * dayMs, t0 + 3 * dayMs, t0, []],
    ["nothing back in time", dayMs, t0 + dayMs, t0 + 3 * dayMs, t0, []],
  ])("%s", (_, window, clock, judgedTo, first, expected) => {
    const days = dueWindows(window, clock, judgedTo, first, 100).map(({ start, end }) => [(start - t0) / dayMs, (end - t0) / dayMs]);
    expect(days).toEqual(expected);
  });

  it("gives every window once, in order, however the clock steps", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 * dayMs }), { maxLength: 20 }), fc.constantFrom(hourMs, 6 * hourMs, dayMs, 7 * dayMs), fc.integer({ min: 1, max: 7 }), (steps, window, limit) => {
        const first = t0 + 5 * hourMs;
        let clock = first;
        let judgedTo: number | null = null;
        const ends: number[] = [];
        for (const step of steps) {
          clock += step;
          for (let due = dueWindows(window, clock, judgedTo, first, limit); due.length > 0; due = dueWindows(window, clock, judgedTo, first, limit)) {
            ends.push(...due.map((one) => one.end));
            judgedTo = ends.at(-1) ?? null;
          }
        }
        expect(ends).toEqual(dueWindows(window, clock, null, first, 100_000).map((one) => one.end));
        expect(ends.every((end, i) => end <= clock && end - window >= first && (i === 0 || end > (ends[i - 1] ?? 0)))).toBe(true);
      }),
    );
  });

  it("knows the end of the window being filled, the first of which is whole", () => {
    expect(nextEnd(7 * dayMs, t0 + hourMs, t0)).toBe(t0 + 7 * dayMs);
    expect(nextEnd(7 * dayMs, t0 + 9 * dayMs + hourMs, t0)).toBe(t0 + 10 * dayMs);
    expect(nextEnd(hourMs, t0, t0)).toBe(t0 + hourMs);
  });
});

describe("advanceClock", () => {
  const hours = (...at: number[]) => at.map((hour) => t0 + hour * hourMs);
  it.each<[string, number | null, number[], number[], number | null, number]>([
    ["nothing new", t0, [], [], t0, 0],
    ["follows the latest", t0, hours(1, 5, 2), [], t0 + 5 * hourMs, 0],
    ["never goes back", t0 + dayMs, hours(1), [], t0 + dayMs, 0],
    ["starts in the middle of the first batch", null, [...hours(1, 2, 3), t0 + 9_000 * dayMs], [], t0 + 3 * hourMs, 1],
    ["ignores a few far ahead", t0, [...hours(1), t0 + 30 * dayMs], [], t0 + hourMs, 1],
    ["counts those of before with them", t0, [t0 + 30 * dayMs], new Array(8).fill(t0 + 30 * dayMs - 1), t0, 9],
    ["follows once there are enough", t0, [t0 + 30 * dayMs], new Array(9).fill(t0 + 30 * dayMs - 1), t0 + 30 * dayMs, 0],
    ["takes a week in one step", t0, [t0 + leapMs], [], t0 + leapMs, 0],
  ])("%s", (_, watermark, times, before, expected, ahead) => {
    expect(advanceClock(watermark, times, 10, before)).toEqual({ watermark: expected, ahead });
  });
});
