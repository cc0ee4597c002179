import { expect, test } from "vitest";
import { historyLines } from "../overview/history-lines";
import { jobsAsked, jobsGrammar } from "./jobs-query";

test("a filter becomes the listing's input", () => {
  expect(jobsAsked("")).toEqual({});
  expect(jobsAsked('state = failed and name ~ "train delay"')).toEqual({ states: ["failed"], name: "train delay" });
  expect(jobsAsked("state != queued and state != running").states).toEqual(["preparing", "succeeded", "failed", "cancelled", "timed_out", "lost"]);
  expect(jobsAsked("labels.recipe = gbdt")).toEqual({ label: { key: "recipe", value: "gbdt" } });
});

test.each([
  ["state = lots", "one of"],
  ["name = a and name = b", "at a time"],
  ["labels.team ~ x", "by ="],
  ["nothing = 1", "no key"],
])("%s is marked, and asks for nothing", (text, message) => {
  expect(jobsGrammar.check(text)[0]?.message).toContain(message);
  expect(jobsAsked(text)).toEqual({});
});

test("hours without an end are zero, their wait is a gap", () => {
  const hour = (n: number) => new Date(n * 3_600_000);
  const row = { hour: hour(99), succeeded: 2, failed: 1, cancelled: 0, lost: 1, waitSeconds: 4, cpuHours: 0.5, gpuHours: 0 };
  const lines = historyLines([row], 3, hour(100).getTime() + 5_000);
  expect(lines.ended.map((line) => [line.id, line.points.map((point) => point.value)])).toEqual([["succeeded", [0, 2, 0]], ["failed", [0, 2, 0]]]);
  expect(lines.waited[0]?.points.map((point) => point.value)).toEqual([null, 4, null]);
  expect(lines.used.map((line) => line.id)).toEqual(["cpu"]);
});
