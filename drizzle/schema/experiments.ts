import { sql } from "drizzle-orm";
import { bigint, boolean, doublePrecision, index, integer, jsonb, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { bytes, createdAt, id, moment, sortedText } from "./columns";
import { projects } from "./identity";
import { blobRef } from "./platform";

const projectId = () => uuid("project_id").notNull().references(() => projects.id, { onDelete: "cascade" });

export const experiments = pgTable(
  "experiments",
  {
    id: id(),
    projectId: projectId(),
    /** MLflow's experiment id: counted per project, the default one is 0. */
    no: integer("no").notNull(),
    name: sortedText("name").notNull(),
    artifactLocation: text("artifact_location").notNull(),
    lifecycleStage: text("lifecycle_stage").notNull().default("active"),
    deletedAt: moment("deleted_at"),
    createdAt: createdAt(),
    updatedAt: moment("updated_at").notNull().default(sql`now()`),
  },
  (t) => [
    uniqueIndex("experiments_no_key").on(t.projectId, t.no),
    uniqueIndex("experiments_name_key").on(t.projectId, t.name),
  ],
);

export const experimentTags = pgTable(
  "experiment_tags",
  {
    experimentId: uuid("experiment_id").notNull().references(() => experiments.id, { onDelete: "cascade" }),
    key: sortedText("key").notNull(),
    value: text("value").notNull(),
  },
  (t) => [primaryKey({ columns: [t.experimentId, t.key] })],
);

export const runs = pgTable(
  "runs",
  {
    id: id(),
    projectId: projectId(),
    experimentId: uuid("experiment_id").notNull().references(() => experiments.id, { onDelete: "cascade" }),
    name: sortedText("name").notNull(),
    status: text("status").notNull(),
    lifecycleStage: text("lifecycle_stage").notNull().default("active"),
    userName: text("user_name").notNull().default(""),
    startTime: bigint("start_time", { mode: "number" }),
    endTime: bigint("end_time", { mode: "number" }),
    artifactUri: text("artifact_uri").notNull(),
    parentRunId: uuid("parent_run_id"),
    jobId: uuid("job_id"),
    recipeId: uuid("recipe_id"),
    launch: jsonb("launch"),
    failure: text("failure"),
    /** The number of the latest attempt that logged points (ADR 16). */
    attempts: integer("attempts").notNull().default(1),
    /** Attempts of the run before those of its job are counted: earlier jobs', where it was resumed. */
    attemptBase: integer("attempt_base").notNull().default(0),
    /** Since when what an outside script logs is of a next attempt: it ended the run, or opened it again. */
    attemptOverAt: moment("attempt_over_at"),
    deletedAt: moment("deleted_at"),
    createdAt: createdAt(),
    updatedAt: moment("updated_at").notNull().default(sql`now()`),
  },
  (t) => [
    index("runs_newest_idx").on(t.experimentId, t.startTime.desc().nullsLast(), t.id.desc()),
    index("runs_open_idx").on(t.experimentId, t.status).where(sql`${t.status} in ('RUNNING', 'SCHEDULED')`),
    index("runs_project_idx").on(t.projectId, t.id),
    index("runs_job_idx").on(t.jobId),
    index("runs_parent_idx").on(t.parentRunId),
  ],
);

/**
 * Each key of an experiment's metrics, params and tags once: rows and indexes hold its number. Nothing refers to it by a foreign key:
 * the lock that each new row would take on it is one that all writers of an experiment share.
 */
export const fieldKeys = pgTable(
  "field_keys",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    experimentId: uuid("experiment_id").notNull().references(() => experiments.id, { onDelete: "cascade" }),
    scope: text("scope").notNull(),
    key: sortedText("key").notNull(),
  },
  (t) => [uniqueIndex("field_keys_key").on(t.experimentId, t.scope, t.key)],
);

export const runParams = pgTable(
  "run_params",
  {
    runId: uuid("run_id").notNull().references(() => runs.id, { onDelete: "cascade" }),
    keyId: integer("key_id").notNull(),
    value: text("value").notNull(),
  },
  // The head of a value: a whole one may be longer than an index takes.
  (t) => [primaryKey({ columns: [t.runId, t.keyId] }), index("run_params_value_idx").on(t.keyId, sql`left(${t.value}, 64)`)],
);

