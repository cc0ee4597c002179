import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, sortedText } from "./columns";
import { projects } from "./identity";
import { blobRef } from "./platform";

const projectId = () =>
  uuid("project_id")
    .notNull()
    .references(() => projects.id, { onDelete: "cascade" });

/** One row a version; what is asked of a model never changes under an evaluation. */
export const suites = pgTable(
  "suites",
  {
    id: id(),
    projectId: projectId(),
    name: sortedText("name").notNull(),
    version: integer("version").notNull(),
    /** The version that new evaluations take: the one applied last, which may be an old one. */
    isCurrent: boolean("is_current").notNull(),
    contentSha256: text("content_sha256").notNull(),
    definition: jsonb("definition").notNull(),
    appliedBy: text("applied_by").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("suites_version_key").on(t.projectId, t.name, t.version),
    uniqueIndex("suites_content_key").on(t.projectId, t.name, t.contentSha256),
    uniqueIndex("suites_current_key").on(t.projectId, t.name).where(sql`${t.isCurrent}`),
  ],
);

/** A logged model on a suite's rows. Written once, when the numbers are there; names are kept as they were. */
export const evaluations = pgTable(
  "evaluations",
  {
    id: id(),
    projectId: projectId(),
    suiteId: uuid("suite_id")
      .notNull()
      .references(() => suites.id, { onDelete: "cascade" }),
    loggedModelId: text("logged_model_id").notNull(),
    modelName: text("model_name").notNull(),
    modelRunId: uuid("model_run_id"),
    datasetId: uuid("dataset_id").notNull(),
    datasetName: text("dataset_name").notNull(),
    datasetVersion: integer("dataset_version").notNull(),
    scoringRunId: uuid("scoring_run_id"),
    scoresSha256: blobRef("scores_sha256").notNull(),
    /** Parquet of example results: id, label, cluster, slice columns, score; in the order of ids. */
    examplesSha256: blobRef("examples_sha256").notNull(),
    /** Of all of that but the scores: evaluations with the same digest are of the same examples. */
    examplesDigest: text("examples_digest").notNull(),
    rows: bigint("rows", { mode: "number" }).notNull(),
    result: jsonb("result").notNull(),
    tookMs: integer("took_ms").notNull(),
    createdBy: text("created_by").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("evaluations_content_key").on(t.projectId, t.suiteId, t.loggedModelId, t.datasetId, t.scoresSha256),
    index("evaluations_scores_idx").on(t.scoresSha256),
    index("evaluations_examples_idx").on(t.examplesSha256),
    index("evaluations_project_idx").on(t.projectId, t.id),
    index("evaluations_model_idx").on(t.projectId, t.loggedModelId, t.id),
    index("evaluations_suite_idx").on(t.suiteId, t.id),
    index("evaluations_dataset_idx").on(t.projectId, t.datasetId, t.id),
  ],
);

/** Candidate − baseline on the same examples: evaluations never change, so a pair is computed once. */
export const comparisons = pgTable(
  "comparisons",
  {
    id: id(),
    projectId: projectId(),
    suiteId: uuid("suite_id")
      .notNull()
      .references(() => suites.id, { onDelete: "cascade" }),
    candidateId: uuid("candidate_id")
      .notNull()
      .references(() => evaluations.id, { onDelete: "cascade" }),
    baselineId: uuid("baseline_id")
      .notNull()
      .references(() => evaluations.id, { onDelete: "cascade" }),
    result: jsonb("result").notNull(),
    tookMs: integer("took_ms").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("comparisons_pair_key").on(t.projectId, t.candidateId, t.baselineId),
    index("comparisons_project_idx").on(t.projectId, t.id),
    index("comparisons_baseline_idx").on(t.baselineId),
  ],
);

/**
 * What was asked for: an evaluation from its first moment, under the id that it will have. Its scores come from a job,
 * or were there; its state is told by that job and by the operation that computes. `failure` is of the scoring.
 */
export const evaluationRequests = pgTable(
  "evaluation_requests",
  {
    id: id(),
    projectId: projectId(),
    suiteId: uuid("suite_id")
      .notNull()
      .references(() => suites.id, { onDelete: "cascade" }),
    loggedModelId: text("logged_model_id").notNull(),
    modelName: text("model_name").notNull(),
    modelRunId: uuid("model_run_id"),
    experimentId: uuid("experiment_id").notNull(),
    datasetId: uuid("dataset_id").notNull(),
    datasetName: text("dataset_name").notNull(),
    datasetVersion: integer("dataset_version").notNull(),
    /** Null where the scores were given. */
    recipe: text("recipe"),
    scoringRunId: uuid("scoring_run_id"),
    jobId: uuid("job_id"),
    scoresPath: text("scores_path"),
    /** Set once, when the scores are there. */
    operationId: uuid("operation_id"),
    failure: text("failure"),
    requestedBy: text("requested_by").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("evaluation_requests_job_key").on(t.jobId),
    index("evaluation_requests_project_idx").on(t.projectId, t.id),
    index("evaluation_requests_model_idx").on(t.projectId, t.loggedModelId, t.id),
  ],
);
