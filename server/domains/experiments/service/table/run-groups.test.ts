import { beforeEach, expect, it } from "vitest";
import { Invalid } from "@/server/platform/errors";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { logBatch } from "../log";
import { deleteRun } from "../deletion/delete-run";
import { createRun, getRun } from "../runs";
import { groupRuns } from "./run-groups";

let a: TestProject;
beforeEach(async () => {
  a = await testProject();
});

async function run(model: string | null, auc: number | null, more: { tags?: Record<string, string>; start?: number } = {}): Promise<string> {
  const tags = Object.entries(more.tags ?? {}).map(([key, value]) => ({ key, value }));
  const { id } = await createRun(a.ctx, { experimentNo: 0, startTime: more.start ?? 1_000, tags });
  await logBatch(a.ctx, {
    runId: id,
    params: model === null ? [] : [{ key: "model", value: model }],
    metrics: auc === null ? [] : [{ key: "auc", value: 0, timestamp: 1, step: 0 }, { key: "auc", value: auc, timestamp: 2, step: 1 }],
  });
  return id;
}

const byModel = { experimentNos: [0], by: { scope: "param", key: "model" }, metrics: ["auc"], sort: { by: "metric", key: "auc", descending: true } } as const;
const asked = { ...byModel, experimentNos: [0], metrics: ["auc"] };

it("gives count, mean and sample deviation of last values, best mean first, those without a value last", async () => {
  for (const auc of [0.7, 0.8, 0.9]) await run("gbdt", auc);
  await run("mlp", 0.85);
  await run("mlp", null);
  await run(null, 0.5);
  await run("idle", null, { start: 9_000 });
  const { groups, runs, isPartial, hasMore } = await groupRuns(a.ctx, asked);
  expect({ runs, isPartial, hasMore }).toEqual({ runs: 7, isPartial: false, hasMore: false });
  expect(groups.map(({ value, runs: count, stats }) => [value, count, stats.map(({ n, mean, sd }) => [n, mean.toFixed(4), sd?.toFixed(4)])])).toEqual([
    ["mlp", 2, [[1, "0.8500", undefined]]],
    ["gbdt", 3, [[3, "0.8000", "0.1000"]]],
    [null, 1, [[1, "0.5000", undefined]]],
    ["idle", 1, []],
  ]);
  expect(groups.map((group) => group.startedLast)).toEqual([1_000, 1_000, 1_000, 9_000]);
});

it("is sorted by number of runs, by value and by the latest start too", async () => {
  await run("a", 0.1, { start: 5 });
  await run("b", 0.2, { start: 7 });
  await run("b", 0.3, { start: 1 });
  const order = async (by: "runs" | "value" | "started", descending: boolean) => (await groupRuns(a.ctx, { ...asked, sort: { by, descending } })).groups.map((group) => group.value);
  expect(await order("runs", true)).toEqual(["b", "a"]);
  expect(await order("runs", false)).toEqual(["a", "b"]);
  expect(await order("value", false)).toEqual(["a", "b"]);
  expect(await order("started", true)).toEqual(["b", "a"]);
});

it("groups by a tag, within the filter and without deleted runs", async () => {
  await run("x", 0.4, { tags: { sweep: "one" } });
  await run("y", 0.6, { tags: { sweep: "one" } });
  await run("x", 0.9, { tags: { sweep: "two" } });
  await deleteRun(a.ctx, { runId: await run("x", 1, { tags: { sweep: "two" } }) });
  const { groups } = await groupRuns(a.ctx, { ...asked, by: { scope: "tag", key: "sweep" }, filter: "params.model = 'x'" });
  expect(groups.map(({ value, runs, stats }) => [value, runs, stats[0]?.mean])).toEqual([["two", 1, 0.9], ["one", 1, 0.4]]);
});

it("groups of nested runs have the name of their parent, whoever's other tags look alike", async () => {
  const parent = await run("p", null);
  const hex = parent.replaceAll("-", "");
  await run("x", 0.4, { tags: { "mlflow.parentRunId": hex } });
  await run("y", 0.6, { tags: { "mlflow.parentRunId": "no id" } });
  const { groups } = await groupRuns(a.ctx, { ...asked, by: { scope: "tag", key: "mlflow.parentRunId" }, sort: { by: "value", descending: false } });
  const { name } = await getRun(a.ctx, { runId: parent });
  expect(groups.map(({ value, label }) => [value, label])).toEqual([[hex, name], ["no id", null], [null, null]]);
});

it("what is no finite number, or too large to square, is in no mean", async () => {
  for (const auc of [Number.NaN, Number.POSITIVE_INFINITY, 1.7e308, -1.7e308, 2, 4]) await run("m", auc);
  const { groups } = await groupRuns(a.ctx, asked);
  expect(groups).toMatchObject([{ value: "m", runs: 6, stats: [{ n: 2, mean: 3 }] }]);
});

it("a key that nobody logged is one group; another project's runs are not in it", async () => {
  await run("m", 0.5);
  expect((await groupRuns(a.ctx, { ...asked, by: { scope: "param", key: "unheard" } })).groups).toMatchObject([{ value: null, runs: 1 }]);
  expect((await groupRuns((await testProject()).ctx, asked)).groups).toEqual([]);
  await expect(groupRuns(a.ctx, { ...asked, filter: "metrics.auc >" })).rejects.toThrow(Invalid);
});

it("gives at most 200 groups and says that there are more", async () => {
  await Promise.all(Array.from({ length: 203 }, (_, index) => run(`m${index}`, index)));
  const { groups, hasMore, runs } = await groupRuns(a.ctx, asked);
  expect([groups.length, hasMore, runs, groups[0]?.value]).toEqual([200, true, 203, "m202"]);
});
