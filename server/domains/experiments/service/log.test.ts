/** What is logged arrives once, whole or not at all, whoever sends it how often. */
import { Readable } from "node:stream";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { database } from "@/server/platform/db";
import { testProject } from "@/server/platform/testing/project";
import { listRunArtifacts, uploadArtifact } from "./artifacts";
import { getMetricHistory, readChartSeries } from "./metrics/charts";
import { deleteExperiment } from "./deletion/delete-experiment";
import { createExperiment, getExperiment, listExperiments } from "./experiments";
import { logBatch, recordModel } from "./log";
import { createLoggedModel, finalizeLoggedModel, getLoggedModel, listModelChoices, listReadyModels, searchLoggedModels } from "./logged-models";
import { deleteRun } from "./deletion/delete-run";
import { createRun, getRun, restoreRun, searchRuns, updateRun } from "./runs";

const metric = (key: string, step: number, value: number, timestamp = step) => ({ key, step, value, timestamp });

async function fresh() {
  const made = await testProject("member");
  const run = await createRun(made.ctx, { experimentNo: 0, name: "r" });
  return { ...made, run };
}

describe("logBatch", () => {
  it("counts a batch that is sent again once, also when both come at the same time", async () => {
    const { ctx, run } = await fresh();
    const batch = { runId: run.id, metrics: Array.from({ length: 100 }, (_, step) => metric("loss", step, 1 / (step + 1))), params: [{ key: "lr", value: "0.1" }] };
    await Promise.all([logBatch(ctx, batch), logBatch(ctx, batch), logBatch(ctx, batch)]);
    const { metrics, params } = await getRun(ctx, { runId: run.id });
    expect(metrics).toMatchObject([{ key: "loss", count: 100, lastValue: 0.01, lastStep: 99, minValue: 0.01, maxValue: 1, maxStep: 0 }]);
    expect(params).toEqual([{ key: "lr", value: "0.1" }]);
    expect((await getMetricHistory(ctx, { runId: run.id, key: "loss" })).points).toHaveLength(100);
  });

  it("keeps NaN, the infinities and the largest doubles as they are", async () => {
    const { ctx, run } = await fresh();
    const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1.797e308, -5e-324];
    await logBatch(ctx, { runId: run.id, metrics: values.map((value, step) => metric("x", step, value)) });
    expect((await getMetricHistory(ctx, { runId: run.id, key: "x" })).points.map((point) => point.value)).toEqual(values);
  });

  it("writes nothing of a batch whose parameter clashes", async () => {
    const { ctx, run } = await fresh();
    await logBatch(ctx, { runId: run.id, params: [{ key: "lr", value: "0.1" }] });
    await expect(logBatch(ctx, { runId: run.id, metrics: [metric("m", 0, 1)], params: [{ key: "lr", value: "0.2" }] })).rejects.toThrow("Changing param values is not allowed");
    expect((await getRun(ctx, { runId: run.id })).metrics).toEqual([]);
  });

  it("loses nothing under many writers of one run", async () => {
    const { ctx, run } = await fresh();
    const writers = Array.from({ length: 8 }, (_, writer) =>
      logBatch(ctx, { runId: run.id, metrics: Array.from({ length: 50 }, (_, i) => metric(i % 2 === 0 ? "a" : "b", writer * 50 + i, writer)) }),
    );
    await Promise.all(writers);
    expect((await getRun(ctx, { runId: run.id })).metrics).toMatchObject([{ key: "a", count: 200, lastStep: 398 }, { key: "b", count: 200, lastStep: 399 }]);
  });

  it("refuses a deleted run, a run of another project, and names that are paths", async () => {
    const { ctx, run } = await fresh();
    const other = await testProject("member");
    await expect(logBatch(other.ctx, { runId: run.id, metrics: [metric("m", 0, 1)] })).rejects.toMatchObject({ code: "NotFound" });
    await expect(logBatch(ctx, { runId: run.id, metrics: [metric("../m", 0, 1)] })).rejects.toMatchObject({ code: "Invalid" });
    await deleteRun(ctx, { runId: run.id });
    await expect(logBatch(ctx, { runId: run.id, metrics: [metric("m", 0, 1)] })).rejects.toMatchObject({ code: "Invalid" });
    await restoreRun(ctx, { runId: run.id });
    await logBatch(ctx, { runId: run.id, metrics: [metric("m", 0, 1)] });
  });
});

