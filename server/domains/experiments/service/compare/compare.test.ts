import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { runSets } from "@/drizzle/schema/comparisons";
import { database } from "@/server/platform/db";
import { testProject } from "@/server/platform/testing/project";
import { logBatch } from "../log";
import { sealRun } from "../metrics/seal-metrics";
import { deleteRun } from "../deletion/delete-run";
import { createReport } from "../reports/reports";
import { createRun } from "../runs";
import { readComparison, readMetricColumns } from "./comparison";
import { readCurves } from "./curves";
import { keepRunSet } from "./run-sets";

type Project = Awaited<ReturnType<typeof testProject>>;

async function logged({ ctx }: Project, name: string, values: readonly number[], params: Record<string, string> = {}) {
  const run = await createRun(ctx, { experimentNo: 0, name });
  const metrics = values.map((value, step) => ({ key: "loss", value, step, timestamp: 1_000 + step }));
  for (let from = 0; from < metrics.length; from += 1_000) await logBatch(ctx, { runId: run.id, metrics: metrics.slice(from, from + 1_000) });
  await logBatch(ctx, { runId: run.id, params: Object.entries(params).map(([key, value]) => ({ key, value })), tags: [{ key: "team", value: name }] });
  return run.id;
}

it("keeps a set under an id of its content, and reads it as the runs themselves", async () => {
  const project = await testProject("member");
  const runIds = [await logged(project, "a", [3, 1, 2], { lr: "0.1" }), await logged(project, "b", [5], { lr: "0.1", depth: "4" }), await logged(project, "c", [])];
  const { id } = await keepRunSet(project.ctx, { runIds });
  expect((await keepRunSet(project.ctx, { runIds })).id).toBe(id);
  const kept = await readComparison(project.ctx, { set: id });
  expect(kept).toEqual(await readComparison(project.ctx, { runIds }));
  expect(kept.runs.map(({ name }) => name)).toEqual(["a", "b", "c"]);
  expect(kept.params).toEqual([{ key: "depth", values: [null, "4", null] }, { key: "lr", values: ["0.1", "0.1", null] }]);
  expect(kept.tags).toEqual([{ key: "team", values: ["a", "b", "c"] }]);
  expect(kept.metrics).toEqual([{ key: "loss", runs: 2, points: 3, total: 4 }]);
  expect(await readMetricColumns(project.ctx, { set: id, keys: ["loss", "none"] })).toEqual([
    { key: "loss", last: [2, 5, null], lastStep: [2, 0, null], min: [1, 5, null], minStep: [1, 0, null], max: [3, 5, null], maxStep: [0, 0, null] },
    { key: "none", last: [null, null, null], lastStep: [null, null, null], min: [null, null, null], minStep: [null, null, null], max: [null, null, null], maxStep: [null, null, null] },
  ]);
});

it("shows a deleted run still, and says how many are not this project's", async () => {
  const project = await testProject("member");
  const own = await logged(project, "a", [1]);
  await deleteRun(project.ctx, { runId: own });
  const other = await testProject("member");
  const foreign = await logged(other, "x", [1]);
  const { runs, missing, metrics } = await readComparison(project.ctx, { runIds: [own, foreign] });
  expect([runs.map(({ lifecycleStage }) => lifecycleStage), missing, metrics.length]).toEqual([["deleted"], 1, 1]);
  await expect(keepRunSet(project.ctx, { runIds: [own, foreign] })).rejects.toThrow(`Run with id=${foreign.replaceAll("-", "")} not found`);
  const { id } = await keepRunSet(other.ctx, { runIds: [foreign, await logged(other, "y", [1])] });
  await expect(readComparison(project.ctx, { set: id })).rejects.toThrow("not known here");
});

