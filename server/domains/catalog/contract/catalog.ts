/** Inputs and views of the catalog's verbs. Browser-safe. */
import { z } from "zod";
import { Column, type Definition, Name } from "./definition";

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, "a SHA-256 in hex");

export const LoadSourceInput = z.object({ name: Name, sha256: Sha256, format: z.enum(["parquet", "csv"]) });
export const NameInput = z.object({ name: Name });
export const DefinitionRef = z.object({ kind: z.enum(["entity", "source", "feature_view", "feature_service", "dataset"]), name: Name });
export const BuildDatasetInput = z.object({
  name: Name,
  sampleShare: z.number().gt(0).max(1).nullable().default(null),
  /** Purged after the installation's days (SLIPWAY_TEMPORARY_DATASET_DAYS) unless something uses it. */
  temporary: z.boolean().default(false),
});
/** `kept` leaves out those that were purged; `cursor` is the last id of the page before. */
export const ListDatasetsInput = z.object({
  name: Name.nullable().default(null),
  content: z.enum(["kept", "all"]).default("kept"),
  cursor: z.uuid().optional(),
  limit: z.number().int().min(1).max(200).default(100),
});
/** The newest versions of every name, so that one name's many do not hide another. */
export const ListDatasetChoicesInput = z.object({
  versionsOfEach: z.number().int().min(1).max(50).default(20),
  /** Words of its name and version; with them every version that is kept is looked through. */
  find: z.string().max(200).default(""),
  /** Offered however old they are. */
  also: z.array(z.uuid()).max(10).default([]),
});
export const DatasetRef = z.object({ datasetId: z.uuid() });
export const CheckSkewInput = DatasetRef.extend({ from: z.iso.datetime(), to: z.iso.datetime(), relative: z.number().gt(0).default(1e-6) });
export const MaterializeOnlineInput = z.object({ views: z.array(Name).min(1).max(50), from: z.iso.datetime().nullable().default(null), to: z.iso.datetime() });
export const PushRowsInput = z.object({
  view: Name,
  /** Column arrays of equal length: the join key, event_time, the features, and available_at where it differs. */
  columns: z.record(Column, z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])).max(100_000)),
});
export const ReadOnlineInput = z.object({
  service: Name.nullable().default(null),
  features: z.array(z.string().max(130)).max(5_000).default([]),
  entities: z.record(Column, z.array(z.union([z.string(), z.number()])).max(10_000)),
  /** Read as of these times (one a row) instead of now; the stream's own clock. */
  eventTimes: z.array(z.number()).max(10_000).nullable().default(null),
});

export type Finding = { check: string; holds: string; breaking: number; share: number; examples: Record<string, unknown>[] };
export type FeatureStatistics = {
  name: string; count: number; nulls: number; distinct: number | null; mean: number | null; sd: number | null;
  min: number | null; max: number | null; quantiles: number[] | null; histogram: { edges: number[]; counts: number[] } | null; top: { value: string; count: number }[] | null;
};
export type MaterialView = {
  version: number; rows: number; bytes: number; blobSha256: string; firstEventTime: Date | null; lastEventTime: Date | null;
  findings: Finding[]; statistics: FeatureStatistics[]; tookMs: number; madeAt: Date;
};
export type OnlineStateView = { watermark: Date | null; rowsWritten: number; updatedAt: Date };
/** On the stream's clock: how far a view has come, and how far behind the furthest view of its source that is. */
export type FreshnessView = { at: Date; lagMs: number; isFresh: boolean; isOnline: boolean };
/** Of the newest shadow replay that covered the view: how many values differed online. */
export type ViewSkew = { datasetId: string; dataset: string; byFeature: { feature: string; values: number; differing: number }[] };
export type DefinitionView = {
  id: string; kind: Definition["kind"]; name: string; version: number; definition: Definition; sqlText: string | null; appliedBy: string;
  createdAt: Date; updatedAt: Date; material: MaterialView | null; online: OnlineStateView | null; freshness: FreshnessView | null;
  /** Of a feature view: the newest shadow replay in which one of its features was read. */
  skew: ViewSkew | null;
};
export type SplitView = { name: string; rows: number; positives: number; from: string; to: string };
export type DatasetView = {
  id: string; name: string; version: number; blobSha256: string; rows: number; bytes: number; columns: { name: string; type: string; role: string }[];
  splits: SplitView[]; statistics: FeatureStatistics[]; sampleShare: number; tookMs: number; createdBy: string; createdAt: Date;
  /** Of a temporary one: when its days end. What uses it then keeps it. */
  temporaryUntil: Date | null;
  /** Its content is gone since then; its row tells what it was. */
  purgedAt: Date | null;
};
/** A dataset that something new can read. */
export type KeptDataset = Pick<DatasetView, "id" | "name" | "version" | "rows" | "splits" | "temporaryUntil">;
export type SkewCheckView = {
  id: string; datasetId: string; from: Date; to: Date; relative: number; rows: number; values: number; differing: number; share: number;
  byFeature: { feature: string; values: number; differing: number; examples: { id: string; offline: number | string | null; online: number | string | null }[] }[]; createdAt: Date;
};
