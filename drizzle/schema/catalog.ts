import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment, sortedText } from "./columns";
import { projects } from "./identity";
import { blobRef } from "./platform";

const projectId = () => uuid("project_id").notNull().references(() => projects.id, { onDelete: "cascade" });

/** Definitions as applied: entities, sources, feature views, feature services, datasets; a new content is a new version. */
export const definitions = pgTable(
  "definitions",
  {
    id: id(),
    projectId: projectId(),
    kind: text("kind").notNull(),
    name: sortedText("name").notNull(),
    version: integer("version").notNull(),
    contentSha256: text("content_sha256").notNull(),
    definition: jsonb("definition").notNull(),
    sqlText: text("sql_text"),
    appliedBy: text("applied_by").notNull(),
    createdAt: createdAt(),
    updatedAt: moment("updated_at").notNull().default(sql`now()`),
  },
  (t) => [uniqueIndex("definitions_name_key").on(t.projectId, t.kind, t.name)],
);

/** Past versions of a definition, for its page. */
export const definitionVersions = pgTable(
  "definition_versions",
  {
    definitionId: uuid("definition_id").notNull().references(() => definitions.id, { onDelete: "cascade" }),
    version: integer("version").notNull(),
    definition: jsonb("definition").notNull(),
    sqlText: text("sql_text"),
    appliedBy: text("applied_by").notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.definitionId, t.version] })],
);

/** What a source or feature view holds now: one Parquet file, with what was found in it. */
export const materials = pgTable("materials", {
  definitionId: uuid("definition_id").primaryKey().references(() => definitions.id, { onDelete: "cascade" }),
  projectId: projectId(),
  version: integer("version").notNull(),
  blobSha256: blobRef("blob_sha256").notNull(),
  rows: bigint("rows", { mode: "number" }).notNull(),
  bytes: bigint("bytes", { mode: "number" }).notNull(),
  /** Of the file and all that it was made from: the same inputs are not computed again. */
  inputSha256: text("input_sha256").notNull(),
  firstEventTime: moment("first_event_time"),
  lastEventTime: moment("last_event_time"),
  findings: jsonb("findings").notNull(),
  statistics: jsonb("statistics").notNull(),
  tookMs: integer("took_ms").notNull(),
  /** Which made it, or found it made: what an older one brings later does not take its place. */
  operationId: uuid("operation_id"),
  madeAt: moment("made_at").notNull().default(sql`now()`),
}, (t) => [index("materials_blob_idx").on(t.blobSha256)]);

export const datasets = pgTable(
  "datasets",
  {
    id: id(),
    projectId: projectId(),
    name: sortedText("name").notNull(),
    version: integer("version").notNull(),
    definition: jsonb("definition").notNull(),
    /** SHA-256 of the Parquet file: the dataset's content hash. */
    blobSha256: text("blob_sha256").notNull(),
    inputSha256: text("input_sha256").notNull(),
    rows: bigint("rows", { mode: "number" }).notNull(),
    bytes: bigint("bytes", { mode: "number" }).notNull(),
    columns: jsonb("columns").notNull(),
    splits: jsonb("splits").notNull(),
    statistics: jsonb("statistics").notNull(),
    sampleShare: text("sample_share").notNull().default("1"),
    tookMs: integer("took_ms").notNull(),
    createdBy: text("created_by").notNull(),
    createdAt: createdAt(),
    /** Set on one that was built to be thrown away: the retention's days count from here. */
    temporarySince: moment("temporary_since"),
    /** The content is gone; the row stays, so that its page can say so. */
    purgedAt: moment("purged_at"),
    heldSha256: blobRef("held_sha256").generatedAlwaysAs(sql`case when purged_at is null then blob_sha256 end`),
  },
  (t) => [
    index("datasets_held_idx").on(t.heldSha256),
    index("datasets_temporary_idx").on(t.temporarySince).where(sql`${t.temporarySince} is not null and ${t.purgedAt} is null`),
    uniqueIndex("datasets_version_key").on(t.projectId, t.name, t.version),
    uniqueIndex("datasets_input_key").on(t.projectId, t.name, t.inputSha256),
    index("datasets_project_idx").on(t.projectId, t.id),
  ],
);

/** How far a view's rows have reached the online store, on the stream's own clock. */
export const onlineState = pgTable("online_state", {
  definitionId: uuid("definition_id").primaryKey().references(() => definitions.id, { onDelete: "cascade" }),
  projectId: projectId(),
  /** The latest `available_at` that was written. */
  watermark: moment("watermark"),
  rowsWritten: bigint("rows_written", { mode: "number" }).notNull().default(0),
  updatedAt: moment("updated_at").notNull().default(sql`now()`),
});

/** Shadow replays: online reads at each row's time against the dataset's own values. */
export const skewChecks = pgTable(
  "skew_checks",
  {
    id: id(),
    projectId: projectId(),
    datasetId: uuid("dataset_id").notNull().references(() => datasets.id, { onDelete: "cascade" }),
    fromTime: moment("from_time").notNull(),
    toTime: moment("to_time").notNull(),
    relative: text("relative").notNull(),
    rows: bigint("rows", { mode: "number" }).notNull(),
    values: bigint("values", { mode: "number" }).notNull(),
    differing: bigint("differing", { mode: "number" }).notNull(),
    byFeature: jsonb("by_feature").notNull(),
    createdAt: createdAt(),
  },
  (t) => [index("skew_checks_dataset_idx").on(t.datasetId, t.createdAt)],
);
