import { expect, test } from "vitest";
import { formatAbsolute, formatClock, formatDay, formatRelative } from "./format-time";

const now = Date.UTC(2025, 2, 12, 14, 32, 5);

test.each([
  [0, "just now"],
  [12_000, "12 s ago"],
  [9_600, "10 s ago"],
  [59_900, "59 s ago"],
  [-12_000, "in 12 s"],
  [3 * 60_000, "3 min ago"],
  [2 * 3_600_000, "2 h ago"],
  [29 * 86_400_000, "29 d ago"],
  [40 * 86_400_000, "31 Jan"],
  [90 * 86_400_000, "12 Dec 2024"],
])("%s ms before now → %s", (past, text) => expect(formatRelative(now - past, now)).toBe(text));

test("absolute times name their zone", () => {
  expect(formatAbsolute(now, "UTC")).toBe("Wed 12 Mar 2025, 14:32:05 UTC");
  expect(formatAbsolute("not a date", "UTC")).toBe("–");
  expect(formatClock(now, "UTC")).toBe("14:32");
  expect(formatClock(now, "UTC", true)).toBe("14:32:05");
  expect(formatDay(now, now)).toBe("12 Mar");
});
