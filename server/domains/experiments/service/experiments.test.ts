import { Readable } from "node:stream";
import { eq, sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { datasets } from "@/drizzle/schema/catalog";
import { experiments, runs } from "@/drizzle/schema/experiments";
import { getDataset } from "@/server/domains/catalog/service/read-catalog";
import { storeBlob } from "@/server/platform/blob-store/blobs";
import { database } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import { addLinks, listLinks } from "@/server/platform/links";
import { putSearchEntry } from "@/server/platform/search";
import { oneOfEight } from "@/server/platform/testing/one-of-eight";
import { testProject } from "@/server/platform/testing/project";
import { deleteExperiment } from "./deletion/delete-experiment";
import { createExperiment, listExperiments, renameExperiment, restoreExperiment } from "./experiments";
import { logInputs } from "./log";
import { listLoggedDatasets } from "./run-datasets";
import { deleteRun } from "./deletion/delete-run";
import { createRun, restoreRun } from "./runs";
import { releaseDatasetsOfDeletedRuns } from "../store/dataset-holds";

it("lists experiments by their last run, those without one last, over pages", async () => {
  const { ctx } = await testProject();
  const quiet = await createExperiment(ctx, { name: "quiet" });
  const old = await createExperiment(ctx, { name: "old" });
  const busy = await createExperiment(ctx, { name: "busy" });
  await createRun(ctx, { experimentNo: busy.no, startTime: 2_000 });
  await createRun(ctx, { experimentNo: old.no, startTime: 1_000 });
  const asked = { orderBy: ["last_run_time DESC"], filter: "name != 'Default'", limit: 2 };
  const first = await listExperiments(ctx, asked);
  const second = await listExperiments(ctx, { ...asked, pageToken: first.next });
  expect([...first.experiments, ...second.experiments].map((each) => each.no)).toEqual([busy.no, old.no, quiet.no]);
});

async function fresh() {
  const { ctx } = await testProject("member");
  const id = newId();
  const { sha256 } = await storeBlob(ctx, Readable.from([id]), {});
  await database().insert(datasets).values({
    id, projectId: ctx.project.id, name: "d", version: 1, definition: {}, blobSha256: sha256, inputSha256: "", rows: 1, bytes: 1, columns: [], splits: [], statistics: [],
    tookMs: 1, createdBy: "t", temporarySince: new Date(),
  });
  const reader = async (experimentNo = 0) => {
    const run = await createRun(ctx, { experimentNo, name: "r" });
    await logInputs(ctx, { runId: run.id, datasets: [{ name: "d", digest: "1", sourceType: "slipway", source: JSON.stringify({ datasetId: id }) }] });
    return run.id;
  };
  const deleteDaysAgo = async (runId: string, days: number) => {
    await deleteRun(ctx, { runId });
    await database().update(runs).set({ deletedAt: sql`now() - make_interval(days => ${days})` }).where(eq(runs.id, runId));
  };
  const holds = async (runId: string) => (await listLinks(database(), ctx.project.id, { kind: "run", id: runId })).find((link) => link.to.id === id)?.hold;
  return { ctx, id, reader, deleteDaysAgo, holds };
}

it("gives up what runs deleted long ago read, and nothing of others", async () => {
  const { reader, deleteDaysAgo, holds } = await fresh();
  const [kept, recent, old] = [await reader(), await reader(), await reader()];
  await deleteDaysAgo(recent, 6);
  await deleteDaysAgo(old, 8);
  await releaseDatasetsOfDeletedRuns(database(), 7);
  expect([await holds(kept), await holds(recent), await holds(old)]).toEqual([true, true, false]);
});

it("tells a dataset's readers by name, the newest first, without those that were deleted, however many runs there are", async () => {
  const { ctx, id, reader } = await fresh();
  const monitor = { kind: "monitor", id: newId() };
  await addLinks(database(), ctx.project.id, [{ from: monitor, to: { kind: "dataset", id }, relation: "compares with" }]);
  await putSearchEntry(database(), ctx.project.id, { kind: "monitor", objectId: monitor.id, title: "watch", path: "/monitoring/watch" });
  const read: string[] = [];
  for (let each = 0; each < 22; each += 1) read.push(await reader());
  await deleteRun(ctx, { runId: read[20] ?? "" });
  const { usedBy } = await getDataset(ctx, { datasetId: id });
  expect(usedBy.runs.map(({ objectId }) => objectId)).toEqual([read[21], ...read.slice(0, 20).reverse()].slice(0, 20));
  expect(usedBy.monitors.map(({ title }) => title)).toEqual(["watch"]);
});

it("holds it again once the run is restored; a run whose dataset was purged is restored all the same", async () => {
  const { ctx, id, reader, deleteDaysAgo, holds } = await fresh();
  const [found, late] = [await reader(), await reader()];
  for (const runId of [found, late]) await deleteDaysAgo(runId, 8);
  await releaseDatasetsOfDeletedRuns(database(), 7);
  await restoreRun(ctx, { runId: found });
  expect(await holds(found)).toBe(true);
  await database().update(datasets).set({ purgedAt: sql`now()` }).where(eq(datasets.id, id));
  await restoreRun(ctx, { runId: late });
  expect(await holds(late)).toBe(false);
});

it("leaves the hold to a run that is being restored meanwhile", async () => {
  const { ctx, reader, deleteDaysAgo, holds } = await fresh();
  const runId = await reader();
  await deleteDaysAgo(runId, 8);
  const waiting = async () => (await database().execute(sql`select 1 from pg_locks where not granted`)).rows.length;
  let [restoring, releasing]: Promise<unknown>[] = [];
  await database().transaction(async (tx) => {
    // The restore stops at its last word, the audit row: it has looked at the hold, and has not committed.
    await tx.execute(sql`lock table audit_log in share mode`);
    restoring = restoreRun(ctx, { runId });
    await expect.poll(waiting).toBe(1);
    let isReleased = false;
    releasing = releaseDatasetsOfDeletedRuns(database(), 7).then(() => (isReleased = true));
    await expect.poll(async () => isReleased || (await waiting()) > 1).toBe(true);
  });
  await Promise.all([restoring, releasing]);
  expect(await holds(runId)).toBe(true);
});

it("gives up what runs of an experiment deleted long ago read, and takes back what is still there once that is restored", async () => {
  const { ctx, id, reader, holds } = await fresh();
  const [old, recent, purged] = [await createExperiment(ctx, { name: "old" }), await createExperiment(ctx, { name: "recent" }), await createExperiment(ctx, { name: "purged" })];
  const [ofOld, ofRecent, ofPurged] = [await reader(old.no), await reader(recent.no), await reader(purged.no)];
  for (const { id: experimentId, no } of [old, recent, purged]) {
    await deleteExperiment(ctx, { experimentNo: no });
    const days = no === recent.no ? 6 : 8;
    await database().update(experiments).set({ deletedAt: sql`now() - make_interval(days => ${days})` }).where(eq(experiments.id, experimentId));
  }
  await releaseDatasetsOfDeletedRuns(database(), 7);
  expect([await holds(ofOld), await holds(ofRecent), await holds(ofPurged)]).toEqual([false, true, false]);
  await restoreExperiment(ctx, { experimentNo: old.no });
  await releaseDatasetsOfDeletedRuns(database(), 7);
  expect(await holds(ofOld)).toBe(true);
  await database().update(datasets).set({ purgedAt: sql`now()` }).where(eq(datasets.id, id));
  await restoreExperiment(ctx, { experimentNo: purged.no });
  expect(await holds(ofPurged)).toBe(false);
});

it("lists each dataset that runs of an experiment read once, by its context, whatever other tags it was logged with", async () => {
  const { ctx } = await testProject("member");
  const [{ no }, other] = [await createExperiment(ctx, { name: "reads" }), await createExperiment(ctx, { name: "other" })];
  const of = (name: string, context: string | null, extra = "") => ({
    name, digest: "1", sourceType: "local", source: "x",
    tags: [{ key: "extra", value: extra }, ...(context === null ? [] : [{ key: "mlflow.data.context", value: context }])],
  });
  const read = async (experimentNo: number, ...datasets: ReturnType<typeof of>[]) => {
    const { id } = await createRun(ctx, { experimentNo, name: "r" });
    await logInputs(ctx, { runId: id, datasets });
    return id;
  };
  await read(no, of("a", "training"), of("b", null));
  await read(no, of("a", "training", "other tag"), of("b", "testing"));
  await read(other.no, of("c", "training"));
  await deleteRun(ctx, { runId: await read(no, of("gone", "training")) });
  const named = (name: string, context: string | null, experimentNo = no) => ({ experimentNo, name, digest: "1", context });
  expect(await listLoggedDatasets(ctx, { experimentNos: [no] })).toEqual([named("a", "training"), named("b", "testing"), named("b", null)]);
  expect(await listLoggedDatasets(ctx, { experimentNos: [no, other.no] })).toContainEqual(named("c", "training", other.no));
  await deleteExperiment(ctx, { experimentNo: other.no });
  expect(await listLoggedDatasets(ctx, { experimentNos: [other.no] })).toEqual([]);
});

it("of eight renamed at once to one name one gets it, and the rest hear that it is taken", async () => {
  const { ctx } = await testProject();
  const made: number[] = [];
  for (let n = 0; n < 8; n += 1) made.push((await createExperiment(ctx, { name: `e ${n}` })).no);
  expect(await oneOfEight((n) => renameExperiment(ctx, { experimentNo: made[n] ?? 0, name: "one" }))).toEqual(["Experiment 'one' already exists."]);
});
