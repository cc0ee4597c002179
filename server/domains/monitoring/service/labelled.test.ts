/** How much of what a monitor has read is labelled. */
import { sql } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { stopInferenceThread } from "@/server/domains/models/serving/runtime/runtime";
import { database } from "@/server/platform/db";
import { testProject } from "@/server/platform/testing/project";
import { dayMs, hourMs } from "../contract/definition";
import { daysOf, definition, logStream, runOperationNow, streamFrom, watchedModel } from "../testing/watched-model";
import { listAlerts } from "./alerts";
import { applyMonitor, resetMonitor } from "./apply-monitor";
import { foldMonitors } from "./fold-inferences";
import { getMonitor, readMonitorSeries } from "./read-monitors";
import { joinLabels, recordLabels } from "./record-labels";

afterAll(stopInferenceThread);

it("a monitor tells how many of the predictions that it read have a label, not of those that a monitor before it had read", async () => {
  const { ctx, project } = await testProject();
  const modelId = await watchedModel(ctx);
  await runOperationNow((await applyMonitor(ctx, definition)).operationId);
  await database().execute(sql`
    insert into label_days (model_id, project_id, day, version, labels, positives, log_loss_sum, score_sum)
    values (${modelId}, ${project.id}, ${new Date(streamFrom - 40 * dayMs).toISOString()}::timestamptz, 1, 3000000000, 1, 1, 1)`);
  const rows = daysOf(streamFrom, 2, 6);
  await logStream(ctx, modelId, rows, "read");
  const labels = rows.slice(100, 200).map(({ at, label }, i) => ({ predictionId: `read-${100 + i}`, label, knownAt: new Date(at + 2 * hourMs).toISOString() }));
  await recordLabels(ctx, { model: "delay", labels });
  await joinLabels();
  for (let i = 0; i < 3; i += 1) await foldMonitors();
  expect((await getMonitor(ctx, { name: "delay" })).labels).toMatchObject({ predictions: 300, labelled: 100 });
  // One that was asked of long before, on the day that the other monitor had read, takes in one label at most.
  await logStream(ctx, modelId, [{ ...rows[0], at: streamFrom - 40 * dayMs } as (typeof rows)[0]], "stray");
  for (let i = 0; i < 3; i += 1) await foldMonitors();
  expect((await getMonitor(ctx, { name: "delay" })).labels).toMatchObject({ predictions: 301, labelled: 101 });
});

it("labels of predictions that a monitor could not place in time do not stand for those that it read", async () => {
  const { ctx } = await testProject();
  const modelId = await watchedModel(ctx);
  await runOperationNow((await applyMonitor(ctx, definition)).operationId);
  await logStream(ctx, modelId, daysOf(streamFrom, 2, 6), "read");
  for (let i = 0; i < 3; i += 1) await foldMonitors();
  const untimed = daysOf(streamFrom + 2 * dayMs, 1, 6).slice(0, 120);
  await logStream(ctx, modelId, untimed, "untimed");
  await database().execute(sql`update inferences set event_time = received_at where model_id = ${modelId} and prediction_id like 'untimed-%'`);
  await recordLabels(ctx, { model: "delay", labels: untimed.map(({ label }, i) => ({ predictionId: `untimed-${i}`, label, knownAt: new Date().toISOString() })) });
  await joinLabels();
  for (let i = 0; i < 3; i += 1) await foldMonitors();
  expect(await getMonitor(ctx, { name: "delay" })).toMatchObject({ rowsUntimed: 120, labels: { predictions: 300, labelled: 0, joined: 120 } });
});

