import { Readable } from "node:stream";
import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { recipes } from "@/drizzle/schema/experiments";
import { getJob } from "@/server/domains/compute/service/read-jobs";
import { storeBlob } from "@/server/platform/blob-store/blobs";
import { database } from "@/server/platform/db";
import { testProject } from "@/server/platform/testing/project";
import { launchRun } from "./launch/launch-run";
import { getRecipe, registerRecipe } from "./recipes";
import { readComparison, readMetricColumns } from "./compare/comparison";
import { markRunEnded } from "./follow-jobs";
import { logBatch } from "./log";
import { listRunKeys } from "./table/run-keys";
import { createRun, getRun, searchRuns } from "./runs";

it("keeps the author's order of parameters, in the form and in the command", async () => {
  const { ctx } = await testProject();
  const { sha256 } = await storeBlob(ctx, Readable.from([Buffer.from("code")]), {});
  const names = ["zeta", "mu", "steps", "b"];
  const properties = Object.fromEntries(names.map((name) => [name, { type: "integer", default: 1 } as const]));
  const definition = { kind: "recipe", name: "ordered", experiment: "orders", command: ["run"], parameters: { type: "object", properties } } as const;
  await registerRecipe(ctx, { definition: { ...definition, command: ["run"] }, codeSha256: sha256 });
  const recipe = await getRecipe(ctx, { name: "ordered" });
  expect(Object.keys(recipe.definition.parameters.properties)).toEqual(names);
  expect(recipe.definition).not.toHaveProperty("keyOrder");
  const { runId } = await launchRun(ctx, { recipe: "ordered", parameters: { steps: 7 } });
  const { launch } = await getRun(ctx, { runId });
  expect(launch?.command).toEqual(["run", "--zeta", "1", "--mu", "1", "--steps", "7", "--b", "1"]);
});

it("makes what a run was launched with its params once it ends, where its script logged none of that name", async () => {
  const { ctx, project } = await testProject();
  const { sha256: codeSha256 } = await storeBlob(ctx, Readable.from([Buffer.from("code")]), {});
  const properties = { rate: { type: "number", default: 0.1 }, "min-rows": { type: "integer", default: 5 }, model: { type: "string", default: "gbdt" }, note: { type: "string", default: "" } } as const;
  await registerRecipe(ctx, { definition: { kind: "recipe", name: "trained", experiment: "e", command: ["run"], parameters: { type: "object", properties } }, codeSha256 });
  const { runId, jobId } = await launchRun(ctx, { recipe: "trained", parameters: { rate: 0.5 } });
  await logBatch(ctx, { runId, params: [{ key: "min_rows", value: "5" }, { key: "rate", value: "0.50" }] });
  await markRunEnded(project.id, { jobId, state: "succeeded", message: null });
  const { params } = await getRun(ctx, { runId });
  expect(Object.fromEntries(params.map(({ key, value }) => [key, value]))).toEqual({ rate: "0.50", min_rows: "5", model: "gbdt" });
  expect((await searchRuns(ctx, { filter: "params.model = 'gbdt'" })).runs.map(({ id }) => id)).toEqual([runId]);
});

it.each([[{}, 1], [{ attempts: 3 }, 3]])("tries a run as often as its recipe %j says", async (more, maxAttempts) => {
  const { ctx } = await testProject();
  const { sha256: codeSha256 } = await storeBlob(ctx, Readable.from([Buffer.from("code")]), {});
  await registerRecipe(ctx, { definition: { kind: "recipe", name: "tried", experiment: "e", command: ["run"], ...more }, codeSha256 });
  const { jobId } = await launchRun(ctx, { recipe: "tried" });
  expect((await getJob(ctx, { jobId })).spec.maxAttempts).toBe(maxAttempts);
});

it("gives a run that was cancelled in the queue no time of its own", async () => {
  const { ctx, project } = await testProject();
  const { sha256: codeSha256 } = await storeBlob(ctx, Readable.from([Buffer.from("code")]), {});
  await registerRecipe(ctx, { definition: { kind: "recipe", name: "queued", experiment: "e", command: ["run"] }, codeSha256 });
  const { runId, jobId } = await launchRun(ctx, { recipe: "queued" });
  await database().execute(sql`update runs set start_time = start_time - 60000 where id = ${runId}`);
  await markRunEnded(project.id, { jobId, state: "cancelled", message: null });
  const run = await getRun(ctx, { runId });
  expect(run.status).toBe("KILLED");
  expect(run.endTime).toBe(run.startTime);
});

