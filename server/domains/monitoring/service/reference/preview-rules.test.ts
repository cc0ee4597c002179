/** Trying rules on a reference: the same answer as applying them, and nothing kept. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { stopInferenceThread } from "@/server/domains/models/serving/runtime/runtime";
import { database } from "@/server/platform/db";
import { Forbidden, Invalid, NotFound } from "@/server/platform/errors";
import { getOperation } from "@/server/platform/operations";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { sql } from "drizzle-orm";
import { definition, runOperationNow, watchedModel } from "../../testing/watched-model";
import { applyMonitor } from "../apply-monitor";
import { previewRules } from "./preview-rules";
import { getMonitor } from "../read-monitors";

let a: TestProject;
const { model, reference, rules, min_rows } = definition;
const asked = { model, reference, rules, min_rows };

async function preview(over: object = {}) {
  const { operationId } = await previewRules(a.ctx, { ...asked, ...over });
  await runOperationNow(operationId);
  return getOperation(a.ctx, { operationId });
}

beforeAll(async () => {
  a = await testProject();
  await watchedModel(a.ctx);
  await runOperationNow((await applyMonitor(a.ctx, definition)).operationId);
});
afterAll(stopInferenceThread);

it("says of each rule what the baseline says once it is applied", async () => {
  const { baseline } = await getMonitor(a.ctx, { name: "delay" });
  const { state, result } = await preview();
  expect(state).toBe("succeeded");
  expect(result).toMatchObject({ rows: 6_000, modelVersion: 1, backtest: baseline?.backtest.map((one) => ({ ...one, series: [] })) });
});

it("a tighter limit fires more often, and what was applied is not touched", async () => {
  const before = await getMonitor(a.ctx, { name: "delay" });
  const tight = await preview({ calibrate: { times: 1, floor: 0 }, rules: [{ name: "drift", measure: "psi", of: "features", window: "2d" }] });
  const [rule] = (tight.result?.backtest ?? []) as { rule: string; windows: number; halfFired: number }[];
  expect(rule).toMatchObject({ rule: "drift", windows: expect.any(Number) });
  expect(rule?.halfFired).toBeGreaterThan(0);
  const after = await getMonitor(a.ctx, { name: "delay" });
  expect(after).toMatchObject({ version: before.version, definition: before.definition, operation: { id: before.operation?.id } });
  const audited = await database().execute<{ n: number }>(sql`select count(*)::int as n from audit_log where project_id = ${a.project.id} and action = 'monitoring.previewRules'`);
  expect(audited.rows).toEqual([{ n: 0 }]);
});

it("tries rules where no monitor is yet, and says what is wrong with the reference", async () => {
  const other = await testProject();
  await watchedModel(other.ctx);
  const ran = async (over: object) => {
    const { operationId } = await previewRules(other.ctx, { ...asked, ...over });
    await runOperationNow(operationId).catch(() => undefined);
    return getOperation(other.ctx, { operationId });
  };
  expect(await ran({})).toMatchObject({ state: "succeeded", result: { rows: 6_000 } });
  expect((await ran({ reference: { ...reference, from: "1999-01-01", to: "1999-02-01" } })).error).toMatch(/no rows with day from 1999-01-01/);
});

it("refuses rules that can't be applied, a model or dataset that is not there, and a viewer", async () => {
  await expect(previewRules(a.ctx, { ...asked, rules: [{ name: "r", measure: "psi", window: "7d" }] })).rejects.toThrow(Invalid);
  await expect(previewRules(a.ctx, { ...asked, model: "nothing" })).rejects.toThrow(NotFound);
  await expect(previewRules(a.ctx, { ...asked, reference: { ...reference, dataset: "nothing" } })).rejects.toThrow(NotFound);
  await expect(previewRules(await a.as("viewer"), asked)).rejects.toThrow(Forbidden);
});

const stateOf = async (operationId: string) => (await getOperation(a.ctx, { operationId })).state;
const later = (day: string) => ({ reference: { ...reference, from: day } });
const ask = async (over: object, ctx = a.ctx) => (await previewRules(ctx, { ...asked, ...over })).operationId;
const setRunning = (id: string) => database().execute(sql`update operations set state = 'running' where id = ${id}`);

it("a new preview ends the person's former one, whether it waits or runs, and nobody else's", async () => {
  const others = await ask(later("2001-03-02"), await a.as("member"));
  const waiting = await ask(later("2001-03-03"));
  const running = await ask(later("2001-03-04"));
  await setRunning(running);
  const newest = await ask(later("2001-03-05"));
  expect([await stateOf(waiting), await stateOf(running), await stateOf(newest), await stateOf(others)]).toEqual(["cancelled", "cancelled", "queued", "queued"]);
  const { rows } = await database().execute<{ queue: string | null }>(sql`
    select q.queue_name as queue from graphile_worker._private_jobs j left join graphile_worker._private_job_queues q on q.id = j.job_queue_id where j.payload->>'operationId' = ${newest}`);
  expect(rows).toEqual([{ queue: "preview-rules" }]);
});

it("one that reads the same reference goes on for the next, which finds it read", async () => {
  const reading = await ask(later("2001-03-06"));
  await setRunning(reading);
  const next = await ask({ ...later("2001-03-06"), min_rows: 7 });
  expect([await stateOf(reading), await stateOf(next)]).toEqual(["running", "queued"]);
  await Promise.all([runOperationNow(reading), runOperationNow(next)]);
  const [first, second] = await Promise.all([reading, next].map((operationId) => getOperation(a.ctx, { operationId })));
  expect([first?.state, second?.state]).toEqual(["succeeded", "succeeded"]);
  // Only who reads says at what stage it is.
  expect([first?.stage, second?.stage].filter(Boolean)).toHaveLength(1);
});

it("what is cancelled while it reads stops there, and is read anew by who asks next", async () => {
  const cancelled = await ask(later("2001-03-07"));
  const going = runOperationNow(cancelled);
  await ask(later("2001-03-08"));
  await going;
  expect(await getOperation(a.ctx, { operationId: cancelled })).toMatchObject({ state: "cancelled", result: null });
  expect(await preview(later("2001-03-07"))).toMatchObject({ state: "succeeded" });
});
