/** Monitors on a real PostgreSQL, DuckDB and ONNX Runtime: calibration, folding, alerts on the stream's clock. */
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createModel } from "@/server/domains/models/service/models";
import { addVersion, makeChampion } from "@/server/domains/models/serving/testing/serve-fixture";
import { stopInferenceThread } from "@/server/domains/models/serving/runtime/runtime";
import { database } from "@/server/platform/db";
import { Conflict, Forbidden, Invalid, NotFound } from "@/server/platform/errors";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { dayMs, hourMs } from "../contract/definition";
import { alertChanged } from "../events";
import { daysOf, definition, emittedEvents, logStream, referenceDays, runOperationNow, streamFrom, watchedModel } from "../testing/watched-model";
import { foldToEnd } from "../testing/fold-all";
import { acknowledgeAlert, getAlert, listAlerts, resolveAlert } from "./alerts";
import { applyMonitor, followChampion, resetMonitor } from "./apply-monitor";
import { foldMonitors } from "./fold-inferences";
import { readFeatureDrift } from "./read-drift";
import { alertPayload } from "./notify/deliver";
import { getMonitor, listMonitors, readMonitorSeries } from "./read-monitors";
import { joinLabels, recordLabels } from "./record-labels";

let a: TestProject;
let modelId = "";

async function setUp() {
  a = await testProject();
  modelId = await watchedModel(a.ctx);
  const applied = await applyMonitor(a.ctx, definition);
  await runOperationNow(applied.operationId);
  return applied;
}

const foldAll = () => foldToEnd(a.ctx, "delay");

const monitor = () => getMonitor(a.ctx, { name: "delay" });
const open = async () => (await listAlerts(a.ctx, { state: "open" })).alerts;
const ruleOf = async (name: string) => (await monitor()).rules.find((rule) => rule.name === name);

afterAll(stopInferenceThread);