it("says which end of a metric is better where recipes promise it, and nothing where they disagree", async () => {
  const { ctx } = await testProject();
  const { sha256: codeSha256 } = await storeBlob(ctx, Readable.from([Buffer.from("code")]), {});
  const base = { kind: "recipe", experiment: "promises", command: ["run"] } as const;
  const promise = (direction: "minimize" | "maximize") => ({ direction, unit: "s" });
  const parameters = { type: "object", properties: { width: { type: "integer", default: 3, unit: "cells" } } } as const;
  const register = (name: string, metrics?: Record<string, ReturnType<typeof promise>>) => registerRecipe(ctx, { definition: { ...base, command: ["run"], name, metrics, parameters }, codeSha256 });
  const plain = await register("a");
  expect((await register("a")).contentSha256).toBe(plain.contentSha256);
  await register("a", { odd: promise("minimize"), shared: promise("maximize") });
  await register("b", { shared: promise("minimize") });
  const { runId, experimentNo } = await launchRun(ctx, { recipe: "a" });
  await logBatch(ctx, { runId, metrics: ["odd", "shared", "plain"].map((key) => ({ key, value: 1, timestamp: 1 })) });
  expect(await getRun(ctx, { runId })).toMatchObject({
    promises: { metrics: [{ key: "odd", direction: "minimize", unit: "s", description: "" }, { key: "shared", direction: "maximize" }], units: { width: "cells" } },
  });
  const endsOf = async () => Object.fromEntries((await listRunKeys(ctx, { experimentNos: [experimentNo] })).metrics.map(({ key, better }) => [key, better]));
  expect(await endsOf()).toEqual({ odd: "min", shared: "max", plain: undefined });
  const other = await launchRun(ctx, { recipe: "b" });
  expect(await endsOf()).toEqual({ odd: "min", shared: undefined, plain: undefined });
  const asked = { runIds: [runId, other.runId] };
  expect((await readComparison(ctx, asked)).metrics.find(({ key }) => key === "odd")?.better).toBe("min");
  expect((await readMetricColumns(ctx, { ...asked, keys: ["odd", "shared"] })).map(({ better }) => better)).toEqual(["min", undefined]);
  const outside = await createRun(ctx, { experimentNo });
  expect((await getRun(ctx, { runId: outside.id })).promises).toBeNull();
});

describe("by the API", () => {
  const register = async (definition: object) => {
    const { ctx } = await testProject();
    const { sha256: codeSha256 } = await storeBlob(ctx, Readable.from([Buffer.from("code")]), {});
    return { ctx, answer: registerRecipe(ctx, { codeSha256, definition: { kind: "recipe", name: "r", experiment: "e", command: ["run"], ...definition } }) };
  };

  it.each([
    [{ parameters: { type: "object", properties: { x: { type: "string", not: {} } } } }, "definition.parameters.properties.x.not"],
    [{ parameters: { type: "object", properties: { x: { type: "string", pattern: "(" } } } }, "definition.parameters.properties.x.pattern"],
    [{ parameters: { type: "object", required: ["y"] } }, "definition.parameters.required.0"],
  ])("%j is refused by field", async (definition, field) => {
    await expect((await register(definition)).answer).rejects.toMatchObject({ code: "Invalid", detail: { field } });
  });

  it("what was stored before with more than is known is read and launched", async () => {
    const { ctx, answer } = await register({ parameters: { type: "object", properties: { x: { type: "string", default: "a" } } } });
    await answer;
    await database().update(recipes).set({ definition: sql`jsonb_set(definition, '{parameters,properties,x,not}', '{"pattern":"^(a+)+$"}')` }).where(eq(recipes.projectId, ctx.project.id));
    expect((await getRecipe(ctx, { name: "r" })).definition.parameters.properties.x).toHaveProperty("not");
    await expect(launchRun(ctx, { recipe: "r" })).resolves.toHaveProperty("runId");
    await expect(launchRun(ctx, { recipe: "r", inputs: { constructor: "d" } })).rejects.toMatchObject({ code: "Invalid", detail: { field: "inputs.constructor" } });
  });
});
