/** A baseline belongs to one version of its monitor: what is of another judges nothing, and does not pass for one that does. */
import { sql } from "drizzle-orm";
import { afterAll, beforeEach, expect, it, vi } from "vitest";
import { stopInferenceThread } from "@/server/domains/models/serving/runtime/runtime";
import { database } from "@/server/platform/db";
import { cancelOperation } from "@/server/platform/operations";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { lockMonitorOfName, saveMonitor } from "../../store/monitors";
import { foldToEnd } from "../../testing/fold-all";
import { daysOf, definition, logStream, runOperationNow, streamFrom, watchedModel } from "../../testing/watched-model";
import { applyMonitor } from "../apply-monitor";
import { getMonitor, listMonitors } from "../read-monitors";

let a: TestProject;
let modelId = "";
const wider = { ...definition, calibrate: { times: 2, floor: 0.2 } };
const monitor = () => getMonitor(a.ctx, { name: "delay" });

beforeEach(async () => {
  a = await testProject();
  modelId = await watchedModel(a.ctx);
});
afterAll(stopInferenceThread);

/** For a lock that another connection to this database holds. */
const isSomebodyWaiting = async () => (await database().execute(sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).rows.length > 0;

it("is not used by a monitor that was changed while it was computed", async () => {
  const { operationId } = await applyMonitor(a.ctx, definition);
  let computing: Promise<unknown> | undefined;
  await database().transaction(async (tx) => {
    const held = await lockMonitorOfName(tx, a.project.id, "delay");
    if (!held) throw new Error("there is no monitor");
    computing = runOperationNow(operationId);
    await vi.waitUntil(isSomebodyWaiting, { timeout: 20_000 });
    await saveMonitor(tx, { ...held, version: 2 });
  });
  await computing;
  expect(await monitor()).toMatchObject({ version: 2, state: "calibrating", baseline: null, operation: { state: "succeeded", result: { superseded: true } } });
});

it("of a version before judges nothing, and says so; the same, applied again, computes its own", async () => {
  await runOperationNow((await applyMonitor(a.ctx, definition)).operationId);
  await logStream(a.ctx, modelId, daysOf(streamFrom, 3, 3), "s");
  await foldToEnd(a.ctx, "delay");
  expect(await monitor()).toMatchObject({ state: "healthy" });
  const changed = await applyMonitor(a.ctx, wider);
  await cancelOperation(a.ctx, { operationId: changed.operationId ?? "" });
  expect(await monitor()).toMatchObject({ version: 2, state: "calibrating", sinceClock: "server", baseline: { monitorVersion: 1 } });
  expect(await listMonitors(a.ctx, {})).toMatchObject([{ state: "calibrating" }]);
  const again = await applyMonitor(a.ctx, wider);
  expect(again).toEqual({ name: "delay", version: 2, change: "unchanged", operationId: expect.any(String) });
  // While that one is under way there is no second.
  expect(await applyMonitor(a.ctx, wider)).toEqual(again);
  await runOperationNow(again.operationId);
  await foldToEnd(a.ctx, "delay");
  expect(await monitor()).toMatchObject({ version: 2, state: "healthy", baseline: { monitorVersion: 2 } });
  expect(await applyMonitor(a.ctx, wider)).toMatchObject({ change: "unchanged", operationId: null });
});
