import { eq, sql } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { datasets } from "@/drizzle/schema/catalog";
import { modelVersions } from "@/drizzle/schema/models";
import { labelDays } from "@/drizzle/schema/monitoring";
import { stopInferenceThread } from "@/server/domains/models/serving/runtime/runtime";
import { database } from "@/server/platform/db";
import { NotFound } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { testProject } from "@/server/platform/testing/project";
import { daysOf, logStream, streamFrom, watchedModel } from "../../testing/watched-model";
import { proposeReference } from "./propose-reference";

afterAll(stopInferenceThread);

it("proposes what the champion was trained on, and nothing where that is not known or gone", async () => {
  const a = await testProject();
  const modelId = await watchedModel(a.ctx);
  const propose = () => proposeReference(a.ctx, { model: "delay" });
  expect(await propose()).toEqual({ trainedOn: null, liveFrom: null, judgedOn: null });
  const [history] = await database().select().from(datasets).where(eq(datasets.projectId, a.project.id));
  await database().update(modelVersions).set({ datasetId: history?.id }).where(eq(modelVersions.modelId, modelId));
  expect((await propose()).trainedOn).toEqual({ dataset: "history", version: 1, datasetVersion: 1, newestVersion: 1 });
  if (history) await database().insert(datasets).values({ ...history, id: newId(), version: 2, inputSha256: "0".repeat(64) });
  expect((await propose()).trainedOn).toEqual({ dataset: "history", version: 1, datasetVersion: 1, newestVersion: 2 });
  await database().update(datasets).set({ purgedAt: sql`now()` }).where(eq(datasets.projectId, a.project.id));
  expect((await propose()).trainedOn).toBeNull();
  await logStream(a.ctx, modelId, daysOf(streamFrom, 2, 1), "live");
  expect((await propose()).liveFrom).toEqual(new Date(streamFrom));
  const purged = new Date(streamFrom - 40 * 86_400_000);
  await database().insert(labelDays).values({ modelId, day: purged, version: 1, projectId: a.project.id, labels: 3, positives: 1, logLossSum: 1, scoreSum: 1 });
  expect((await propose()).liveFrom).toEqual(purged);
  const b = await testProject();
  await expect(proposeReference(b.ctx, { model: "delay" })).rejects.toThrow(NotFound);
});