describe("applying", () => {
  beforeAll(setUp);

  it("calibrates every rule on the reference's own windows, and none would have fired there", async () => {
    const { baseline, state, operation } = await monitor();
    expect(state).toBe("no_data");
    expect(operation?.state).toBe("succeeded");
    expect(baseline).toMatchObject({ modelVersion: 1, rows: 6_000, datasetName: "history" });
    const drift = baseline?.backtest.find((one) => one.rule === "feature-drift");
    // The first day is cut off by the alignment, the last window ends with the last whole day.
    expect(drift).toMatchObject({ windows: referenceDays - 1 - 7, fired: 0 });
    expect(baseline?.backtest.map((one) => one.fired)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(baseline?.limits.filter((limit) => limit.rule === "feature-drift").map((limit) => limit.column)).toEqual(["delay_mean", "delay_count", "hour"]);
    for (const limit of baseline?.limits ?? []) {
      if (limit.rule === "feature-drift") expect(limit.high).toBeCloseTo(Math.max(0.1, 1.5 * limit.worst), 12);
      if (limit.rule === "volume") expect(limit).toMatchObject({ centre: 150, worst: 0, low: 150 * Math.exp(-0.1) });
    }
  });

  it("is unchanged when it is applied again, a new version when it differs", async () => {
    expect(await applyMonitor(a.ctx, definition)).toMatchObject({ change: "unchanged", version: 1, operationId: null });
    const changed = await applyMonitor(a.ctx, { ...definition, calibrate: { times: 2, floor: 0.2 } });
    expect(changed).toMatchObject({ change: "changed", version: 2 });
    await runOperationNow(changed.operationId);
    expect((await monitor()).baseline).toMatchObject({ monitorVersion: 2 });
  });

  it("keeps what another saved since one began to edit", async () => {
    const { updatedAt } = await monitor();
    const mine = { ...definition, owner: "me", unlessChangedSince: updatedAt.toISOString() };
    await applyMonitor(a.ctx, { ...definition, owner: "another" });
    await expect(applyMonitor(a.ctx, mine)).rejects.toThrow(/saved this monitor at .*, after you began/);
    expect((await monitor()).definition).toMatchObject({ owner: "another" });
    expect((await monitor()).definition).not.toHaveProperty("unlessChangedSince");
    expect(await applyMonitor(a.ctx, { ...mine, unlessChangedSince: (await monitor()).updatedAt.toISOString() })).toMatchObject({ change: "changed" });
    await expect(applyMonitor(a.ctx, { ...mine, name: "gone" })).rejects.toThrow(/was deleted/);
  });

  it("refuses what can't be watched, naming the field", async () => {
    const other = await testProject("viewer");
    await expect(applyMonitor(other.ctx, definition)).rejects.toThrow(Forbidden);
    await expect(applyMonitor(a.ctx, { ...definition, model: "nobody" })).rejects.toThrow(NotFound);
    await createModel(a.ctx, { name: "another" });
    await expect(applyMonitor(a.ctx, { ...definition, model: "another" })).rejects.toThrow(/watches another model/);
    await expect(applyMonitor(a.ctx, { ...definition, reference: { ...definition.reference, dataset: "nothing" } })).rejects.toThrow(/no dataset nothing/);
    const rule = (over: object) => ({ ...definition, rules: [{ name: "r", measure: "psi" as const, of: "features" as const, window: "7d", ...over }] });
    await expect(applyMonitor(a.ctx, rule({ window: "5h" }))).rejects.toThrow(/rules\.0\.window/);
    await expect(applyMonitor(a.ctx, rule({ of: undefined }))).rejects.toThrow(/rules\.0\.of/);
    await expect(applyMonitor(a.ctx, rule({ measure: "count" }))).rejects.toThrow(/rules\.0\.of/);
    await expect(applyMonitor(a.ctx, { ...definition, rules: [...definition.rules, ...definition.rules] })).rejects.toThrow(/different names/);
    await expect(applyMonitor(a.ctx, { ...definition, name: "Delay!" })).rejects.toThrow(Invalid);
  });

  it("says why a baseline can't be computed", async () => {
    const { operationId } = await applyMonitor(a.ctx, { ...definition, name: "none", reference: { ...definition.reference, from: "1999-01-01", to: "1999-02-01" } });
    await runOperationNow(operationId);
    expect(await getMonitor(a.ctx, { name: "none" })).toMatchObject({ state: "calibrating", error: expect.stringMatching(/no rows with day from 1999-01-01/) });
    const column = await applyMonitor(a.ctx, { ...definition, name: "column", reference: { ...definition.reference, column: "nowhere" } });
    await runOperationNow(column.operationId);
    expect((await getMonitor(a.ctx, { name: "column" })).error).toMatch(/no column nowhere/);
  });
});

describe("folding", () => {
  beforeEach(setUp);

  it("counts each inference once, also when it dies within a batch, and is done when it is done", async () => {
    await logStream(a.ctx, modelId, daysOf(streamFrom, 9, 2), "s");
    await database().execute(sql`create function fail_now() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$`);
    await database().execute(sql`create trigger fail_now before insert on monitor_windows for each row execute function fail_now()`);
    await foldMonitors();
    await database().execute(sql`drop trigger fail_now on monitor_windows; drop function fail_now()`);
    expect(await monitor()).toMatchObject({ state: "no_data", rowsFolded: 0 });
    await foldAll();
    await logStream(a.ctx, modelId, daysOf(streamFrom, 9, 2), "s");
    await foldAll();
    const { hours, windows } = await readMonitorSeries(a.ctx, { name: "delay", hours: 2_000 });
    expect(hours.reduce((sum, hour) => sum + hour.rows, 0)).toBe(9 * 150);
    expect(windows.filter((window) => window.rule === "volume").map((window) => [window.value, window.verdict])).toEqual(Array.from({ length: 8 }, () => [150, "ok"]));
    expect(await monitor()).toMatchObject({ state: "healthy", rowsFolded: 1_350, sinceClock: "stream", watermark: new Date(streamFrom + 8 * dayMs + Math.floor((149 / 150) * dayMs)) });
    expect(await open()).toEqual([]);
  });

  it("is not led astray by a few requests far ahead of the stream, but follows it when it moves there", async () => {
    await logStream(a.ctx, modelId, daysOf(streamFrom, 3, 3), "s");
    await foldAll();
    const before = (await monitor()).watermark;
    const now = Date.now();
    await logStream(a.ctx, modelId, daysOf(now - hourMs, 1, 4, { rowsADay: 20 }).map((row) => ({ ...row, at: now - 5_000 })), "stray");
    await foldAll();
    expect(await monitor()).toMatchObject({ watermark: before, rowsAhead: 20 });
    await logStream(a.ctx, modelId, daysOf(now - 2 * dayMs, 1, 5), "moved");
    await foldAll();
    expect((await monitor()).watermark?.getTime()).toBeGreaterThan(now - 2 * dayMs);
  });

  it("leaves out requests without an event time while the stream has a clock of its own, however many", async () => {
    await logStream(a.ctx, modelId, daysOf(streamFrom, 3, 3), "s");
    await foldAll();
    const before = (await monitor()).watermark;
    const now = Date.now();
    await logStream(a.ctx, modelId, daysOf(now, 1, 4, { rowsADay: 400 }).map((row) => ({ ...row, at: now })), "untimed", 1, now);
    await foldAll();
    expect(await monitor()).toMatchObject({ watermark: before, rowsAhead: 0, rowsUntimed: 400, state: "healthy" });
  });

  it("judges nothing of the silence that the stream leapt over", async () => {
    await logStream(a.ctx, modelId, daysOf(streamFrom, 3, 3), "s");
    await foldAll();
    await logStream(a.ctx, modelId, daysOf(streamFrom + 60 * dayMs, 3, 5), "later");
    await foldAll();
    const { windows } = await readMonitorSeries(a.ctx, { name: "delay", hours: 2_000 });
    expect(windows.filter((window) => window.rule === "volume").map((window) => window.value)).toEqual([150, 150, 150, 150]);
    expect(await open()).toEqual([]);
  });

  it("judges no week of which the stream covers a part, be it after a leap or a few requests from long before", async () => {
    const weeks = async () => (await readMonitorSeries(a.ctx, { name: "delay", rule: "feature-drift", column: "hour" })).windows.map((window) => (window.startsAt.getTime() - streamFrom) / dayMs);
    await logStream(a.ctx, modelId, daysOf(streamFrom - 20 * dayMs, 1, 3, { rowsADay: 3 }), "asked");
    await logStream(a.ctx, modelId, daysOf(streamFrom, 3, 4), "s");
    await foldAll();
    expect(await weeks()).toEqual([]);
    await logStream(a.ctx, modelId, daysOf(streamFrom + 3 * dayMs, 6, 5), "on");
    await foldAll();
    expect(await weeks()).toEqual([0, 1]);
    await logStream(a.ctx, modelId, daysOf(streamFrom + 60 * dayMs, 9, 6), "later");
    await foldAll();
    expect(await weeks()).toEqual([0, 1, 60, 61]);
  });

  it("skips no window of a stream that it reads in large batches", async () => {
    await logStream(a.ctx, modelId, daysOf(streamFrom, 80, 7), "s");
    await foldAll();
    const { windows } = await readMonitorSeries(a.ctx, { name: "delay", windows: 100, hours: 2_000 });
    expect(windows.filter((window) => window.rule === "volume")).toHaveLength(79);
  });

  it("leaves out rows from beyond the server's own clock", async () => {
    await logStream(a.ctx, modelId, daysOf(Date.now() + 30 * dayMs, 1, 6), "future");
    await foldAll();
    expect(await monitor()).toMatchObject({ watermark: null, rowsFolded: 0 });
  });
});

describe("alerts", () => {
  beforeEach(setUp);

  it("fire once with the window that did it, stay one while it lasts, and resolve themselves", async () => {
    await logStream(a.ctx, modelId, daysOf(streamFrom, 8, 7), "calm");
    await foldAll();
    expect(await open()).toEqual([]);
    await logStream(a.ctx, modelId, daysOf(streamFrom + 8 * dayMs, 6, 8, { mean: 25 }), "drift");
    await foldAll();
    const [alert, ...others] = (await open()).filter((one) => one.rule === "feature-drift");
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ state: "firing", dedupKey: "delay/feature-drift", model: "delay", title: expect.stringContaining("delay_mean") });
    expect(alert?.windows).toBeGreaterThan(1);
    expect(alert?.evidence.columns[0]).toMatchObject({ column: "delay_mean" });
    expect(alert?.endsAt.getTime()).toBeGreaterThan(streamFrom + 8 * dayMs);
    // Known at its first broken window's end, not at its start.
    const began = Math.min(...(await open()).map((one) => one.endsAt.getTime()));
    expect(await monitor()).toMatchObject({ state: "degraded", since: new Date(began), sinceClock: "stream" });
    expect((await listMonitors(a.ctx, {}))[0]).toMatchObject({ name: "delay", state: "degraded", worst: { verdict: "breach" } });
    const drift = await readFeatureDrift(a.ctx, { name: "delay" });
    expect(drift.columns[0]).toMatchObject({ column: "delay_mean", firstBadWindow: alert?.endsAt });
    expect(drift.columns[0]?.bins).toHaveLength(10);
    expect(drift.columns[0]?.ratio).toBeGreaterThan(1);
    // Two days are not held against the limit of a week.
    const { columns } = await readFeatureDrift(a.ctx, { name: "delay", hours: 48 });
    expect(columns.map(({ limit, ratio, firstBadWindow }) => [limit, ratio, firstBadWindow])).toEqual(columns.map(() => [null, null, null]));
    expect(columns[0]).toMatchObject({ psi: expect.any(Number) });
    const room = await getAlert(a.ctx, { alertId: alert?.id ?? "" });
    expect(room.owners).toEqual([{ of: "monitor delay", owner: "flights@example.org" }]);
    expect(room.changes.map((change) => change.what)).toContain("monitoring.applyMonitor");
    expect(room.changesTo).toEqual(new Date(alert?.evidence.receivedTo ?? ""));
    expect(room.changesFrom.getTime()).toBeLessThan(Date.parse(alert?.evidence.receivedFrom ?? ""));
    expect(room.steps.length).toBeGreaterThan(0);
    await logStream(a.ctx, modelId, daysOf(streamFrom + 14 * dayMs, 10, 9), "calm-again");
    await foldAll();
    expect(await open()).toEqual([]);
    const events = (await emittedEvents(a.project.id, alertChanged.name)) as { alertId: string; event: string }[];
    expect(events.filter((event) => event.alertId === alert?.id).map((event) => event.event)).toEqual(["alert.firing", "alert.resolved"]);
    expect((await getAlert(a.ctx, { alertId: alert?.id ?? "" })).alert).toMatchObject({ state: "resolved", resolvedBy: "the next window held" });
    expect((await monitor()).state).toBe("healthy");
  });

  it("tell what is worst while they last: a feature that breaks later, or further, is named, and told to channels", async () => {
    await logStream(a.ctx, modelId, daysOf(streamFrom, 8, 7), "calm");
    await foldAll();
    for (const [at, shift] of [{ mean: 25 }, { mean: 60 }, { mean: 60 }, {}].entries()) {
      await logStream(a.ctx, modelId, daysOf(streamFrom + (8 + at) * dayMs, 1, 20 + at, shift), `day${at}`);
      await foldAll();
    }
    const found = (await open()).find((one) => one.rule === "feature-drift");
    expect(found?.broken[0]).toMatchObject({ column: "delay_mean" });
    const windows = (await readMonitorSeries(a.ctx, { name: "delay", rule: "feature-drift", column: "delay_mean" })).windows.filter(({ verdict }) => verdict === "breach");
    const worst = windows.reduce((one, other) => ((other.ratio ?? 0) > (one.ratio ?? 0) ? other : one));
    expect(found?.broken[0]).toMatchObject({ value: worst.value, endsAt: worst.endsAt.toISOString(), windows: windows.length });
    expect(windows.length).toBeGreaterThan(1);
    expect(worst.endsAt.getTime()).toBeGreaterThan(found?.endsAt.getTime() ?? 0);
    expect(found?.title).toContain(`delay_mean ${worst.value?.toPrecision(3)}`);
    expect(found && alertPayload(found, "alert.firing", "shop").data).toMatchObject({ title: found?.title, worst: found?.broken.slice(0, 5) });
  });

  it("that fired before their columns were counted say nothing of how often, as long as they last", async () => {
    await logStream(a.ctx, modelId, daysOf(streamFrom, 8, 7), "calm");
    for (const at of [0, 1]) {
      await logStream(a.ctx, modelId, daysOf(streamFrom + (8 + at) * dayMs, 1, 20 + at, { mean: 60 }), `day${at}`);
    }
    await logStream(a.ctx, modelId, daysOf(streamFrom + 10 * dayMs, 1, 22), "next");
    await foldAll();
    const alertId = (await open()).find((one) => one.rule === "feature-drift")?.id ?? "";
    const read = async () => (await getAlert(a.ctx, { alertId })).alert;
    const { windows } = await read();
    expect(windows).toBeGreaterThan(1);
    await database().execute(sql`update alerts set broken = null where id = ${alertId}`);
    expect((await read()).broken[0]).toMatchObject({ column: "delay_mean", windows: null });
    await logStream(a.ctx, modelId, daysOf(streamFrom + 11 * dayMs, 1, 23), "last");
    await foldAll();
    const later = await read();
    expect(later.windows).toBeGreaterThan(windows);
    expect(later.broken.map((one) => one.windows)).toEqual(later.broken.map(() => null));
  });

  it("are acknowledged and resolved by people, once", async () => {
    await logStream(a.ctx, modelId, daysOf(streamFrom, 1, 10), "day");
    await logStream(a.ctx, modelId, daysOf(streamFrom + dayMs, 1, 11, { rowsADay: 20 }), "quiet");
    await logStream(a.ctx, modelId, daysOf(streamFrom + 2 * dayMs, 1, 12), "next");
    await foldAll();
    const [alert] = await open();
    expect(alert).toMatchObject({ rule: "volume", title: expect.stringMatching(/volume 20\.0, below 136/) });
    const alertId = alert?.id ?? "";
    await expect(acknowledgeAlert(await a.as("viewer"), { alertId })).rejects.toThrow(Forbidden);
    expect(await acknowledgeAlert(a.ctx, { alertId, note: "a holiday" })).toMatchObject({ state: "acknowledged", acknowledgedNote: "a holiday", acknowledgedBy: a.ctx.actor.name });
    await expect(acknowledgeAlert(a.ctx, { alertId })).rejects.toThrow(Conflict);
    expect(await resolveAlert(a.ctx, { alertId })).toMatchObject({ state: "resolved", acknowledgedNote: "a holiday", resolvedNote: "" });
    await expect(resolveAlert(a.ctx, { alertId })).rejects.toThrow(Conflict);
    await expect(getAlert((await testProject()).ctx, { alertId })).rejects.toThrow(NotFound);
  });

  it("tell of falling quality from delayed labels, once a day's labels had their time", async () => {
    const days = daysOf(streamFrom, 6, 13).concat(daysOf(streamFrom + 6 * dayMs, 2, 14, { lateness: 3 }), daysOf(streamFrom + 8 * dayMs, 2, 15));
    await logStream(a.ctx, modelId, days, "p");
    const labels = days.map(({ at, label }, i) => ({ predictionId: `p-${i}`, label, knownAt: new Date(at + 2 * hourMs).toISOString() }));
    await recordLabels(a.ctx, { model: "delay", labels });
    await joinLabels();
    await foldAll();
    const calibration = await readMonitorSeries(a.ctx, { name: "delay", rule: "calibration" });
    const byDay = calibration.windows.map((window) => [(window.endsAt.getTime() - streamFrom) / dayMs, window.verdict]);
    // The last day still waits for its labels.
    expect(byDay).toEqual([[1, "ok"], [2, "ok"], [3, "ok"], [4, "ok"], [5, "ok"], [6, "ok"], [7, "breach"], [8, "breach"], [9, "ok"]]);
    expect((await listAlerts(a.ctx, {})).alerts.map((alert) => [alert.rule, alert.state])).toContainEqual(["calibration", "resolved"]);
    expect((await ruleOf("loss"))?.judgedTo).toEqual(new Date(streamFrom + 9 * dayMs));
  });
});