it("a stream that begins anew does so for each monitor of its model", async () => {
  const { ctx } = await testProject();
  const modelId = await watchedModel(ctx);
  for (const name of ["delay", "other"]) await runOperationNow((await applyMonitor(ctx, { ...definition, name })).operationId);
  const round = async (prefix: string) => {
    const rows = daysOf(streamFrom, 2, 6);
    await logStream(ctx, modelId, rows, prefix);
    await recordLabels(ctx, { model: "delay", labels: rows.slice(0, 50).map(({ at, label }, i) => ({ predictionId: `${prefix}-${i}`, label, knownAt: new Date(at + 2 * hourMs).toISOString() })) });
    await joinLabels();
    for (let i = 0; i < 6; i += 1) await foldMonitors();
    return Promise.all(["delay", "other"].map((name) => getMonitor(ctx, { name })));
  };
  const once = { rowsFolded: 300, labels: { predictions: 300, labelled: 50, late: 0 } };
  expect(await round("first")).toMatchObject([once, once]);
  await resetMonitor(ctx, { name: "delay" });
  expect(await round("second")).toMatchObject([once, once]);
});

it("labels of a round that a reset ended tell nothing of the next one, whenever they come", async () => {
  const { ctx } = await testProject();
  const modelId = await watchedModel(ctx);
  await runOperationNow((await applyMonitor(ctx, definition)).operationId);
  const rows = daysOf(streamFrom, 2, 6);
  const record = (prefix: string, from: number, to: number, lag: number) =>
    recordLabels(ctx, { model: "delay", labels: rows.slice(from, to).map(({ at, label }, i) => ({ predictionId: `${prefix}-${from + i}`, label, knownAt: new Date(at + lag).toISOString() })) });
  const labels = async () => {
    await joinLabels();
    for (let i = 0; i < 3; i += 1) await foldMonitors();
    return (await getMonitor(ctx, { name: "delay" })).labels;
  };
  await logStream(ctx, modelId, rows, "first");
  await record("first", 0, 50, 30 * dayMs);
  await resetMonitor(ctx, { name: "delay" });
  await record("first", 50, 100, 30 * dayMs);
  expect(await labels()).toMatchObject({ joined: 100, waiting: 0, late: 0, watermark: null });
  await logStream(ctx, modelId, rows, "second");
  await record("second", 0, 10, hourMs);
  expect(await labels()).toMatchObject({ predictions: 300, labelled: 10, joined: 110, watermark: new Date((rows[9]?.at ?? 0) + hourMs) });
});

it("a score that is no number makes no bad day good, and resolves no alert", async () => {
  const { ctx, project } = await testProject();
  const modelId = await watchedModel(ctx);
  await runOperationNow((await applyMonitor(ctx, definition)).operationId);
  // From the third day on all were late, whatever the scores said; on the fourth one score is missing.
  const rows = daysOf(streamFrom, 6, 6).map((row, i) => ({ ...row, label: i < 300 ? row.label : (1 as const), score: i === 500 ? Number.NaN : row.score }));
  await logStream(ctx, modelId, rows, "p");
  await recordLabels(ctx, { model: "delay", labels: rows.map(({ at, label }, i) => ({ predictionId: `p-${i}`, label, knownAt: new Date(at + 2 * hourMs).toISOString() })) });
  await joinLabels();
  // Sums of the fifth day that are no number, as they were kept once.
  await database().execute(sql`
    insert into label_days (model_id, project_id, day, version, labels, positives, log_loss_sum, score_sum)
    values (${modelId}, ${project.id}, ${new Date(streamFrom + 4 * dayMs).toISOString()}::timestamptz, 2, 1, 1, 'NaN', 'NaN')`);
  for (let i = 0; i < 3; i += 1) await foldMonitors();
  const { windows, hours } = await readMonitorSeries(ctx, { name: "delay", rule: "loss" });
  expect(windows.map(({ verdict, rows: labels }) => [verdict, labels])).toEqual([["ok", 150], ["ok", 150], ["breach", 150], ["breach", 149], ["too_little", 151]]);
  expect(windows.at(-1)).toMatchObject({ value: null, ratio: null });
  expect(hours.filter(({ meanScore }) => !Number.isFinite(meanScore))).toEqual([]);
  expect((await listAlerts(ctx, { state: "open" })).alerts.filter(({ rule }) => rule === "loss")).toMatchObject([{ state: "firing", windows: 2 }]);
});
