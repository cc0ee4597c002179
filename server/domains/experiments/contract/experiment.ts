/** Experiments and logged models. Browser-safe. */
import { z } from "zod";
import { EntityKey, RunningChoice, StoredText, TagInput, ViewType } from "./run";

export const ExperimentName = StoredText(500).min(1, "a name is needed").refine((name) => name.trim() === name, "no blanks at the ends");
export const ExperimentRef = z.object({ experimentNo: z.int32().min(0) });

export const DeleteExperimentInput = ExperimentRef.extend({ running: RunningChoice });

export const CreateExperimentInput = z.object({
  name: ExperimentName,
  artifactLocation: StoredText(2_000).nullable().default(null),
  tags: z.array(TagInput).max(100).default([]),
});
export const ExperimentNameRef = z.object({ name: z.string().max(500) });
export const RenameExperimentInput = ExperimentRef.extend({ name: ExperimentName });
export const ExperimentTagInput = ExperimentRef.extend({ key: EntityKey, value: StoredText(5_000) });
export const ListLoggedDatasetsInput = z.object({ experimentNos: z.array(ExperimentRef.shape.experimentNo).min(1).max(20) });
export const ListExperimentsInput = z.object({
  filter: z.string().max(5_000).default(""),
  orderBy: z.array(z.string().max(500)).max(8).default([]),
  view: ViewType.default("ACTIVE_ONLY"),
  pageToken: z.string().max(4_000).nullable().default(null),
  limit: z.number().int().min(1).max(50_000).default(100),
});

export type ExperimentView = {
  id: string; no: number; name: string; artifactLocation: string; lifecycleStage: "active" | "deleted";
  tags: { key: string; value: string }[]; createdAt: Date; updatedAt: Date; runCount: number; lastRunAt: number | null; running: number;
};

export const LoggedModelId = z.string().regex(/^m-[0-9a-f]{32}$/, "a logged model's id is m- and 32 hex digits");
export const loggedModelStatuses = ["LOGGED_MODEL_PENDING", "LOGGED_MODEL_READY", "LOGGED_MODEL_UPLOAD_FAILED"] as const;
export const LoggedModelStatus = z.enum(loggedModelStatuses);
export const LoggedModelRef = z.object({ modelId: LoggedModelId });
export const CreateLoggedModelInput = ExperimentRef.extend({
  name: StoredText(500).default(""),
  modelType: StoredText(500).nullable().default(null),
  sourceRunId: z.uuid().nullable().default(null),
  params: z.array(z.object({ key: EntityKey, value: StoredText(6_000) })).max(1_000).default([]),
  tags: z.array(TagInput).max(1_000).default([]),
});
export const FinalizeLoggedModelInput = LoggedModelRef.extend({ status: LoggedModelStatus });
export const LoggedModelTagsInput = LoggedModelRef.extend({ tags: z.array(TagInput).max(1_000) });
export const LoggedModelParamsInput = LoggedModelRef.extend({ params: z.array(z.object({ key: EntityKey, value: StoredText(6_000) })).max(1_000) });
export const SearchLoggedModelsInput = z.object({
  experimentNos: z.array(z.int32().min(0)).min(1).max(1_000),
  filter: z.string().max(5_000).default(""),
  /** Metrics in filter and order are those measured on one of these; on any, where none is named. */
  datasets: z.array(z.object({ name: StoredText(500).min(1), digest: StoredText(36).nullable().default(null) })).max(100).default([]),
  orderBy: z.array(z.string().max(500)).max(8).default([]),
  pageToken: z.string().max(4_000).nullable().default(null),
  limit: z.number().int().min(1).max(50_000).default(50),
});

/** What a picker offers: the newest that match every word of `find` in the names of model, run or experiment, or in the id. */
export const ListModelChoicesInput = z.object({
  find: z.string().max(200).default(""),
  /** Offered however old it is. */
  also: LoggedModelId.nullable().default(null),
  limit: z.number().int().min(1).max(500).default(100),
});

export type LoggedModelChoice = { id: string; name: string; runId: string | null; runName: string | null; experimentName: string; createdAt: Date };

export type ModelMetric = { key: string; value: number; step: number; timestamp: number; runId: string; datasetName: string; datasetDigest: string };

export type LoggedModelView = {
  id: string; experimentNo: number; name: string; sourceRunId: string | null; modelType: string | null;
  status: (typeof loggedModelStatuses)[number]; artifactUri: string; params: Record<string, string>; tags: Record<string, string>;
  createdAt: Date; updatedAt: Date;
  /** The latest of each, a run and a dataset. */
  metrics: ModelMetric[];
};
