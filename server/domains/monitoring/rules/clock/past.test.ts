import { describe, expect, it } from "vitest";
import { dayMs, hourMs } from "../../contract/definition";
import { clockAtEnd, clockOf, isOver, placedRows } from "./past";

const then = Date.UTC(2001, 5, 10);
const now = Date.UTC(2026, 10, 27);
const timed = (at: number, count: number) => Array.from({ length: count }, (_, i) => ({ eventTime: new Date(at + i * 1_000), receivedAt: new Date(now) }));
const untimed = (count: number) => Array.from({ length: count }, (_, i) => ({ eventTime: new Date(now + i), receivedAt: new Date(now + i) }));

describe("clockAtEnd", () => {
  it.each<[string, ReturnType<typeof timed>, number | null]>([
    ["nothing logged", [], null],
    ["live traffic", untimed(100), now + 99],
    ["a stream of 2001", timed(then, 100), then + 99_000],
    ["a stream of 2001 that somebody asked by hand", [...timed(then, 100), ...untimed(3)], then + 99_000],
    ["a stream of 2001 under a load test", [...timed(then, 100), ...untimed(900)], then + 99_000],
    ["live traffic with an old row", [...timed(then, 1), ...untimed(100)], now + 99],
    ["live traffic with a row from next month", [...untimed(100), ...timed(now + 30 * dayMs, 1)], now + 99],
  ])("%s", (_, rows, clock) => {
    expect(clockAtEnd(rows, 50, false)).toBe(clock);
  });

  it("keeps to a clock that is known to be the stream's own", () => {
    expect(clockAtEnd([...timed(then, 3), ...untimed(997)], 50, true)).toBe(then + 2_000);
    expect(clockAtEnd(untimed(1_000), 50, true)).toBe(null);
  });
});

describe("placedRows", () => {
  it("leaves out what can't be yet, and counts what has no time on a stream of its own clock", () => {
    const rows = [...timed(then, 2), ...untimed(3), ...timed(now + 2 * dayMs, 1)];
    expect(placedRows(rows, false)).toEqual({ rows: rows.slice(0, 5), untimed: 0 });
    expect(placedRows(rows, true)).toEqual({ rows: rows.slice(0, 2), untimed: 3 });
  });
});

describe("clockOf", () => {
  const labels = { wait: 3 * dayMs };
  it.each([
    ["psi", then, null, then],
    ["psi", null, new Date(then), null],
    ["log_loss", then, null, null],
    ["log_loss", then, new Date(then - dayMs), then - 4 * dayMs],
    // Labels that are ahead of the stream by more than a day are of another round.
    ["log_loss", then, new Date(then + 9 * dayMs), then - 2 * dayMs],
  ] as const)("%s at %s with labels until %s", (measure, watermark, labelsUntil, clock) => {
    expect(clockOf({ labels } as Parameters<typeof clockOf>[0], { measure }, watermark, labelsUntil)).toBe(clock);
  });

  it.each([0, dayMs / 2])("is not ahead of the stream for a label that is, with a wait of %i ms", (wait) => {
    expect(clockOf({ labels: { wait } }, { measure: "log_loss" }, then, new Date(then + 2 * dayMs))).toBe(then);
    expect(clockOf({ labels: { wait } }, { measure: "log_loss" }, then, new Date(then - hourMs))).toBe(then - hourMs - wait);
  });
});

it("a window is over by its end", () => {
  const past = { until: new Date(then).toISOString(), sequence: 7 };
  expect(isOver(past, { start: then - dayMs, end: then })).toBe(true);
  expect(isOver(past, { start: then - dayMs, end: then + hourMs })).toBe(false);
  expect(isOver(undefined, { start: then - dayMs, end: then })).toBe(false);
});