describe("searchRuns", () => {
  it("filters, sorts with absent values last, and pages without a gap or a repeat", async () => {
    const { ctx } = await testProject("member");
    for (let i = 0; i < 25; i += 1) {
      const run = await createRun(ctx, { experimentNo: 0, name: `run ${i}`, startTime: 1_000 + i });
      const metrics = i % 5 === 0 ? [] : [metric("auc", 0, i % 7)];
      await logBatch(ctx, { runId: run.id, metrics, params: [{ key: "model", value: i % 2 === 0 ? "gbdt" : "logistic" }] });
    }
    const all = await searchRuns(ctx, { orderBy: ["metrics.auc DESC"], limit: 100 });
    const values = all.runs.map((run) => run.metrics[0]?.lastValue ?? null);
    expect(values.slice(0, 20)).toEqual([...values.slice(0, 20)].sort((a, b) => (b ?? 0) - (a ?? 0)));
    expect(values.slice(20)).toEqual([null, null, null, null, null]);
    const paged: string[] = [];
    let token: string | null = null;
    do {
      const page: { runs: { id: string }[]; next: string | null } = await searchRuns(ctx, { orderBy: ["metrics.auc DESC"], limit: 7, pageToken: token });
      paged.push(...page.runs.map((run) => run.id));
      token = page.next;
    } while (token);
    expect(paged).toEqual(all.runs.map((run) => run.id));
    const filtered = await searchRuns(ctx, { filter: "params.model = 'gbdt' and metrics.auc > 3 and status = running" });
    expect(filtered.runs.every((run) => (run.metrics[0]?.lastValue ?? 0) > 3 && run.params[0]?.value === "gbdt")).toBe(true);
    await expect(searchRuns(ctx, { filter: "metrics.auc ?" })).rejects.toMatchObject({ code: "Invalid", detail: { field: "filter" } });
    await expect(searchRuns(ctx, { pageToken: "nonsense" })).rejects.toMatchObject({ code: "Invalid" });
  });
});

it("keeps sums of the largest and the smallest doubles without an error, and finds them", async () => {
  const { ctx, run } = await fresh();
  for (const [step, value] of [Number.MAX_VALUE, Number.MAX_VALUE, Number.POSITIVE_INFINITY, -5].entries()) await logBatch(ctx, { runId: run.id, metrics: [metric("big", step, value), metric("tiny", step, 5e-324)] });
  for (const step of [0, 1]) await logBatch(ctx, { runId: run.id, metrics: [metric("low", step, -Number.MAX_VALUE)] });
  const { metrics } = await getRun(ctx, { runId: run.id });
  expect(metrics).toMatchObject([{ key: "big", count: 4, valueCount: 3, valueSum: Number.POSITIVE_INFINITY }, { key: "low", valueSum: Number.NEGATIVE_INFINITY }, { key: "tiny", count: 4, valueCount: 4 }]);
  for (const key of ["big", "low", "tiny"]) expect((await searchRuns(ctx, { filter: `mean(metrics.${key}) < 1`, orderBy: [`mean(metrics.${key})`] })).runs.length).toBe(key === "big" ? 0 : 1);
});

it("filters and sorts by a metric's best, worst and mean, not only its last", async () => {
  const { ctx } = await testProject("member");
  const of: Record<string, number[]> = { early: [9, 1, Number.NaN], late: [0, 4], flat: [3, 3], nothing: [Number.NaN] };
  for (const [name, values] of Object.entries(of)) {
    const run = await createRun(ctx, { experimentNo: 0, name });
    await logBatch(ctx, { runId: run.id, metrics: values.map((value, step) => metric("auc", step, value)) });
  }
  const names = async (asked: { filter?: string; orderBy?: string[] }) => (await searchRuns(ctx, asked)).runs.map((run) => run.name);
  expect(await names({ orderBy: ["max(metrics.auc) DESC"] })).toEqual(["early", "late", "flat", "nothing"]);
  expect(await names({ orderBy: ["mean(metrics.auc) DESC"] })).toEqual(["early", "flat", "late", "nothing"]);
  expect(await names({ orderBy: ["min(metrics.auc)"] })).toEqual(["late", "early", "flat", "nothing"]);
  expect(await names({ filter: "mean(metrics.auc) > 2.5", orderBy: ["name"] })).toEqual(["early", "flat"]);
  expect(await names({ filter: "metrics.auc > 2.5", orderBy: ["name"] })).toEqual(["flat", "late"]);
  expect(await names({ filter: "max_step(metrics.auc) = 0", orderBy: ["name"] })).toEqual(["early", "flat"]);
  expect(await names({ filter: "last_step(metrics.auc) >= 1 and count(metrics.auc) = 2", orderBy: ["min_step(metrics.auc) DESC", "name"] })).toEqual(["flat", "late"]);
  expect(await names({ filter: "first_time(metrics.auc) = 0 and last_time(metrics.auc) < 1e15", orderBy: ["count(metrics.auc) DESC", "name"] })).toEqual(["early", "flat", "late", "nothing"]);
});

