import { beforeEach, describe, expect, it } from "vitest";
import { NotFound } from "@/server/platform/errors";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { scoringTag } from "../../contract/scoring-tag";
import { logBatch } from "../log";
import { countRuns, listRunKeys, listSparklines } from "./run-keys";
import { deleteRun } from "../deletion/delete-run";
import { createRun } from "../runs";

let a: TestProject;

beforeEach(async () => {
  a = await testProject();
});

async function run(model: string, values: number[]): Promise<string> {
  const { id } = await createRun(a.ctx, { experimentNo: 0, tags: [{ key: "stage", value: "sweep" }] });
  const metrics = values.map((value, step) => ({ key: "val/loss", value, timestamp: step, step }));
  await logBatch(a.ctx, { runId: id, metrics, params: [{ key: "model", value: model }] });
  return id;
}

describe("listRunKeys", () => {
  it("names metrics, params and tags with their counts and values", async () => {
    await run("gbdt", [1, 2]);
    await run("mlp", [3]);
    const keys = await listRunKeys(a.ctx, { experimentNos: [0] });
    expect(keys.metrics).toEqual([{ key: "val/loss", runs: 2, points: 2, scoring: false }]);
    expect(keys.params).toEqual([{ key: "model", runs: 2, distinct: 2, values: ["gbdt", "mlp"] }]);
    expect(keys.tags.find((tag) => tag.key === "stage")).toEqual({
      key: "stage",
      runs: 2,
      distinct: 1,
      values: ["sweep"],
    });
  });

  it("tells metrics that only scoring runs logged", async () => {
    await run("gbdt", [1]);
    const scoring = await createRun(a.ctx, { experimentNo: 0, tags: [{ key: scoringTag, value: "e" }] });
    const metrics = ["mean_score", "val/loss"].map((key) => ({ key, value: 1, timestamp: 0, step: 0 }));
    await logBatch(a.ctx, { runId: scoring.id, metrics });
    const keys = await listRunKeys(a.ctx, { experimentNos: [0] });
    expect(keys.metrics.map(({ key, scoring: isScoring }) => [key, isScoring])).toEqual([
      ["val/loss", false],
      ["mean_score", true],
    ]);
  });

  it("reads fewer runs where there are thousands of metrics, and names those of older runs all the same", async () => {
    const older = await createRun(a.ctx, { experimentNo: 0 });
    const names = Array.from({ length: 2_100 }, (_, i) => `m${i}`);
    for (let from = 0; from < names.length; from += 700) await logBatch(a.ctx, { runId: older.id, metrics: names.slice(from, from + 700).map((key) => ({ key, value: 1, timestamp: 0, step: 0 })) });
    for (let at = 0; at < 25; at += 1) await run("gbdt", [at]);
    const { metrics } = await listRunKeys(a.ctx, { experimentNos: [0] });
    expect(metrics).toHaveLength(2_101);
    expect(metrics[0]).toMatchObject({ key: "val/loss", runs: 20 });
    expect(metrics[1]).toMatchObject({ runs: 0, points: 0 });
  });

  it("shows nothing of another project, nor of deleted runs", async () => {
    await deleteRun(a.ctx, { runId: await run("gbdt", [1]) });
    expect(await listRunKeys(a.ctx, { experimentNos: [0] })).toEqual({ metrics: [], params: [], tags: [] });
    expect((await listRunKeys((await testProject()).ctx, { experimentNos: [0] })).params).toEqual([]);
  });
});

describe("countRuns", () => {
  it("counts what a filter finds", async () => {
    await run("gbdt", [0.2]);
    await run("mlp", [0.8]);
    expect(await countRuns(a.ctx, { experimentNos: [0], filter: "metrics.`val/loss` > 0.5" })).toEqual({ count: 1, isMore: false });
    expect(await countRuns(a.ctx, { experimentNos: [0] })).toEqual({ count: 2, isMore: false });
  });
});

describe("a metric that ended as NaN", () => {
  it("is neither above nor below anything, but is there", async () => {
    await run("gbdt", [0.2, Number.NaN]);
    const count = async (filter: string) => (await countRuns(a.ctx, { experimentNos: [0], filter })).count;
    expect(await count("metrics.`val/loss` > 0")).toBe(0);
    expect(await count("metrics.`val/loss` < 9")).toBe(0);
    expect(await count("metrics.`val/loss` IS NOT NULL")).toBe(1);
    expect(await count("min(metrics.`val/loss`) < 1")).toBe(1);
  });
});

describe("listSparklines", () => {
  it("averages equal shares of the points and leaves out what is not a number", async () => {
    const id = await run("gbdt", [1, 3, Number.NaN, 5, 7]);
    expect(await listSparklines(a.ctx, { runIds: [id], key: "val/loss", points: 2 })).toEqual([
      { runId: id, values: [2, 6] },
    ]);
  });

  it("refuses another project's run", async () => {
    const id = await run("gbdt", [1]);
    await expect(listSparklines((await testProject()).ctx, { runIds: [id], key: "val/loss" })).rejects.toThrow(
      NotFound,
    );
  });
});
