/** What broke its limit while an alert was open: each column once, with the worst of its windows. Pure. */
import type { BrokenColumn, BrokenOver } from "../contract/alert";
import type { Span } from "./clock/windows";

export const maxBroken = 200;

/** Adds a broken window's columns; the furthest beyond its own limit comes first. What was not counted from the start is not counted. */
export function addBroken(known: readonly BrokenOver[], columns: readonly BrokenColumn[], span: Span): BrokenOver[] {
  const all = new Map(known.map((one) => [one.column, one]));
  const window = { startsAt: new Date(span.start).toISOString(), endsAt: new Date(span.end).toISOString() };
  const isCounted = known.every((one) => one.windows !== null);
  for (const column of columns) {
    const before = all.get(column.column);
    const windows = isCounted ? (before?.windows ?? 0) + 1 : null;
    all.set(column.column, before && before.ratio >= column.ratio ? { ...before, windows } : { ...column, ...window, windows });
  }
  return [...all.values()].sort((a, b) => b.ratio - a.ratio).slice(0, maxBroken);
}
