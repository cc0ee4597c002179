import { expect, it } from "vitest";
import { freshnessOf } from "./freshness";

const at = (hour: number) => new Date(Date.UTC(2001, 4, 30, hour));

it("a view is fresh within its TTL of the stream's clock, on what is served before what was computed", () => {
  const clock = { online: at(12), offline: at(20) };
  expect(freshnessOf({ online: at(11), offline: at(20) }, clock, 7_200)).toEqual({ at: at(11), lagMs: 3_600_000, isFresh: true, isOnline: true });
  expect(freshnessOf({ online: at(9), offline: at(20) }, clock, 7_200)).toMatchObject({ isFresh: false });
  expect(freshnessOf({ online: null, offline: at(20) }, clock, 7_200)).toEqual({ at: at(20), lagMs: 0, isFresh: true, isOnline: false });
  expect(freshnessOf({ online: null, offline: null }, clock, 7_200)).toBeNull();
});