it("draws many curves with fewer points each, and loses no extremum, sealed or not", async () => {
  const project = await testProject("member");
  const values = Array.from({ length: 2_000 }, (_, step) => Math.sin(step / 90) + (step === 777 ? 50 : step === 1_234 ? -50 : 0));
  const runIds = [await logged(project, "a", values), await logged(project, "b", values.slice(0, 10))];
  const { id } = await keepRunSet(project.ctx, { runIds });
  for (const isSealed of [false, true]) {
    if (isSealed) for (const runId of runIds) await sealRun(runId);
    const [a, b] = await readCurves(project.ctx, { set: id, key: "loss", points: 60 });
    expect([a?.times, a?.total]).toEqual([[], 2_000]);
    expect(a?.steps.length).toBeLessThanOrEqual(60);
    expect([Math.max(...(a?.values ?? [])), Math.min(...(a?.values ?? []))]).toEqual([values[777], values[1_234]]);
    expect(b?.values).toEqual(values.slice(0, 10));
    const [near] = await readCurves(project.ctx, { set: id, key: "loss", points: 600, fromStep: 770, toStep: 779, times: true });
    expect([near?.steps, near?.times[0]]).toEqual([[770, 771, 772, 773, 774, 775, 776, 777, 778, 779], 1_770]);
  }
});

it("draws what was logged late, twice or out of order once and in its place, behind sealed points too", async () => {
  const project = await testProject("member");
  const runId = await logged(project, "a", Array.from({ length: 500 }, (_, step) => step));
  await sealRun(runId);
  const late = (step: number, value: number) => ({ key: "loss", step, value, timestamp: 1_000 + step });
  await logBatch(project.ctx, { runId, metrics: [late(501, 501), late(500, 500)] });
  await logBatch(project.ctx, { runId, metrics: [late(7, Number.NaN), late(3, 3), late(502, Number.POSITIVE_INFINITY)] });
  const [hot] = await readCurves(project.ctx, { runIds: [runId], key: "loss", points: 2_000, times: true });
  await sealRun(runId);
  const [sealed] = await readCurves(project.ctx, { runIds: [runId], key: "loss", points: 2_000, times: true });
  expect({ ...hot, total: 0 }).toEqual({ ...sealed, total: 0 });
  expect(hot?.steps).toEqual([...Array.from({ length: 8 }, (_, step) => step), ...Array.from({ length: 496 }, (_, at) => at + 7)]);
  expect([hot?.values.slice(6, 10), hot?.values.at(-1), hot?.times.at(-1)]).toEqual([[6, 7, Number.NaN, 8], Number.POSITIVE_INFINITY, 1_502]);
});

it("means are over the same steps of every run", async () => {
  const project = await testProject("member");
  const runIds = [await logged(project, "a", Array.from({ length: 1_000 }, (_, step) => step)), await logged(project, "b", Array.from({ length: 1_000 }, (_, step) => 2 * step))];
  const [a, b] = await readCurves(project.ctx, { runIds, key: "loss", points: 10, means: true });
  expect(a?.steps).toEqual(b?.steps);
  expect([a?.values[0], b?.values[0], a?.values.length]).toEqual([49.5, 99, 10]);
});

it("a project keeps its newest sets, and those that a report shows", async () => {
  const project = await testProject("member");
  const runIds = [await logged(project, "a", [1]), await logged(project, "b", [1])];
  const older = (id: string, days: number) => database().insert(runSets).values({ projectId: project.project.id, id, runIds, createdAt: new Date(Date.now() - days * 86_400_000) });
  const [shown, oldest] = ["a".repeat(20), "b".repeat(20)];
  await older(shown, 900);
  await older(oldest, 800);
  await createReport(project.ctx, { name: "r", blocks: [{ kind: "comparison", title: "", query: `set=${shown}` }] });
  await database().execute(sql`insert into run_sets (project_id, id, run_ids) select ${project.project.id}::uuid, lpad(n::text, 20, '0'), ${sql.param(runIds)}::uuid[] from generate_series(1, 4998) n`);
  const { id } = await keepRunSet(project.ctx, { runIds });
  const isKept = async (set: string) => (await readComparison(project.ctx, { set }).catch(() => null)) !== null;
  expect([await isKept(id), await isKept(shown), await isKept(oldest)]).toEqual([true, true, true]);
  await keepRunSet(project.ctx, { runIds: [...runIds].reverse() });
  expect([await isKept(id), await isKept(shown), await isKept(oldest)]).toEqual([true, true, false]);
});