describe("an edit", () => {
  beforeEach(setUp);

  it("of the rules while traffic flows judges no window on rows that are not read again yet", async () => {
    // More than one batch: the first of the second reading ends long before the stream's clock.
    await logStream(a.ctx, modelId, daysOf(streamFrom, 45, 21), "calm");
    await foldAll();
    const { operationId } = await applyMonitor(a.ctx, { ...definition, calibrate: { times: 2, floor: 0.2 } });
    await logStream(a.ctx, modelId, daysOf(streamFrom + 45 * dayMs, 4, 22), "meanwhile");
    await foldAll();
    await runOperationNow(operationId);
    await foldAll();
    expect((await listAlerts(a.ctx, {})).alerts).toEqual([]);
    const { windows } = await readMonitorSeries(a.ctx, { name: "delay", rule: "volume" });
    const last = windows.filter((window) => window.endsAt.getTime() > streamFrom + 45 * dayMs);
    expect(last.map((window) => [(window.endsAt.getTime() - streamFrom) / dayMs, window.rows])).toEqual([[46, 150], [47, 150], [48, 150]]);
    expect(await monitor()).toMatchObject({ rowsFolded: 49 * 150, watermark: new Date(Math.max(...daysOf(streamFrom + 48 * dayMs, 1, 1).map(({ at }) => at))) });
  });

  it("of the owner or the description alone calibrates nothing anew", async () => {
    const before = await monitor();
    const words = { ...definition, owner: "night@example.org", description: "Delays.", runbook: "Look first." };
    expect(await applyMonitor(a.ctx, words)).toEqual({ name: "delay", version: 1, change: "changed", operationId: null });
    expect(await monitor()).toMatchObject({ owner: "night@example.org", version: 1, baseline: { id: before.baseline?.id }, definition: { runbook: "Look first." } });
    expect(await applyMonitor(a.ctx, words)).toMatchObject({ change: "unchanged" });
    expect(await applyMonitor(a.ctx, { ...words, min_rows: 60 })).toMatchObject({ change: "changed", version: 2, operationId: expect.any(String) });
  });
});

