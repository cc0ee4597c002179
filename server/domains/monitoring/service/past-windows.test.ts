/** A monitor that is made when there is traffic already: what is over is shown, and told nobody. */
import { sql } from "drizzle-orm";
import { afterAll, beforeEach, expect, it, vi } from "vitest";
import { stopInferenceThread } from "@/server/domains/models/serving/runtime/runtime";
import { database } from "@/server/platform/db";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { dayMs } from "../contract/definition";
import { alertChanged } from "../events";
import { emptySums, layoutOfColumns } from "../rules/sums";
import { addHours } from "../store/hours";
import { lockMonitor, readBaseline, saveProgress } from "../store/monitors";
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

const broken = async (rule = drift.name) => (await readMonitorSeries(a.ctx, { name: "delay", rule, column: rule === drift.name ? "delay_mean" : "" })).windows.filter(({ verdict }) => verdict === "breach");
const breaches = async (rule = drift.name) => (await broken(rule)).length;
const volume = { name: "volume", measure: "count" as const, window: "1d" };
/** For a lock that another connection to this database holds. */
const isSomebodyWaiting = async () => (await database().execute(sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).rows.length > 0;

it("a drift that is over is in the chart, and opens no alert", async () => {
  await logStream(a.ctx, modelId, [...daysOf(streamFrom, 8, 7), ...daysOf(streamFrom + 8 * dayMs, 6, 8, { mean: 25 }), ...daysOf(streamFrom + 14 * dayMs, 12, 9)], "past");
  await apply();
  await foldAll();
  expect(await breaches()).toBeGreaterThan(5);
  expect(await alerts()).toEqual([]);
  expect(await told()).toBe(0);
  // Since the last window that broke, though nobody was told of it.
  expect(await monitor()).toMatchObject({ state: "healthy", since: new Date(Math.max(...(await broken()).map(({ endsAt }) => endsAt.getTime()))) });
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

it("a rule that watched before hears of what came before another was added", async () => {
  await apply();
  await logStream(a.ctx, modelId, daysOf(streamFrom, 8, 7), "calm");
  await foldAll();
  await logStream(a.ctx, modelId, [...daysOf(streamFrom + 8 * dayMs, 6, 8, { mean: 25 }), ...daysOf(streamFrom + 14 * dayMs, 12, 9)], "drift");
  await apply([drift, volume]);
  await foldAll();
  expect((await alerts()).map(({ rule, state }) => ({ rule, state }))).toEqual([{ rule: drift.name, state: "resolved" }]);
});

it("what had no baseline has watched nothing: applied again as it is, it begins then", async () => {
  await applyMonitor(a.ctx, { ...definition, rules: [drift] });
  await logStream(a.ctx, modelId, [...daysOf(streamFrom, 8, 7), ...daysOf(streamFrom + 8 * dayMs, 6, 8, { mean: 25 }), ...daysOf(streamFrom + 14 * dayMs, 12, 9)], "meanwhile");
  await apply();
  await foldAll();
  expect(await breaches()).toBeGreaterThan(5);
  expect(await alerts()).toEqual([]);
});

it("requests without a time, on a stream of its own clock, do not make its days past", async () => {
  await apply();
  await logStream(a.ctx, modelId, daysOf(streamFrom, 9, 7), "stream");
  await foldAll();
  const at = Date.now();
  await logStream(a.ctx, modelId, daysOf(0, 1, 8).map((row) => ({ ...row, at })), "by hand", 1, at);
  await apply([drift, volume]);
  // On the day between nothing comes.
  await logStream(a.ctx, modelId, daysOf(streamFrom + 10 * dayMs, 2, 10), "on");
  await foldAll();
  expect((await alerts()).map(({ rule, endsAt }) => ({ rule, endsAt }))).toEqual([{ rule: volume.name, endsAt: new Date(streamFrom + 10 * dayMs) }]);
});

it("after a reset nothing is past: a day on which nothing comes is told", async () => {
  await logStream(a.ctx, modelId, daysOf(streamFrom, 12, 7), "first");
  await apply([volume]);
  await foldAll();
  expect(await alerts()).toEqual([]);
  await resetMonitor(a.ctx, { name: "delay" });
  await logStream(a.ctx, modelId, [...daysOf(streamFrom, 4, 7), ...daysOf(streamFrom + 5 * dayMs, 3, 8)], "second");
  await foldAll();
  expect((await alerts()).map(({ rule, endsAt }) => ({ rule, endsAt }))).toEqual([{ rule: volume.name, endsAt: new Date(streamFrom + 5 * dayMs) }]);
});

it("after a reset nothing is past of a rule that is added before the next round has begun either", async () => {
  await logStream(a.ctx, modelId, daysOf(streamFrom, 12, 7), "first");
  await apply();
  await foldAll();
  await resetMonitor(a.ctx, { name: "delay" });
  await apply([drift, volume]);
  await logStream(a.ctx, modelId, [...daysOf(streamFrom, 4, 7), ...daysOf(streamFrom + 5 * dayMs, 3, 8)], "second");
  await foldAll();
  expect((await alerts()).map(({ rule, endsAt }) => ({ rule, endsAt }))).toEqual([{ rule: volume.name, endsAt: new Date(streamFrom + 5 * dayMs) }]);
});

it("a rule that is added while the log is read again begins where that ends, not where it is read to", async () => {
  await apply();
  await logStream(a.ctx, modelId, [...daysOf(streamFrom, 9, 7), ...daysOf(streamFrom + 9 * dayMs, 1, 8, { rowsADay: 900 }), ...daysOf(streamFrom + 10 * dayMs, 3, 9)], "past");
  await foldAll();
  await database().transaction(async (tx) => {
    const held = await lockMonitor(tx, (await monitor()).id);
    if (held) await saveProgress(tx, held.id, { ...held, watermark: new Date(streamFrom + 5 * dayMs), cursor: held.cursor - 1_500 });
  });
  await apply([drift, volume]);
  await foldAll();
  expect(await breaches(volume.name)).toBe(1);
  expect(await alerts()).toEqual([]);
});

it("a reset forgets what was being folded as it came", async () => {
  await apply();
  await logStream(a.ctx, modelId, daysOf(streamFrom, 9, 7), "first");
  await foldAll();
  const { id } = await monitor();
  let resetting: Promise<unknown> | undefined;
  await database().transaction(async (tx) => {
    const baseline = await readBaseline(tx, (await lockMonitor(tx, id))?.baselineId ?? "");
    if (!baseline) throw new Error("the monitor has no baseline");
    resetting = resetMonitor(a.ctx, { name: "delay" });
    await vi.waitUntil(isSomebodyWaiting, { timeout: 20_000 });
    await addHours(tx, baseline.id, new Map([[streamFrom, { ...emptySums(layoutOfColumns(baseline.columns).length), rows: 1_000 }]]));
  });
  await resetting;
  await logStream(a.ctx, modelId, daysOf(streamFrom, 9, 7), "second");
  await foldAll();
  const { hours } = await readMonitorSeries(a.ctx, { name: "delay", rule: drift.name, column: "delay_mean", hours: 24 * 30 });
  expect(hours.reduce((sum, hour) => sum + hour.rows, 0)).toBe(1_350);
});
