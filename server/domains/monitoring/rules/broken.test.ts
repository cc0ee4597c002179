import { expect, it } from "vitest";
import { dayMs } from "../contract/definition";
import { addBroken, maxBroken } from "./broken";
import { alertTitle } from "./words";

const noon = Date.UTC(2001, 5, 22);
const span = (days: number) => ({ start: noon + (days - 7) * dayMs, end: noon + days * dayMs });
const column = (name: string, value: number, ratio: number) => ({ column: name, value, low: null, high: 1.32, ratio });
const rule = { measure: "psi", of: "features", window: 7 * dayMs } as const;

it("keeps each column's worst window over an alert's life, and counts all of them, the worst column first", () => {
  const opened = addBroken([], [column("inbound", 1.4, 1.06)], span(0));
  const worse = addBroken(opened, [column("destination", 2, 1.5), column("inbound", 1.35, 1.02)], span(1));
  const last = addBroken(worse, [column("destination", 1.9, 1.44)], span(2));
  expect(last.map(({ column: name, value, endsAt, windows }) => [name, value, endsAt, windows])).toEqual([
    ["destination", 2, new Date(noon + dayMs).toISOString(), 2],
    ["inbound", 1.4, new Date(noon).toISOString(), 2],
  ]);
  expect(alertTitle("flights", rule, opened)).toBe("flights: drift (PSI) of inbound 1.40, above 1.32");
  expect(alertTitle("flights", rule, last)).toBe("flights: drift (PSI) of destination 2.00, above 1.32; 1 more feature broke its limit");
});

it("keeps no more columns than a page can tell of", () => {
  const many = Array.from({ length: maxBroken + 5 }, (_, at) => column(`c${at}`, at, 1 + at));
  const kept = addBroken([], many, span(0));
  expect(kept).toHaveLength(maxBroken);
  expect(kept[0]?.column).toBe(`c${maxBroken + 4}`);
});

it("counts no windows of an alert that is older than the count, of whichever column", () => {
  const old = [{ ...column("inbound", 1.4, 1.06), startsAt: new Date(noon - 7 * dayMs).toISOString(), endsAt: new Date(noon).toISOString(), windows: null }];
  const extended = addBroken(addBroken(old, [column("inbound", 1.5, 1.1)], span(3)), [column("destination", 2, 1.5), column("inbound", 1.35, 1.02)], span(4));
  expect(extended.map(({ column: name, value, windows }) => [name, value, windows])).toEqual([["destination", 2, null], ["inbound", 1.5, null]]);
});