describe("experiments", () => {
  it("counts experiments per project from 0, and keeps names unique under a race", async () => {
    const { ctx } = await testProject("member");
    const made = await Promise.allSettled(["a", "b", "a", "c"].map((name) => createExperiment(ctx, { name })));
    expect(made.filter((item) => item.status === "fulfilled")).toHaveLength(3);
    const { experiments } = await listExperiments(ctx, {});
    expect(experiments.map((item) => item.no).sort()).toEqual([0, 1, 2, 3]);
    await deleteExperiment(ctx, { experimentNo: 1 });
    expect((await listExperiments(ctx, {})).experiments).toHaveLength(3);
    expect((await getExperiment(ctx, { experimentNo: 1 })).lifecycleStage).toBe("deleted");
  });

  it("draws thinned charts that keep extrema", async () => {
    const { ctx, run } = await fresh();
    for (let batch = 0; batch < 3; batch += 1) {
      await logBatch(ctx, { runId: run.id, metrics: Array.from({ length: 1_000 }, (_, i) => metric("y", batch * 1_000 + i, batch === 1 && i === 500 ? 99 : 0)) });
    }
    const [series] = await readChartSeries(ctx, { runIds: [run.id], keys: ["y"], points: 100 });
    expect(series?.total).toBe(3_000);
    expect(series?.points.length).toBeLessThanOrEqual(100);
    expect(Math.max(...(series?.points ?? []).map((point) => point.value))).toBe(99);
    await updateRun(ctx, { runId: run.id, status: "FINISHED", endTime: 5 });
    expect(await getRun(ctx, { runId: run.id })).toMatchObject({ status: "FINISHED", endTime: 5 });
  });
});

it("lists a run's files and those of its model apart, and a model of another run not at all", async () => {
  const { ctx } = await testProject("member");
  const [run, other] = [await createRun(ctx, { experimentNo: 0 }), await createRun(ctx, { experimentNo: 0 })];
  const { id: loggedModelId } = await createLoggedModel(ctx, { experimentNo: 0, name: "first", sourceRunId: run.id });
  await uploadArtifact(ctx, `0/models/${loggedModelId}/artifacts/model.onnx`, Readable.from(["a"]), {});
  await uploadArtifact(ctx, `0/models/${loggedModelId}/artifacts/code/train.py`, Readable.from(["bc"]), {});
  const pathsOf = async (asked: { runId: string; loggedModelId?: string; path?: string }) =>
    (await listRunArtifacts(ctx, asked)).entries.map(({ path }) => path);
  expect(await pathsOf({ runId: run.id })).toEqual([]);
  expect(await pathsOf({ runId: run.id, loggedModelId })).toEqual(["code", "model.onnx"]);
  expect(await pathsOf({ runId: run.id, loggedModelId, path: "code" })).toEqual(["code/train.py"]);
  await expect(pathsOf({ runId: other.id, loggedModelId })).rejects.toMatchObject({ code: "NotFound" });
  await expect(pathsOf({ runId: run.id, loggedModelId, path: "../.." })).rejects.toMatchObject({ code: "Invalid" });
});

it("keeps every model that a run logs the old way, also two at once", async () => {
  const { ctx, run } = await fresh();
  const modelJson = (path: string) => JSON.stringify({ artifact_path: path, flavors: {}, utc_time_created: "2026-01-01", run_id: run.id });
  await Promise.all(["a", "b", "c"].map((path) => recordModel(ctx, { runId: run.id, modelJson: modelJson(path) })));
  await recordModel(ctx, { runId: run.id, modelJson: modelJson("c") });
  const { tags } = await getRun(ctx, { runId: run.id });
  const history = JSON.parse(tags.find((tag) => tag.key === "mlflow.log-model.history")?.value ?? "[]") as { artifact_path: string }[];
  expect(history.map((model) => model.artifact_path).sort()).toEqual(["a", "b", "c"]);
});

