import { beforeEach, expect, it } from "vitest";
import { NotFound } from "@/server/platform/errors";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { createExperiment } from "../experiments";
import { logBatch } from "../log";
import { createRun } from "../runs";
import { listRunValues } from "./run-values";

let a: TestProject;
beforeEach(async () => {
  a = await testProject();
});

async function run(model: string, experimentNo = 0): Promise<void> {
  const { id } = await createRun(a.ctx, { experimentNo, tags: [{ key: "stage", value: "old" }] });
  await logBatch(a.ctx, { runId: id, params: [{ key: "model", value: model }] });
}

const valuesOf = async (find: string, scope: "param" | "tag" = "param", key = "model") =>
  (await listRunValues(a.ctx, { experimentNo: 0, field: { scope, key }, find })).map(({ value, runs }) => `${value} ${runs}`);

it("gives the values that hold what is typed, in any case, those of most runs first", async () => {
  for (const model of ["gbdt", "GBM", "gbdt", "mlp", "50%", "x".repeat(201)]) await run(model);
  expect(await valuesOf("")).toEqual(["gbdt 2", "50% 1", "GBM 1", "mlp 1"]);
  expect(await valuesOf("gb")).toEqual(["gbdt 2", "GBM 1"]);
  expect(await valuesOf("%")).toEqual(["50% 1"]);
  expect(await valuesOf("_")).toEqual([]);
  expect(await valuesOf("ol", "tag", "stage")).toEqual(["old 6"]);
  expect(await valuesOf("", "param", "unheard")).toEqual([]);
});

it("finds those of old runs among many, and none of another experiment or project", async () => {
  await run("first");
  await run("elsewhere", (await createExperiment(a.ctx, { name: "other" })).no);
  for (let index = 0; index < 35; index += 1) await run(`m${index}`);
  expect(await valuesOf("")).toHaveLength(30);
  expect(await valuesOf("first")).toEqual(["first 1"]);
  expect(await valuesOf("elsewhere")).toEqual([]);
  const b = await testProject();
  await expect(listRunValues(b.ctx, { experimentNo: 7, field: { scope: "param", key: "model" } })).rejects.toThrow(NotFound);
  expect(await listRunValues(b.ctx, { experimentNo: 0, field: { scope: "param", key: "model" } })).toEqual([]);
});
