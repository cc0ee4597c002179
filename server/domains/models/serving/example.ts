/** A row that a person may ask an endpoint with: its newest logged inference, else one of the dataset that it was trained on. Measured, never invented. */
import { findDatasetContent } from "@/server/domains/catalog/service/find-dataset-content";
import { blobStore } from "@/server/platform/blob-store/blobs";
import type { Db } from "@/server/platform/db";
import { sqlName, sqlText } from "@/server/platform/duckdb/quote";
import { withDuckDb } from "@/server/platform/duckdb/session";
import { NotFound } from "@/server/platform/errors";
import { query } from "@/server/platform/mutation";
import { featureNamesByVersion, findVersionById } from "../store/versions";
import { serviceShape } from "./completion";
import { EndpointRef, type ExampleRow } from "./contract";
import { findNewestInference } from "./log/store";
import { findServed, type Served } from "./served-versions";

const asNumber = (value: unknown): number | null => (typeof value === "number" && Number.isFinite(value) ? value : null);

async function newestInference(db: Db, modelId: string): Promise<ExampleRow | null> {
  const row = await findNewestInference(db, modelId);
  const names = row ? (await featureNamesByVersion(db, modelId)).get(row.version) : undefined;
  if (!row?.features || !names) return null;
  const values = row.features;
  const features = Object.fromEntries(names.map((name, position) => [name, asNumber(values[position])]));
  return {
    from: "inference", name: row.predictionId, at: row.receivedAt, eventTime: row.eventTime.toISOString(), keys: (row.keys ?? {}) as ExampleRow["keys"], features,
  };
}

const isoOf = (value: unknown): string | null => {
  const at = typeof value === "string" || typeof value === "number" ? new Date(value) : null;
  return at && !Number.isNaN(at.getTime()) ? at.toISOString() : null;
};

async function keyNames(served: Served): Promise<string[]> {
  if (!served.service) return [];
  return serviceShape(served.projectId, served.service).then((shape) => shape.keys, () => []);
}

type Wanted = { features: readonly string[]; keys: readonly string[]; id: string | undefined; eventTime: string | undefined };

/** The last row by event time (where there is one), of the columns that the file has. */
async function readRow(sha256: string, { features, keys, id, eventTime }: Wanted): Promise<Record<string, unknown> | null> {
  const path = await blobStore().localPath(sha256);
  return withDuckDb([path], async (session) => {
    const from = `read_parquet(${sqlText(path)})`;
    const described = await session.rows<{ column_name: string }>(`describe select * from ${from}`);
    const known = new Set(described.map((column) => column.column_name));
    const columns = [...new Set([...features, ...keys, ...(id ? [id] : [])])].filter((name) => known.has(name)).map(sqlName);
    const hasTime = eventTime !== undefined && known.has(eventTime);
    if (hasTime) columns.push(`strftime(${sqlName(eventTime)}::timestamp, '%Y-%m-%dT%H:%M:%S.%gZ') as "event time"`);
    if (columns.length === 0) return null;
    const [row] = await session.rows<Record<string, unknown>>(`select ${columns.join(", ")} from ${from} ${hasTime ? `order by ${sqlName(eventTime)} desc` : ""} limit 1`);
    return row ?? null;
  });
}

async function datasetRow(db: Db, served: Served): Promise<ExampleRow | null> {
  const version = await findVersionById(db, served.projectId, served.versionId);
  const { features } = served.signature;
  if (!version?.datasetId || !features) return null;
  const dataset = await findDatasetContent(db, served.projectId, version.datasetId).catch((error: unknown) => {
    if (error instanceof NotFound) return null;
    throw error;
  });
  if (!dataset) return null;
  const keys = await keyNames(served);
  const { id, event_time: eventTime } = dataset.definition;
  const row = await readRow(dataset.blobSha256, { features, keys, id, eventTime });
  if (!row) return null;
  const isKey = (value: unknown): value is string | number => typeof value === "string" || typeof value === "number";
  return {
    from: "dataset", name: `${dataset.name} v${dataset.version}${id && row[id] !== undefined ? `, ${id} ${String(row[id])}` : ""}`, at: null, eventTime: isoOf(row["event time"]),
    keys: Object.fromEntries(keys.flatMap((name) => (isKey(row[name]) ? [[name, row[name]]] : []))),
    features: Object.fromEntries(features.map((name) => [name, asNumber(row[name])])),
  };
}

export const readExample = query("models.readExample", "viewer", EndpointRef, async ({ db, ctx, input }): Promise<{ example: ExampleRow | null }> => {
  const served = await findServed(ctx.project.id, input.name, input.version);
  return { example: (await newestInference(db, served.modelId)) ?? (await datasetRow(db, served)) };
});
