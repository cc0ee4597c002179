import { sql } from "drizzle-orm";
import { bigint, boolean, doublePrecision, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment, sortedText } from "./columns";
import { projects } from "./identity";
import { blobRef } from "./platform";

const projectId = () => uuid("project_id").notNull().references(() => projects.id, { onDelete: "cascade" });

export const models = pgTable(
  "models",
  {
    id: id(),
    projectId: projectId(),
    name: sortedText("name").notNull(),
    description: text("description").notNull().default(""),
    /** Which suite's gate its versions are held to; null for a model without one. */
    suite: text("suite"),
    /** Which feature service completes a request that brings keys only. */
    service: text("service"),
    approval: text("approval").notNull().default("person"),
    tags: jsonb("tags").notNull().default({}),
    createdAt: createdAt(),
    updatedAt: moment("updated_at").notNull().default(sql`now()`),
  },
  (t) => [uniqueIndex("models_name_key").on(t.projectId, t.name)],
);

export const modelVersions = pgTable(
  "model_versions",
  {
    id: id(),
    projectId: projectId(),
    modelId: uuid("model_id").notNull().references(() => models.id, { onDelete: "cascade" }),
    version: integer("version").notNull(),
    description: text("description").notNull().default(""),
    source: text("source").notNull(),
    loggedModelId: text("logged_model_id"),
    runId: uuid("run_id"),
    datasetId: uuid("dataset_id"),
    datasetDigest: text("dataset_digest"),
    /** SHA-256 over the paths and hashes of the version's files: approvals bind to it. */
    digest: text("digest").notNull(),
    onnxSha256: blobRef("onnx_sha256"),
    signature: jsonb("signature"),
    notServable: text("not_servable"),
    tags: jsonb("tags").notNull().default({}),
    stage: text("stage").notNull().default("None"),
    createdByKind: text("created_by_kind").notNull(),
    createdById: text("created_by_id").notNull(),
    createdByName: text("created_by_name").notNull(),
    createdByUserId: uuid("created_by_user_id"),
    isDeleted: boolean("is_deleted").notNull().default(false),
    createdAt: createdAt(),
    updatedAt: moment("updated_at").notNull().default(sql`now()`),
  },
  (t) => [uniqueIndex("model_versions_key").on(t.modelId, t.version), index("model_versions_logged_idx").on(t.loggedModelId), index("model_versions_onnx_idx").on(t.onnxSha256)],
);

/** At every instant one version holds an alias: the primary key says so. */
export const modelAliases = pgTable(
  "model_aliases",
  {
    modelId: uuid("model_id").notNull().references(() => models.id, { onDelete: "cascade" }),
    alias: sortedText("alias").notNull(),
    versionId: uuid("version_id").notNull().references(() => modelVersions.id, { onDelete: "cascade" }),
    since: moment("since").notNull().default(sql`now()`),
  },
  (t) => [primaryKey({ columns: [t.modelId, t.alias] })],
);

export const gateVerdicts = pgTable(
  "gate_verdicts",
  {
    id: id(),
    projectId: projectId(),
    modelId: uuid("model_id").notNull().references(() => models.id, { onDelete: "cascade" }),
    versionId: uuid("version_id").notNull().references(() => modelVersions.id, { onDelete: "cascade" }),
    championVersionId: uuid("champion_version_id"),
    suite: text("suite").notNull(),
    suiteVersion: integer("suite_version").notNull(),
    digest: text("digest").notNull(),
    outcome: text("outcome").notNull(),
    verdict: jsonb("verdict").notNull(),
    evaluationId: uuid("evaluation_id").notNull(),
    comparisonId: uuid("comparison_id"),
    skewCheckId: uuid("skew_check_id"),
    createdAt: createdAt(),
  },
  (t) => [index("gate_verdicts_version_idx").on(t.versionId, t.createdAt), index("gate_verdicts_model_idx").on(t.modelId, t.createdAt)],
);

