import { describe, expect, it } from "vitest";
import type { AlertView } from "@/server/domains/monitoring/contract/alert";
import { endedBy } from "./alert-words";
import { momentsOf } from "./timeline";

const hour = 3_600_000;
const noon = Date.UTC(2026, 4, 30, 12);
const fired: AlertView = {
  id: "a", monitor: "m", model: "m", rule: "volume", state: "firing", dedupKey: "m/volume", title: "m: volume 20, below 136", startsAt: new Date(noon - 24 * hour), endsAt: new Date(noon), lastEndsAt: new Date(noon),
  resolvedEndsAt: null, windows: 1, evidence: { columns: [], rows: 1, modelVersion: 1, receivedFrom: null, receivedTo: null, watermark: "" }, broken: [], firedAt: new Date(noon), acknowledgedAt: null, acknowledgedBy: null, acknowledgedNote: "", resolvedAt: null, resolvedBy: null, resolvedNote: "",
};
const words = (alert: AlertView) => momentsOf(alert).map(({ what, note }) => (note ? `${what} “${note}”` : what));

describe("an alert's timeline", () => {
  it("says that it ended by itself, when, and by which window", () => {
    const alert = { ...fired, state: "resolved" as const, windows: 3, resolvedAt: new Date(noon + 2 * hour), resolvedBy: "the next window held", resolvedEndsAt: new Date(noon + hour) };
    expect(endedBy(alert)).toBe("by itself");
    expect(words(alert)).toEqual([
      "Fired: the window from 29 May 2026, 12:00 to 30 May 2026, 12:00 broke its limit; 3 windows in all, the last to 30 May 2026, 12:00.",
      "Resolved by itself after 2 h 00 m: the window to 30 May 2026, 13:00 held again.",
    ]);
  });

  it("names who acknowledged and who ended it, each with their own note", () => {
    const seen = { ...fired, state: "acknowledged" as const, acknowledgedAt: new Date(noon + hour), acknowledgedBy: "Ada", acknowledgedNote: "a holiday" };
    expect(words(seen).at(-1)).toBe("Acknowledged by Ada. “a holiday”");
    const ended = { ...seen, state: "resolved" as const, resolvedAt: new Date(noon + 2 * hour), resolvedBy: "Bo" };
    expect(words(ended).slice(1)).toEqual(["Acknowledged by Ada. “a holiday”", "Resolved by Bo after 2 h 00 m."]);
    expect(words({ ...ended, resolvedNote: "over" }).slice(1)).toEqual(["Acknowledged by Ada. “a holiday”", "Resolved by Bo after 2 h 00 m. “over”"]);
  });
});