describe("a new champion", () => {
  it("gets a baseline of its own, and the log is read against it", async () => {
    await setUp();
    await logStream(a.ctx, modelId, daysOf(streamFrom, 3, 16), "old");
    await foldAll();
    await makeChampion(a.ctx, "delay", await addVersion(a.ctx, modelId, "second"));
    await followChampion(a.project.id, { modelId, alias: "champion" });
    const { operation } = await monitor();
    await runOperationNow(operation?.id ?? null);
    expect((await monitor()).baseline).toMatchObject({ modelVersion: 2 });
    await logStream(a.ctx, modelId, daysOf(streamFrom + 3 * dayMs, 1, 17), "new", 2);
    await foldAll();
    const drift = await readFeatureDrift(a.ctx, { name: "delay" });
    expect(drift.columns.find((column) => column.column === "hour")?.rows).toBe(600);
    expect(drift.columns.find((column) => column.isScore)?.rows).toBe(150);
    expect((await monitor()).rowsFolded).toBe(600);
  });
});

describe("a reset", () => {
  it("forgets the stream, and begins with what comes then", async () => {
    await setUp();
    await logStream(a.ctx, modelId, daysOf(streamFrom, 3, 18), "old");
    await foldAll();
    await resetMonitor(a.ctx, { name: "delay" });
    expect(await monitor()).toMatchObject({ state: "no_data", watermark: null, rowsFolded: 0 });
    await logStream(a.ctx, modelId, daysOf(streamFrom, 2, 19), "again");
    await foldAll();
    expect(await monitor()).toMatchObject({ rowsFolded: 300, state: "healthy" });
  });

  it("is healthy since a moment that its stream has reached, whatever alerts an earlier round had later", async () => {
    await setUp();
    const days = [{}, {}, { rowsADay: 20 }, {}, {}].entries();
    for (const [at, shift] of days) await logStream(a.ctx, modelId, daysOf(streamFrom + at * dayMs, 1, 30 + at, shift), `first${at}`);
    await foldAll();
    expect((await listAlerts(a.ctx, {})).alerts).toMatchObject([{ rule: "volume", state: "resolved" }]);
    await resetMonitor(a.ctx, { name: "delay" });
    await logStream(a.ctx, modelId, daysOf(streamFrom, 2, 40), "second");
    await foldAll();
    expect(await monitor()).toMatchObject({ state: "healthy", since: new Date(streamFrom) });
  });

  it("counts no label of the new round as late because the last round's came already", async () => {
    await setUp();
    const round = async (prefix: string) => {
      for (let day = 0; day < 3; day += 1) {
        const rows = daysOf(streamFrom + day * dayMs, 1, 20 + day);
        await logStream(a.ctx, modelId, rows, `${prefix}${day}`);
        await foldAll();
        await recordLabels(a.ctx, { model: "delay", labels: rows.map(({ at, label }, i) => ({ predictionId: `${prefix}${day}-${i}`, label, knownAt: new Date(at + 2 * hourMs).toISOString() })) });
        await joinLabels();
        await foldAll();
      }
    };
    await round("first");
    const before = (await monitor()).labels;
    await resetMonitor(a.ctx, { name: "delay" });
    await round("again");
    expect((await monitor()).labels).toMatchObject({ joined: 2 * before.joined, late: before.late });
    const { labelDays } = await readMonitorSeries(a.ctx, { name: "delay" });
    expect(labelDays.map((one) => one.labels)).toEqual([150, 150, 150]);
    await makeChampion(a.ctx, "delay", await addVersion(a.ctx, modelId, "second"));
    await followChampion(a.project.id, { modelId, alias: "champion" });
    await runOperationNow((await monitor()).operation?.id ?? null);
    await foldAll();
    expect((await monitor()).rowsFolded).toBe(450);
  });
});