export const runTags = pgTable(
  "run_tags",
  {
    runId: uuid("run_id").notNull().references(() => runs.id, { onDelete: "cascade" }),
    keyId: integer("key_id").notNull(),
    value: text("value").notNull(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.keyId] }), index("run_tags_value_idx").on(t.keyId, sql`left(${t.value}, 64)`)],
);

/** Batches of points as they were acknowledged, until they are sealed into chunks. Ids are of time (UUIDv7). */
export const metricBatches = pgTable(
  "metric_batches",
  {
    id: id(),
    runId: uuid("run_id").notNull().references(() => runs.id, { onDelete: "cascade" }),
    attempt: integer("attempt").notNull().default(1),
    points: bytes("points").notNull(),
  },
  (t) => [index("metric_batches_run_idx").on(t.runId, t.id)],
);

/** The first half of each batch's SHA-256 for a day: an exact repeat of a batch is the same batch. */
export const metricBatchHashes = pgTable(
  "metric_batch_hashes",
  {
    runId: uuid("run_id").notNull().references(() => runs.id, { onDelete: "cascade" }),
    hash: uuid("hash").notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.hash] }), index("metric_batch_hashes_created_idx").using("brin", t.createdAt)],
);

/** Where an attempt after the first begins in a metric: the points of earlier ones from there on are superseded once it has a second step. */
export const metricRestarts = pgTable(
  "metric_restarts",
  {
    runId: uuid("run_id").notNull().references(() => runs.id, { onDelete: "cascade" }),
    keyId: integer("key_id").notNull(),
    attempt: integer("attempt").notNull(),
    firstStep: bigint("first_step", { mode: "number" }).notNull(),
    isLine: boolean("is_line").notNull(),
    /** Charts mark it: the metric had points before, and a job was tried again or a script's steps went back. */
    isMarked: boolean("is_marked").notNull(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.keyId, t.attempt] })],
);

/**
 * Sealed points of one attempt: of one metric, in order, each once, with its pyramid (64, 256, 1024 points a bucket); or,
 * `packed`, the short series of several metrics from `key_from` to `key_to`. Chunks of one metric and attempt never overlap in steps.
 */
export const metricChunks = pgTable(
  "metric_chunks",
  {
    id: id(),
    runId: uuid("run_id").notNull().references(() => runs.id, { onDelete: "cascade" }),
    keyFrom: sortedText("key_from").notNull(),
    keyTo: sortedText("key_to").notNull(),
    packed: boolean("packed").notNull(),
    attempt: integer("attempt").notNull().default(1),
    stepFrom: bigint("step_from", { mode: "number" }).notNull(),
    stepTo: bigint("step_to", { mode: "number" }).notNull(),
    count: integer("count").notNull(),
    points: bytes("points").notNull(),
    level64: bytes("level_64"),
    level256: bytes("level_256"),
    level1024: bytes("level_1024"),
  },
  (t) => [index("metric_chunks_attempt_idx").on(t.runId, t.packed, t.attempt, t.keyTo, t.stepTo)],
);

/** One row a metric of a run, kept on write: what tables sort by and pages show first. */
export const metricSummaries = pgTable(
  "metric_summaries",
  {
    runId: uuid("run_id").notNull().references(() => runs.id, { onDelete: "cascade" }),
    keyId: integer("key_id").notNull(),
    lastValue: doublePrecision("last_value").notNull(),
    lastStep: bigint("last_step", { mode: "number" }).notNull(),
    lastTimestamp: bigint("last_timestamp", { mode: "number" }).notNull(),
    minValue: doublePrecision("min_value"),
    minStep: bigint("min_step", { mode: "number" }),
    maxValue: doublePrecision("max_value"),
    maxStep: bigint("max_step", { mode: "number" }),
    firstTimestamp: bigint("first_timestamp", { mode: "number" }).notNull(),
    count: bigint("count", { mode: "number" }).notNull(),
    /** Over finite values: their mean is sum / count. Final for sealed points. */
    valueSum: doublePrecision("value_sum").notNull().default(0),
    valueCount: bigint("value_count", { mode: "number" }).notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.runId, t.keyId] }), index("metric_summaries_value_idx").on(t.keyId, t.lastValue, t.runId)],
);

/** What a run read (MLflow's dataset inputs). */
export const runInputs = pgTable(
  "run_inputs",
  {
    runId: uuid("run_id").notNull().references(() => runs.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    digest: text("digest").notNull(),
    sourceType: text("source_type").notNull(),
    source: text("source").notNull(),
    schema: text("schema"),
    profile: text("profile"),
    tags: jsonb("tags").notNull(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.name, t.digest] })],
);

