/** What an alert tells of the time before it: only what lies upstream of its own model. */
import { expect, it } from "vitest";
import { alerts } from "@/drizzle/schema/monitoring";
import { applyDefinitions } from "@/server/domains/catalog/service/apply-definitions";
import { storeDataset } from "@/server/domains/evaluations/testing/test-evaluations";
import { createModel, updateModel } from "@/server/domains/models/service/models";
import { setAlias } from "@/server/domains/models/service/promotions";
import { addVersion, makeChampion } from "@/server/domains/models/serving/testing/serve-fixture";
import { listAudit } from "@/server/platform/audit/service";
import { database } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import { testProject } from "@/server/platform/testing/project";
import { listChangesUpstream } from "../store/changes";
import { findUpstream } from "../store/upstream";
import { definition } from "../testing/watched-model";
import { getAlert } from "./alerts";
import { applyMonitor, requireMonitor } from "./apply-monitor";

const view = (name: string, source: string) => ({
  definition: { kind: "feature_view" as const, name, entity: "airport", source, sql: "v.sql", ttl: "2h", features: [{ name: `${name}_mean`, dtype: "float64" as const }] }, sqlText: "select 1",
});
const service = (name: string, of: string) => ({ definition: { kind: "feature_service" as const, name, views: [{ view: of, join: { airport: "origin" } }] } });
const source = (name: string, description = "") => ({ definition: { kind: "source" as const, name, file: `${name}.parquet`, description } });

it("leaves out what was done to other models, their monitors and their features", async () => {
  const { ctx, project } = await testProject();
  await applyDefinitions(ctx, {
    definitions: [
      { definition: { kind: "entity", name: "airport", key: "airport" } }, source("outcomes"), source("weather"), source("cargo"),
      view("delays", "outcomes"), view("freight", "cargo"), service("delay", "delays"), service("load", "freight"),
    ],
  });
  const { id } = await createModel(ctx, { name: "delay", service: "delay" });
  await createModel(ctx, { name: "load", service: "load" });
  await storeDataset(ctx, "history");
  await applyMonitor(ctx, definition);
  await applyMonitor(ctx, { ...definition, name: "load", model: "load" });
  await updateModel(ctx, { name: "load", description: "how full" });
  await applyDefinitions(ctx, { definitions: [source("outcomes", "of the ministry"), source("cargo", "of the port")] });

  const changes = await listChangesUpstream(database(), project.id, await findUpstream(database(), project.id, id), new Date(0), new Date(Date.now() + 60_000), 50);
  expect(changes.map(({ what, subject }) => `${what} ${subject}`)).toEqual([
    "catalog.applyDefinitions source outcomes",
    "monitoring.applyMonitor delay",
    "models.createModel delay",
    ...["entity airport", "source outcomes", "feature view delays", "feature service delay"].map((subject) => `catalog.applyDefinitions ${subject}`),
  ]);
});

const changesOf = async (projectId: string, modelId: string, limit = 50) => {
  const changes = await listChangesUpstream(database(), projectId, await findUpstream(database(), projectId, modelId), new Date(0), new Date(Date.now() + 60_000), limit);
  return changes.map(({ what, subject }) => `${what} ${subject}`);
};

it("finds a change however many definitions of others, or none at all, were applied after it", async () => {
  const { ctx, project } = await testProject();
  await applyDefinitions(ctx, { definitions: [{ definition: { kind: "entity", name: "airport", key: "airport" } }, source("outcomes"), source("cargo"), view("delays", "outcomes"), service("delay", "delays")] });
  const { id } = await createModel(ctx, { name: "delay", service: "delay" });
  await applyDefinitions(ctx, { definitions: [source("outcomes", "of the ministry")] });
  for (const n of [1, 2, 3]) await applyDefinitions(ctx, { definitions: [source("cargo", `of port ${n}`)] });
  for (let n = 0; n < 3; n += 1) await applyDefinitions(ctx, { definitions: [source("cargo", "of port 3")] });
  expect(await changesOf(project.id, id, 2)).toEqual(["catalog.applyDefinitions source outcomes", "models.createModel delay"]);
});

it("forgets what a definition is no longer made from", async () => {
  const { ctx, project } = await testProject();
  await applyDefinitions(ctx, { definitions: [{ definition: { kind: "entity", name: "airport", key: "airport" } }, source("outcomes"), source("weather"), view("delays", "outcomes"), service("delay", "delays")] });
  const { id } = await createModel(ctx, { name: "delay", service: "delay" });
  await applyDefinitions(ctx, { definitions: [view("delays", "weather")] });
  const { catalog } = await findUpstream(database(), project.id, id);
  expect(catalog.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual(["entity airport", "feature_service delay", "feature_view delays", "source weather"]);
});

it("counts what was applied as one would", async () => {
  const { ctx } = await testProject();
  await applyDefinitions(ctx, { definitions: [source("outcomes")] });
  await applyDefinitions(ctx, { definitions: [source("outcomes"), source("weather"), source("cargo")] });
  expect((await listAudit(ctx, { action: "catalog.applyDefinitions" })).rows.map((row) => row.subjectName)).toEqual(["2 definitions", "1 definition"]);
});

it("tells who was champion, however often another alias moved since", async () => {
  const { ctx, project } = await testProject();
  const { id: modelId } = await createModel(ctx, { name: "delay" });
  const version = await addVersion(ctx, modelId, "first");
  await addVersion(ctx, modelId, "second");
  await makeChampion(ctx, "delay", version);
  for (let move = 0; move < 21; move += 1) await setAlias(ctx, { name: "delay", version: 1 + (move % 2), alias: "challenger" });
  await storeDataset(ctx, "history");
  await applyMonitor(ctx, definition);
  const { id: monitorId } = await requireMonitor(database(), project.id, "delay");
  const [alertId, at] = [newId(), new Date()];
  const evidence = { columns: [], rows: 0, modelVersion: 1, receivedFrom: null, receivedTo: null, watermark: at.toISOString() };
  await database().insert(alerts).values({ id: alertId, projectId: project.id, monitorId, rule: "volume", state: "firing", dedupKey: "delay/volume", title: "delay: volume", startsAt: at, endsAt: at, lastEndsAt: at, evidence });
  expect((await getAlert(ctx, { alertId })).champions).toMatchObject([{ version: 1, to: null }]);
});
