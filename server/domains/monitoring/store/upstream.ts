/** What lies upstream of a model: itself, its monitors and replays, and all that its features and datasets are made from. */
import { and, eq, isNotNull, sql } from "drizzle-orm";
import { datasets } from "@/drizzle/schema/catalog";
import { models, modelVersions } from "@/drizzle/schema/models";
import { replays } from "@/drizzle/schema/monitoring";
import type { Db } from "@/server/platform/db";
import { findMonitorsOfModel } from "./monitors";

type CatalogEnd = { kind: string; name: string };
export type Upstream = { modelId: string; monitors: string[]; replays: string[]; catalog: CatalogEnd[] };

/** Follows what the catalog says that each definition is made from, to the sources. */
async function madeFrom(db: Db, projectId: string, roots: readonly CatalogEnd[]): Promise<CatalogEnd[]> {
  const result = await db.execute<CatalogEnd>(sql`
    with recursive up as (
      select * from unnest(${sql.param(roots.map((root) => root.kind))}::text[], ${sql.param(roots.map((root) => root.name))}::text[]) as root(kind, name)
      union
      select l.to_kind, l.to_id from up join links l on l.project_id = ${projectId} and l.from_kind = up.kind and l.from_id = up.name and l.relation = 'made from')
    select kind, name from up`);
  return result.rows;
}

export async function findUpstream(db: Db, projectId: string, modelId: string): Promise<Upstream> {
  const [model] = await db.select({ name: models.name, service: models.service }).from(models).where(and(eq(models.projectId, projectId), eq(models.id, modelId)));
  const watching = await findMonitorsOfModel(db, modelId);
  const trainedOn = await db.selectDistinct({ name: datasets.name }).from(modelVersions).innerJoin(datasets, eq(datasets.id, modelVersions.datasetId))
    .where(and(eq(modelVersions.modelId, modelId), isNotNull(modelVersions.datasetId)));
  const played = await db.select({ name: replays.name }).from(replays).where(and(eq(replays.projectId, projectId), eq(replays.model, model?.name ?? "")));
  const names = [...trainedOn.map(({ name }) => name), ...watching.map(({ definition }) => definition.reference.dataset)];
  const roots = [...(model?.service ? [{ kind: "feature_service", name: model.service }] : []), ...names.map((name) => ({ kind: "dataset", name }))];
  return { modelId, monitors: watching.map(({ name }) => name), replays: played.map(({ name }) => name), catalog: await madeFrom(db, projectId, roots) };
}
