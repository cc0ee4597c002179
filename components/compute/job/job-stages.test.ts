import { expect, test } from "vitest";
import { stagesOf } from "./job-stages";

const at = (second: number) => new Date(second * 1_000);
const attempt = (number: number, claimed: number, started: number | null, finished: number | null) => ({
  number, agentName: "local", claimedAt: at(claimed), startedAt: started === null ? null : at(started), finishedAt: finished === null ? null : at(finished),
});
const told = (job: Omit<Parameters<typeof stagesOf>[0], "openDependencies" | "readyAt"> & { openDependencies?: number; readyAt?: Date }) => stagesOf({ openDependencies: 0, readyAt: null, ...job }).map(({ word, from, to }) => `${word} ${from / 1_000}–${to === null ? "" : to / 1_000}`);

test("waiting, preparing, running, ended", () => {
  const job = { state: "failed" as const, submittedAt: at(0), finishedAt: at(30), attempts: [attempt(1, 5, 8, 30)] };
  expect(told(job)).toEqual(["queued 0–5", "preparing 5–8", "running 8–30", "failed 30–30"]);
});

test("a job tried again waits between its attempts", () => {
  const job = { state: "running" as const, submittedAt: at(0), finishedAt: null, attempts: [attempt(1, 5, 8, 20), attempt(2, 25, 26, null)] };
  expect(told(job)).toEqual(["queued 0–5", "preparing 5–8", "running 8–20", "queued again 20–25", "preparing 25–26", "running 26–"]);
});

test("one that never started, and one that waits", () => {
  expect(told({ state: "cancelled", submittedAt: at(0), finishedAt: at(9), attempts: [] })).toEqual(["queued 0–9", "cancelled 9–9"]);
  expect(told({ state: "queued", submittedAt: at(0), finishedAt: null, attempts: [] })).toEqual(["queued 0–"]);
});

test("one that runs after others", () => {
  const job = { state: "running" as const, submittedAt: at(0), finishedAt: null, attempts: [attempt(1, 25, 26, null)] };
  expect(told({ ...job, readyAt: at(20) })).toEqual(["waiting for other jobs 0–20", "queued 20–25", "preparing 25–26", "running 26–"]);
  expect(told({ ...job, state: "queued", attempts: [], openDependencies: 2 })).toEqual(["waiting for other jobs 0–"]);
  expect(told({ ...job, state: "queued", attempts: [], readyAt: at(20) })).toEqual(["waiting for other jobs 0–20", "queued 20–"]);
  expect(told({ ...job, state: "cancelled", attempts: [], finishedAt: at(60), readyAt: at(20) })).toEqual(["waiting for other jobs 0–20", "queued 20–60", "cancelled 60–60"]);
  expect(told({ ...job, state: "cancelled", attempts: [], finishedAt: at(9), openDependencies: 1 })).toEqual(["waiting for other jobs 0–9", "cancelled 9–9"]);
});
