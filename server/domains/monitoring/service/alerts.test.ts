/** What an alert tells of the time before it: only what lies upstream of its own model. */
import { expect, it } from "vitest";
import { applyDefinitions } from "@/server/domains/catalog/service/apply-definitions";
import { storeDataset } from "@/server/domains/evaluations/testing/test-evaluations";
import { createModel, updateModel } from "@/server/domains/models/service/models";
import { database } from "@/server/platform/db";
import { testProject } from "@/server/platform/testing/project";
import { listChangesUpstream } from "../store/changes";
import { findUpstream } from "../store/upstream";
import { definition } from "../testing/watched-model";
import { applyMonitor } from "./apply-monitor";

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