export const loggedModels = pgTable(
  "logged_models",
  {
    /** `m-` and 32 hex digits. */
    id: text("id").primaryKey(),
    projectId: projectId(),
    experimentId: uuid("experiment_id").notNull().references(() => experiments.id, { onDelete: "cascade" }),
    name: sortedText("name").notNull(),
    sourceRunId: uuid("source_run_id"),
    modelType: text("model_type"),
    status: text("status").notNull(),
    artifactUri: text("artifact_uri").notNull(),
    params: jsonb("params").notNull(),
    tags: jsonb("tags").notNull(),
    createdAt: createdAt(),
    updatedAt: moment("updated_at").notNull().default(sql`now()`),
    deletedAt: moment("deleted_at"),
  },
  (t) => [
    index("logged_models_experiment_idx").on(t.experimentId, t.createdAt),
    index("logged_models_run_idx").on(t.sourceRunId),
    index("logged_models_ready_idx").on(t.projectId, t.createdAt).where(sql`${t.status} = 'LOGGED_MODEL_READY' and ${t.deletedAt} is null`),
  ],
);

/** What was measured of a model: the latest of each metric, a run and a dataset (MLflow's metrics with a `model_id`). */
export const modelMetrics = pgTable(
  "model_metrics",
  {
    modelId: text("model_id").notNull().references(() => loggedModels.id, { onDelete: "cascade" }),
    runId: uuid("run_id").notNull().references(() => runs.id, { onDelete: "cascade" }),
    key: sortedText("key").notNull(),
    datasetName: text("dataset_name").notNull().default(""),
    datasetDigest: text("dataset_digest").notNull().default(""),
    value: doublePrecision("value").notNull(),
    step: bigint("step", { mode: "number" }).notNull(),
    timestamp: bigint("timestamp", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ name: "model_metrics_pk", columns: [t.modelId, t.key, t.runId, t.datasetName, t.datasetDigest] }), index("model_metrics_run_idx").on(t.runId)],
);

/** Models that a run read. */
export const runModelInputs = pgTable(
  "run_model_inputs",
  {
    runId: uuid("run_id").notNull().references(() => runs.id, { onDelete: "cascade" }),
    modelId: text("model_id").notNull().references(() => loggedModels.id, { onDelete: "cascade" }),
  },
  (t) => [primaryKey({ columns: [t.runId, t.modelId] }), index("run_model_inputs_model_idx").on(t.modelId)],
);

export const runOutputs = pgTable(
  "run_outputs",
  {
    runId: uuid("run_id").notNull().references(() => runs.id, { onDelete: "cascade" }),
    modelId: text("model_id").notNull().references(() => loggedModels.id, { onDelete: "cascade" }),
    step: bigint("step", { mode: "number" }).notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.runId, t.modelId] })],
);

/** A proxied artifact: `path` is under the project's `mlflow-artifacts:/` root. */
export const artifacts = pgTable(
  "artifacts",
  {
    projectId: projectId(),
    path: sortedText("path").notNull(),
    sha256: blobRef("sha256").notNull(),
    size: bigint("size", { mode: "number" }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.path] }), index("artifacts_sha_idx").on(t.sha256)],
);

export const recipes = pgTable(
  "recipes",
  {
    id: id(),
    projectId: projectId(),
    name: sortedText("name").notNull(),
    version: integer("version").notNull(),
    /** Of the definition and the code archive together: the same content is the same version. */
    contentSha256: text("content_sha256").notNull(),
    definition: jsonb("definition").notNull(),
    codeSha256: blobRef("code_sha256").notNull(),
    requirementsSha256: blobRef("requirements_sha256"),
    /** Where this version came from first: a repository's commit, an uploaded file; null from the API. */
    source: jsonb("source"),
    isCurrent: smallint("is_current").notNull().default(1),
    createdAt: createdAt(),
  },
  (t) => [
    index("recipes_code_idx").on(t.codeSha256),
    index("recipes_requirements_idx").on(t.requirementsSha256),
    uniqueIndex("recipes_version_key").on(t.projectId, t.name, t.version),
    uniqueIndex("recipes_content_key").on(t.projectId, t.name, t.contentSha256),
  ],
);