async function withModels(names: readonly string[]) {
  const { ctx } = await testProject("member");
  const { no } = await createExperiment(ctx, { name: "late flights" });
  const run = await createRun(ctx, { experimentNo: no, name: "gbdt_deep" });
  const ids: string[] = [];
  for (const name of names) {
    const { id } = await createLoggedModel(ctx, { experimentNo: no, name, sourceRunId: name.startsWith("run-") ? run.id : null });
    await finalizeLoggedModel(ctx, { modelId: id, status: "LOGGED_MODEL_READY" });
    ids.push(id);
  }
  return { ctx, no, ids };
}

describe("listModelChoices", () => {
  it("finds a model that is older than the list is long, by words of model, run, experiment or id", async () => {
    const { ctx, ids } = await withModels(["oldest", "run-model", "a", "b", "c"]);
    const namesOf = async (asked: object) => (await listModelChoices(ctx, { limit: 2, ...asked })).models.map((model) => model.name);
    expect(await listModelChoices(ctx, { limit: 2 })).toMatchObject({ models: [{ name: "c", experimentName: "late flights" }, { name: "b" }], isCut: true });
    expect(await namesOf({ find: "old EST" })).toEqual(["oldest"]);
    expect(await namesOf({ find: "gbdt_deep late" })).toEqual(["run-model"]);
    expect(await namesOf({ find: ids[0]?.slice(0, 12) })).toEqual(["oldest"]);
    expect(await namesOf({ find: "gbdt%deep" })).toEqual([]);
    expect(await namesOf({ also: ids[0] })).toEqual(["c", "oldest"]);
  });

  it("reads the newest models only, however many there are", async () => {
    const { ctx, ids } = await withModels(["oldest"]);
    await database().execute(sql`
      insert into logged_models (id, project_id, experiment_id, name, status, artifact_uri, params, tags, created_at)
      select 'm-' || md5(${ids[0]} || n), project_id, experiment_id, 'copy ' || n, status, artifact_uri, params, tags, created_at + make_interval(secs => n)
      from logged_models, generate_series(1, 5000) n where id = ${ids[0]}`);
    await database().execute(sql`analyze logged_models`);
    const readFor = (asked: { also: string | null }) =>
      database().transaction(async (tx) => {
        const models = await listReadyModels(tx, ctx.project.id, { ...asked, limit: 3 });
        const { rows } = await tx.execute<{ read: number }>(sql`select (seq_tup_read + idx_tup_fetch)::int as read from pg_stat_xact_user_tables where relname = 'logged_models'`);
        expect(rows[0]?.read).toBeLessThan(200);
        return models.map(({ name }) => name);
      });
    expect(await readFor({ also: null })).toEqual(["copy 5000", "copy 4999", "copy 4998"]);
    expect(await readFor({ also: ids[0] ?? null })).toEqual(["copy 5000", "copy 4999", "oldest"]);
  });

  it("offers no model whose files are not there, and none of another project", async () => {
    const { ctx, no } = await withModels(["ready"]);
    await createLoggedModel(ctx, { experimentNo: no, name: "pending" });
    expect((await listModelChoices(ctx, {})).models.map((model) => model.name)).toEqual(["ready"]);
    expect(await listModelChoices((await testProject("member")).ctx, {})).toEqual({ models: [], isCut: false });
  });
});

describe("searchLoggedModels", () => {
  it("gives each model once, also those made within one millisecond", async () => {
    const { ctx, no, ids } = await withModels(["1", "2", "3", "4", "5"]);
    await database().execute(sql`update logged_models set created_at = '2026-01-01T00:00:00.0004Z' where id = any(${sql.param(ids)}::text[])`);
    const seen: string[] = [];
    let pageToken: string | null = null;
    do {
      const page: { models: { id: string }[]; next: string | null } = await searchLoggedModels(ctx, { experimentNos: [no], limit: 2, pageToken });
      seen.push(...page.models.map((model) => model.id));
      pageToken = page.next;
    } while (pageToken);
    expect(seen.sort()).toEqual([...ids].sort());
    await expect(searchLoggedModels(ctx, { experimentNos: [no], pageToken: "12345" })).rejects.toMatchObject({ code: "Invalid" });
  });
});

