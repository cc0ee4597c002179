/** A monitor that is made when there is traffic already: what is over is shown, and told nobody. */
import { afterAll, beforeEach, expect, it } from "vitest";
import { stopInferenceThread } from "@/server/domains/models/serving/runtime/runtime";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { dayMs } from "../contract/definition";
import { alertChanged } from "../events";
import { daysOf, definition, emittedEvents, logStream, runOperationNow, streamFrom, watchedModel } from "../testing/watched-model";
import { foldToEnd } from "../testing/fold-all";
import { listAlerts } from "./alerts";
import { applyMonitor, resetMonitor } from "./apply-monitor";
import { getMonitor, readMonitorSeries } from "./read-monitors";

let a: TestProject;
let modelId = "";

beforeEach(async () => {
  a = await testProject();
  modelId = await watchedModel(a.ctx);
});
afterAll(stopInferenceThread);

const drift = { name: "feature-drift", measure: "psi" as const, of: "features" as const, window: "7d" };
const apply = async (rules: (typeof definition)["rules"] = [drift]) => runOperationNow((await applyMonitor(a.ctx, { ...definition, rules })).operationId);
const monitor = () => getMonitor(a.ctx, { name: "delay" });
const alerts = async () => (await listAlerts(a.ctx, { state: "all" })).alerts;
const told = async () => (await emittedEvents(a.project.id, alertChanged.name)).length;

const foldAll = () => foldToEnd(a.ctx, "delay");

const breaches = async (rule = drift.name) => (await readMonitorSeries(a.ctx, { name: "delay", rule, column: rule === drift.name ? "delay_mean" : "" })).windows.filter(({ verdict }) => verdict === "breach").length;

it("a drift that is over is in the chart, and opens no alert", async () => {
  await logStream(a.ctx, modelId, [...daysOf(streamFrom, 8, 7), ...daysOf(streamFrom + 8 * dayMs, 6, 8, { mean: 25 }), ...daysOf(streamFrom + 14 * dayMs, 12, 9)], "past");
  await apply();
  await foldAll();
  expect(await breaches()).toBeGreaterThan(5);
  expect(await alerts()).toEqual([]);
  expect(await told()).toBe(0);
  expect((await monitor()).state).toBe("healthy");
});

it("a drift that lasts opens one, of the newest window, which goes on with what comes", async () => {
  await logStream(a.ctx, modelId, [...daysOf(streamFrom, 8, 7), ...daysOf(streamFrom + 8 * dayMs, 6, 8, { mean: 25 })], "past");
  await apply();
  await foldAll();
  const [open, ...others] = await alerts();
  expect(others).toEqual([]);
  // The last day is not whole yet.
  expect(open).toMatchObject({ state: "firing", endsAt: new Date(streamFrom + 13 * dayMs), windows: 1 });
  await logStream(a.ctx, modelId, daysOf(streamFrom + 14 * dayMs, 2, 9, { mean: 25 }), "now");
  await foldAll();
  expect((await alerts())[0]).toMatchObject({ id: open?.id, windows: 3 });
});

it("a rule that is added later begins then; the others go on", async () => {
  await apply();
  await logStream(a.ctx, modelId, [...daysOf(streamFrom, 9, 7), ...daysOf(streamFrom + 9 * dayMs, 1, 8, { rowsADay: 900 }), ...daysOf(streamFrom + 10 * dayMs, 3, 9)], "past");
  await foldAll();
  const volume = { name: "volume", measure: "count" as const, window: "1d" };
  await apply([drift, volume]);
  await foldAll();
  expect(await breaches(volume.name)).toBe(1);
  expect(await alerts()).toEqual([]);
  await logStream(a.ctx, modelId, [...daysOf(streamFrom + 13 * dayMs, 1, 8, { rowsADay: 900 }), ...daysOf(streamFrom + 14 * dayMs, 1, 9)], "now");
  await foldAll();
  expect((await alerts()).map(({ rule, endsAt }) => ({ rule, endsAt }))).toEqual([{ rule: volume.name, endsAt: new Date(streamFrom + 14 * dayMs) }]);
});

it("past traffic that is played again is news", async () => {
  const rows = [...daysOf(streamFrom, 8, 7), ...daysOf(streamFrom + 8 * dayMs, 6, 8, { mean: 25 }), ...daysOf(streamFrom + 14 * dayMs, 12, 9)];
  await logStream(a.ctx, modelId, rows, "first");
  await apply();
  await foldAll();
  await resetMonitor(a.ctx, { name: "delay" });
  await logStream(a.ctx, modelId, rows, "second");
  await foldAll();
  expect((await alerts()).map(({ rule, state }) => ({ rule, state }))).toEqual([{ rule: drift.name, state: "resolved" }]);
});