export const promotions = pgTable(
  "promotions",
  {
    id: id(),
    projectId: projectId(),
    modelId: uuid("model_id").notNull().references(() => models.id, { onDelete: "cascade" }),
    versionId: uuid("version_id").notNull().references(() => modelVersions.id, { onDelete: "cascade" }),
    alias: text("alias").notNull(),
    digest: text("digest").notNull(),
    state: text("state").notNull(),
    reason: text("reason").notNull().default(""),
    verdictId: uuid("verdict_id"),
    /** Who held the alias when it was asked: a promotion that lost a race says so. */
    expectedVersionId: uuid("expected_version_id"),
    requestedByName: text("requested_by_name").notNull(),
    requestedByUserId: uuid("requested_by_user_id"),
    decidedByName: text("decided_by_name"),
    decidedByUserId: uuid("decided_by_user_id"),
    decision: text("decision"),
    createdAt: createdAt(),
    decidedAt: moment("decided_at"),
  },
  (t) => [index("promotions_model_idx").on(t.modelId, t.id), index("promotions_open_idx").on(t.projectId, t.state)],
);

/** What held an alias when: intervals without gaps or overlaps a (model, alias). */
export const ledger = pgTable(
  "ledger",
  {
    id: id(),
    projectId: projectId(),
    modelId: uuid("model_id").notNull().references(() => models.id, { onDelete: "cascade" }),
    alias: text("alias").notNull(),
    versionId: uuid("version_id").notNull(),
    version: integer("version").notNull(),
    heldFrom: moment("held_from").notNull().default(sql`now()`),
    heldTo: moment("held_to"),
    cause: text("cause").notNull(),
    promotionId: uuid("promotion_id"),
    byName: text("by_name").notNull(),
    note: text("note").notNull().default(""),
  },
  (t) => [
    index("ledger_model_idx").on(t.modelId, t.alias, t.heldFrom),
    uniqueIndex("ledger_current_key").on(t.modelId, t.alias).where(sql`${t.heldTo} is null`),
  ],
);

/** Predictions as they were answered: what monitors and labels refer to. */
export const inferences = pgTable(
  "inferences",
  {
    projectId: projectId(),
    modelId: uuid("model_id").notNull(),
    predictionId: text("prediction_id").notNull(),
    version: integer("version").notNull(),
    /** The stream's clock; the moment of receipt where the request brought none. */
    eventTime: moment("event_time").notNull(),
    receivedAt: moment("received_at").notNull().default(sql`now()`),
    score: doublePrecision("score"),
    /** In the order of the version's signature; NaN where a value was absent. */
    features: doublePrecision("features").array(),
    /** The entity keys of a request that brought keys. */
    keys: jsonb("keys"),
    /** How many predictions it stands for: 1 ÷ the share that is logged. */
    weight: doublePrecision("weight").notNull().default(1),
    sequence: bigint("sequence", { mode: "number" }).generatedAlwaysAsIdentity(),
  },
  (t) => [
    primaryKey({ columns: [t.modelId, t.predictionId] }),
    index("inferences_received_idx").on(t.receivedAt),
    index("inferences_sequence_idx").on(t.modelId, t.sequence),
    // Streams arrive about in order: a block range index is enough to find a window, at no cost a row.
    index("inferences_event_idx").using("brin", t.eventTime),
  ],
);

/** Requests a minute by outcome, on the server's clock; `latency` counts them by the bounds that the domain names. */
export const servingMinutes = pgTable(
  "serving_minutes",
  {
    projectId: projectId(),
    modelId: uuid("model_id").notNull(),
    version: integer("version").notNull(),
    minute: moment("minute").notNull(),
    outcome: text("outcome").notNull(),
    requests: integer("requests").notNull(),
    rows: bigint("rows", { mode: "number" }).notNull(),
    latency: integer("latency").array().notNull(),
  },
  (t) => [primaryKey({ columns: [t.modelId, t.minute, t.version, t.outcome] }), index("serving_minutes_minute_idx").on(t.minute)],
);