it("keeps the latest of each metric of a model, a run and a dataset, and finds models by them", async () => {
  const { ctx } = await testProject("member");
  const run = await createRun(ctx, { experimentNo: 0 });
  const [good, bad] = [await createLoggedModel(ctx, { experimentNo: 0, name: "good" }), await createLoggedModel(ctx, { experimentNo: 0, name: "bad" })];
  const auc = (modelId: string, value: number, step: number, datasetName?: string) => ({ key: "auc", value, step, timestamp: step, modelId, ...(datasetName ? { datasetName, datasetDigest: "d" } : {}) });
  await logBatch(ctx, { runId: run.id, metrics: [auc(good.id, 0.6, 2, "test"), auc(good.id, 0.9, 1, "test"), auc(good.id, 0.3, 0, "train"), auc(bad.id, 0.5, 0)] });
  await logBatch(ctx, { runId: run.id, metrics: [auc(good.id, 0.1, 1, "test"), auc(good.id, 0.8, 3, "test")] });
  const { metrics } = await getLoggedModel(ctx, { modelId: good.id });
  expect(metrics.map(({ datasetName, value, step }) => [datasetName, value, step])).toEqual([["train", 0.3, 0], ["test", 0.8, 3]]);
  const names = async (asked: { filter?: string; orderBy?: string[]; datasets?: { name: string }[] }) => (await searchLoggedModels(ctx, { experimentNos: [0], ...asked })).models.map((model) => model.name);
  expect(await names({ filter: "metrics.auc > 0.7" })).toEqual(["good"]);
  expect(await names({ filter: "metrics.auc > 0.7", datasets: [{ name: "train" }] })).toEqual([]);
  expect(await names({ orderBy: ["metrics.auc ASC"] })).toEqual(["bad", "good"]);
  const { ctx: other } = await testProject("member");
  const theirs = await createLoggedModel(other, { experimentNo: 0, name: "theirs" });
  await expect(logBatch(ctx, { runId: run.id, metrics: [auc(theirs.id, 1, 9)] })).rejects.toMatchObject({ code: "NotFound" });
  expect((await getRun(ctx, { runId: run.id })).metrics[0]?.lastStep).toBe(3);
});

it("searches logged models by attribute, param and tag, orders them, and refuses what they do not have", async () => {
  const { ctx } = await testProject("member");
  const made = [];
  for (const [name, trees] of [["b", "200"], ["a", "50"], ["c", "200"]] as const) {
    made.push(await createLoggedModel(ctx, { experimentNo: 0, name, modelType: "gbdt", params: [{ key: "trees", value: trees }], tags: name === "c" ? [{ key: "team", value: "x" }] : [] }));
  }
  await finalizeLoggedModel(ctx, { modelId: made[0]?.id ?? "", status: "LOGGED_MODEL_READY" });
  const names = async (asked: { filter?: string; orderBy?: string[]; limit?: number; pageToken?: string | null }) => {
    const { models, next } = await searchLoggedModels(ctx, { experimentNos: [0], ...asked });
    return { names: models.map((model) => model.name), next };
  };
  expect((await names({})).names).toEqual(["c", "a", "b"]);
  expect((await names({ filter: "params.trees = '200'", orderBy: ["name"] })).names).toEqual(["b", "c"]);
  expect((await names({ filter: "status = 'LOGGED_MODEL_READY' and name LIKE 'b%'" })).names).toEqual(["b"]);
  expect((await names({ filter: "tags.team IS NULL", orderBy: ["params.trees DESC", "name ASC"] })).names).toEqual(["a", "b"]);
  const first = await names({ orderBy: ["name"], limit: 2 });
  expect(first.names).toEqual(["a", "b"]);
  expect(await names({ orderBy: ["name"], limit: 2, pageToken: first.next })).toEqual({ names: ["c"], next: null });
  await expect(names({ filter: "datasets.name = 'rows'" })).rejects.toMatchObject({ code: "Invalid", detail: { field: "filter" } });
  await expect(names({ filter: "colour = 'red'" })).rejects.toThrow("Valid keys are");
  await expect(names({ pageToken: "m-nonsense" })).rejects.toMatchObject({ code: "Invalid" });
});
