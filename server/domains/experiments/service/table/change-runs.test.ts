import { beforeEach, describe, expect, it } from "vitest";
import { listAudit } from "@/server/platform/audit/service";
import { Conflict, Forbidden, Invalid, NotFound } from "@/server/platform/errors";
import { searchObjects } from "@/server/platform/search";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { createExperiment } from "../experiments";
import { logBatch } from "../log";
import { createRun, getRun, searchRuns } from "../runs";
import { deleteRuns, restoreRuns, tagRuns } from "./change-runs";

let a: TestProject;
let no: number;
beforeEach(async () => {
  a = await testProject("member");
  no = (await createExperiment(a.ctx, { name: "many" })).no;
});

async function run(name: string, model = "gbdt", experimentNo = no): Promise<string> {
  const { id } = await createRun(a.ctx, { experimentNo, name });
  await logBatch(a.ctx, { runId: id, params: [{ key: "model", value: model }] });
  return id;
}

const named = (...runIds: string[]) => ({ chosen: { runIds } });
const matching = (filter: string, atMost = 100, view: "ACTIVE_ONLY" | "DELETED_ONLY" = "ACTIVE_ONLY") => ({ chosen: { search: { experimentNos: [no], filter, view }, atMost } });
const namesOf = async (view: "ACTIVE_ONLY" | "DELETED_ONLY") => (await searchRuns(a.ctx, { experimentNos: [no], view, orderBy: ["run_name"] })).runs.map((each) => each.name);

describe("deleteRuns and restoreRuns", () => {
  it("delete those that are named, leave the others, and take it back with what came of it", async () => {
    const [x, y] = [await run("x"), await run("y")];
    await run("other");
    const { runs, ids } = await deleteRuns(a.ctx, named(x, y, y));
    expect([runs, [...ids].sort()]).toEqual([2, [x, y].sort()]);
    expect([await namesOf("ACTIVE_ONLY"), await namesOf("DELETED_ONLY")]).toEqual([["other"], ["x", "y"]]);
    expect((await searchObjects(a.ctx, { text: "x" })).filter((entry) => entry.objectId === x)).toEqual([]);
    expect(await restoreRuns(a.ctx, { chosen: { runIds: ids } })).toMatchObject({ runs: 2 });
    expect(await namesOf("DELETED_ONLY")).toEqual([]);
    expect((await searchObjects(a.ctx, { text: "x" })).find((entry) => entry.objectId === x)).toMatchObject({ title: "x", detail: "many" });
  });

  it("delete all that a filter finds, beyond any page", async () => {
    for (let index = 0; index < 12; index += 1) await run(`r${index}`, index % 3 === 0 ? "mlp" : "gbdt");
    expect(await deleteRuns(a.ctx, matching("params.model = 'gbdt'"))).toMatchObject({ runs: 8 });
    expect(await namesOf("ACTIVE_ONLY")).toEqual(["r0", "r3", "r6", "r9"]);
    expect(await restoreRuns(a.ctx, matching("", 100, "DELETED_ONLY"))).toMatchObject({ runs: 8 });
  });

  it("refuse where more match than someone saw, and change none", async () => {
    await run("x");
    await run("y");
    await expect(deleteRuns(a.ctx, matching("", 1))).rejects.toThrow(Conflict);
    await expect(deleteRuns(a.ctx, matching("params.model = 'none'"))).rejects.toThrow(NotFound);
    expect(await namesOf("ACTIVE_ONLY")).toEqual(["x", "y"]);
  });

  it("refuse another project's run and a viewer, and change none", async () => {
    const own = await run("own");
    const b = await testProject();
    const { id } = await createRun(b.ctx, { experimentNo: 0, name: "theirs" });
    await expect(deleteRuns(a.ctx, named(own, id))).rejects.toThrow(NotFound);
    await expect(deleteRuns(await a.as("viewer"), named(own))).rejects.toThrow(Forbidden);
    expect((await getRun(a.ctx, { runId: own })).lifecycleStage).toBe("active");
    expect((await getRun(b.ctx, { runId: id })).lifecycleStage).toBe("active");
  });
});

describe("tagRuns", () => {
  const stage = (value: string) => [{ key: "stage", value }];
  const stageOf = async (runId: string) => (await getRun(a.ctx, { runId })).tags.find((tag) => tag.key === "stage")?.value;

  it("tags runs of several experiments, and overwrites", async () => {
    const [x, y] = [await run("x"), await run("y", "mlp", 0)];
    const untouched = await run("untouched");
    await tagRuns(a.ctx, { ...named(x), tags: stage("old") });
    expect(await tagRuns(a.ctx, { ...named(x, y), tags: [...stage("older"), ...stage("new")] })).toMatchObject({ runs: 2 });
    expect([await stageOf(x), await stageOf(y), await stageOf(untouched)]).toEqual(["new", "new", undefined]);
  });

  it("refuses a deleted run, a run's name, and too many", async () => {
    const x = await run("x");
    await expect(tagRuns(a.ctx, { ...named(x), tags: [{ key: "mlflow.runName", value: "z" }] })).rejects.toThrow(Invalid);
    await deleteRuns(a.ctx, named(x));
    await expect(tagRuns(a.ctx, { ...named(x), tags: stage("a") })).rejects.toThrow(Invalid);
    await expect(tagRuns(a.ctx, { ...matching("", 10_001), tags: stage("a") })).rejects.toThrow(Invalid);
    await expect(tagRuns(a.ctx, { ...matching("metrics.auc >"), tags: stage("a") })).rejects.toThrow(Invalid);
  });
});

it("one change is one entry of the audit, with how many and which", async () => {
  const [x, y] = [await run("x"), await run("y")];
  await tagRuns(a.ctx, { ...matching("params.model = 'gbdt'"), tags: [{ key: "stage", value: "a" }] });
  await deleteRuns(a.ctx, named(x, y));
  await restoreRuns(a.ctx, named(x));
  const { rows } = await listAudit(a.ctx, {});
  expect(rows.slice(0, 3).map(({ action, subjectKind, subjectName, details }) => [action, subjectKind, subjectName, details])).toEqual([
    ["experiments.restoreRuns", "run", "x", { runs: 1, first: ["x"] }],
    ["experiments.deleteRuns", "experiment", "many", { runs: 2, first: ["x", "y"] }],
    ["experiments.tagRuns", "experiment", "many", { runs: 2, filter: "params.model = 'gbdt'", tags: { stage: "a" } }],
  ]);
});
