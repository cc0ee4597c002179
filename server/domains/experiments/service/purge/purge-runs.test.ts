import { Readable } from "node:stream";
import { sql } from "drizzle-orm";
import { beforeEach, expect, it } from "vitest";
import { database } from "@/server/platform/db";
import { addLinks } from "@/server/platform/links";
import { getOperation, runOperation } from "@/server/platform/operations";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { listRunArtifacts, uploadArtifact } from "../artifacts";
import { deleteExperiment } from "../deletion/delete-experiment";
import { createExperiment } from "../experiments";
import { logBatch } from "../log";
import { createLoggedModel } from "../logged-models";
import { deleteRun } from "../deletion/delete-run";
import { createRun, getRun, restoreRun, runHex, updateRun } from "../runs";
import { sealRun } from "../metrics/seal-metrics";
import { previewPurge, purgeDeletedRuns } from "./purge-runs";

let a: TestProject;

beforeEach(async () => {
  a = await testProject();
});

async function logged(experimentNo = 0, status: "FINISHED" | "RUNNING" = "FINISHED"): Promise<string> {
  const { id } = await createRun(a.ctx, { experimentNo });
  await logBatch(a.ctx, { runId: id, metrics: Array.from({ length: 300 }, (_, step) => ({ key: "loss", value: 1 / (step + 1), timestamp: step, step })), params: [{ key: "lr", value: "0.1" }] });
  await sealRun(id);
  await logBatch(a.ctx, { runId: id, metrics: [{ key: "auc", value: 0.5, timestamp: 1, step: 1 }] });
  await uploadArtifact(a.ctx, `${experimentNo}/${runHex(id)}/artifacts/notes.txt`, Readable.from(["twelve bytes"]), {});
  if (status === "FINISHED") await updateRun(a.ctx, { runId: id, status, endTime: 2 });
  return id;
}

const preview = async () => previewPurge(await a.as("maintainer"), {});

async function purge(seen?: { asOf: string; purgeable: number }) {
  const { asOf, purgeable } = seen ?? (await preview());
  const { operationId } = await purgeDeletedRuns(await a.as("maintainer"), { asOf, purgeable });
  await runOperation.run({ operationId }, { attempt: 1, maxAttempts: 1, signal: new AbortController().signal });
  const operation = await getOperation(a.ctx, { operationId });
  expect(operation.error).toBeNull();
  return operation.result;
}

const rowsOf = async (runId: string) => {
  const tables = ["metric_batches", "metric_batch_hashes", "metric_chunks", "metric_summaries", "run_params", "run_tags"];
  const counts = await Promise.all(tables.map((table) => database().execute<{ n: number }>(sql`select count(*) as n from ${sql.raw(table)} where run_id = ${runId}`)));
  return counts.reduce((sum, { rows }) => sum + Number(rows[0]?.n), 0);
};

it("takes deleted runs and those of deleted experiments for good, and says what they held", async () => {
  const { no } = await createExperiment(a.ctx, { name: "old" });
  const [stays, gone, below] = [await logged(), await logged(), await logged(no)];
  await deleteRun(a.ctx, { runId: gone });
  await deleteExperiment(a.ctx, { experimentNo: no });
  expect(await preview()).toMatchObject({ purgeable: 2, kept: 0 });
  const said = await purge();
  expect(said).toMatchObject({ runs: 2, points: 602, artifacts: 2, artifactBytes: 24 });
  expect(Number(said?.metricBytes)).toBeGreaterThan(1_000);
  for (const runId of [gone, below]) {
    await expect(getRun(a.ctx, { runId })).rejects.toMatchObject({ code: "NotFound" });
    await expect(restoreRun(a.ctx, { runId })).rejects.toMatchObject({ code: "NotFound" });
    expect(await rowsOf(runId)).toBe(0);
  }
  expect((await getRun(a.ctx, { runId: stays })).metrics.map(({ count }) => count)).toEqual([1, 300]);
  expect((await listRunArtifacts(a.ctx, { runId: stays, path: "" })).entries).toHaveLength(1);
  expect(await purge()).toMatchObject({ runs: 0 });
});

it("keeps what runs, and what a model version or an evaluation rests on", async () => {
  const [open, held, measured] = [await logged(0, "RUNNING"), await logged(), await logged()];
  const model = await createLoggedModel(a.ctx, { experimentNo: 0, sourceRunId: measured });
  await addLinks(database(), a.ctx.project.id, [
    { from: { kind: "model_version", id: "v" }, to: { kind: "run", id: held }, relation: "made by", hold: true },
    { from: { kind: "evaluation", id: "e" }, to: { kind: "logged_model", id: model.id }, relation: "evaluates", hold: true },
  ]);
  for (const runId of [open, held, measured]) await deleteRun(a.ctx, { runId });
  expect(await preview()).toMatchObject({ purgeable: 0, kept: 3 });
  expect(await purge()).toMatchObject({ runs: 0 });
  for (const runId of [open, held, measured]) await restoreRun(a.ctx, { runId });
});

it("is a maintainer's, and knows no other project", async () => {
  const other = await testProject();
  const theirs = await createRun(other.ctx, { experimentNo: 0 });
  await deleteRun(other.ctx, { runId: theirs.id });
  await expect(purgeDeletedRuns(await a.as("member"), { asOf: new Date().toISOString(), purgeable: 0 })).rejects.toMatchObject({ code: "Forbidden" });
  await purge();
  expect((await getRun(other.ctx, { runId: theirs.id })).lifecycleStage).toBe("deleted");
});

it("takes what was deleted when somebody looked, and nothing that others delete meanwhile", async () => {
  const { no } = await createExperiment(a.ctx, { name: "later" });
  const [before, after, below] = [await logged(), await logged(), await logged(no)];
  await deleteRun(a.ctx, { runId: before });
  const seen = await preview();
  expect(seen.purgeable).toBe(1);
  await deleteRun(a.ctx, { runId: after });
  await deleteExperiment(a.ctx, { experimentNo: no });
  expect(await purge(seen)).toMatchObject({ runs: 1 });
  for (const runId of [after, below]) expect((await getRun(a.ctx, { runId })).id).toBe(runId);
  await expect(purgeDeletedRuns(await a.as("maintainer"), { asOf: "yesterday", purgeable: 0 })).rejects.toMatchObject({ detail: { field: "asOf" } });
});

it("takes nothing where there is another number of them than was said", async () => {
  const [one, two] = [await logged(), await logged()];
  await deleteRun(a.ctx, { runId: one });
  const seen = await preview();
  // Its deletion began before that, and was not there yet to be counted.
  await deleteRun(a.ctx, { runId: two });
  await database().execute(sql`update runs set deleted_at = ${seen.asOf}::timestamptz - interval '1 second' where id = ${two}`);
  await expect(purge(seen)).rejects.toMatchObject({ code: "Conflict", detail: { field: "purgeable" } });
  for (const runId of [one, two]) expect((await getRun(a.ctx, { runId })).id).toBe(runId);
});
