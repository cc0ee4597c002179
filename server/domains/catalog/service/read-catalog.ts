import { z } from "zod";
import type { Db } from "@/server/platform/db";
import { env } from "@/server/platform/env";
import { NotFound } from "@/server/platform/errors";
import { listLinks } from "@/server/platform/links";
import { query } from "@/server/platform/mutation";
import { findLinkedTo } from "@/server/platform/search";
import { latestOperation } from "@/server/platform/operations";
import {
  DatasetRef, type DatasetView, DefinitionRef, type FeatureStatistics, type KeptDataset, ListDatasetChoicesInput, ListDatasetsInput, type SkewCheckView, type SplitView,
} from "../contract/catalog";
import { countDatasets, type DatasetRow, findDataset, selectDatasets, selectKeptDatasets } from "../store/datasets";
import { datasetNames, listDefinitionVersions, listDefinitionViews } from "../store/definitions";
import { findLatestSkewCheck, type SkewCheckRow } from "../store/skew-checks";

export const listDefinitions = query(
  "catalog.listDefinitions",
  "viewer",
  z.object({ kind: DefinitionRef.shape.kind.nullable().default(null) }),
  async ({ db, ctx, input }) => listDefinitionViews(db, ctx.project.id, input.kind, null),
);

export const getDefinition = query("catalog.getDefinition", "viewer", DefinitionRef, async ({ db, ctx, input }) => {
  const [view] = await listDefinitionViews(db, ctx.project.id, input.kind, input.name);
  if (!view) throw new NotFound(`There is no ${input.kind.replace("_", " ")} ${input.name}.`);
  const versions = await listDefinitionVersions(db, view.id);
  const links = await listLinks(db, ctx.project.id, { kind: input.kind, id: input.name });
  return {
    ...view,
    versions,
    links,
    datasets: await datasetNames(db, ctx.project.id, links.flatMap(({ from }) => (from.kind === "dataset" && z.uuid().safeParse(from.id).success ? [from.id] : []))),
    operation: await latestOperation(db, ctx.project.id, input.kind, input.name),
  };
});

const dayMs = 86_400_000;

const endOf = (temporarySince: Date | null) => temporarySince && new Date(temporarySince.getTime() + env().SLIPWAY_TEMPORARY_DATASET_DAYS * dayMs);

const datasetView = (row: DatasetRow): DatasetView => ({
  id: row.id, name: row.name, version: row.version, blobSha256: row.blobSha256, rows: row.rows, bytes: row.bytes, columns: row.columns as DatasetView["columns"],
  splits: row.splits as SplitView[], statistics: row.statistics as FeatureStatistics[], sampleShare: Number(row.sampleShare), tookMs: row.tookMs,
  createdBy: row.createdBy, createdAt: row.createdAt, purgedAt: row.purgedAt,
  temporaryUntil: endOf(row.temporarySince),
});

/** Newest first, in keyset pages; `count` is of all that fit. */
export const listDatasets = query("catalog.listDatasets", "viewer", ListDatasetsInput, async ({ db, ctx, input }) => {
  const found = await selectDatasets(db, ctx.project.id, { ...input, limit: input.limit + 1 });
  const rows = found.slice(0, input.limit);
  return {
    datasets: rows.map((row) => ({ ...datasetView(row), statistics: [], columns: [], columnCount: (row.columns as unknown[]).length })),
    nextCursor: found.length > input.limit ? (rows.at(-1)?.id ?? null) : null,
    count: await countDatasets(db, ctx.project.id, input),
  };
});

/** What a picker offers: nothing that was purged, those that stay before temporary ones, then the newest first. */
export const listDatasetChoices = query("catalog.listDatasetChoices", "viewer", ListDatasetChoicesInput, async ({ db, ctx, input }): Promise<KeptDataset[]> => {
  const rows = await selectKeptDatasets(db, ctx.project.id, input);
  return rows.map(({ temporarySince, splits, ...row }) => ({ ...row, splits: splits as SplitView[], temporaryUntil: endOf(temporarySince) }));
});

const skewView = (row: SkewCheckRow): SkewCheckView => ({
  id: row.id, datasetId: row.datasetId, from: row.fromTime, to: row.toTime, relative: Number(row.relative), rows: row.rows, values: row.values,
  differing: row.differing, share: row.values === 0 ? 0 : row.differing / row.values, byFeature: row.byFeature as SkewCheckView["byFeature"], createdAt: row.createdAt,
});

/** The newest shadow replay of a dataset, if there was one. */
export async function latestSkewCheck(db: Db, datasetId: string): Promise<SkewCheckView | null> {
  const row = await findLatestSkewCheck(db, datasetId);
  return row ? skewView(row) : null;
}

/** The newest of each kind; a dataset may be read by thousands. */
const mostUsers = 20;

export const getDataset = query("catalog.getDataset", "viewer", DatasetRef, async ({ db, ctx, input }) => {
  const row = await findDataset(db, ctx.project.id, input.datasetId);
  if (!row) throw new NotFound(`There is no dataset ${input.datasetId}.`);
  const self = { kind: "dataset", id: row.id };
  const usedBy = {
    runs: await findLinkedTo(db, ctx.project.id, self, "run", mostUsers),
    monitors: await findLinkedTo(db, ctx.project.id, self, "monitor", mostUsers),
  };
  return { ...datasetView(row), skew: await latestSkewCheck(db, row.id), links: await listLinks(db, ctx.project.id, self), usedBy };
});
