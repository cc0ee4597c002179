/** Runs and what is logged to them; limits are MLflow's, so that a client meets the same ones. Browser-safe. */
import { z } from "zod";
import type { Money } from "@/server/domains/compute/contract/prices";

export const runStatuses = ["RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"] as const;
export const RunStatus = z.enum(runStatuses);
export type RunStatus = z.infer<typeof RunStatus>;

export const ViewType = z.enum(["ACTIVE_ONLY", "DELETED_ONLY", "ALL"]);
export type ViewType = z.infer<typeof ViewType>;

const wellFormed = (text: string) => !/\p{Surrogate}/u.test(text) && !text.includes("\u0000");
export const StoredText = (max: number) =>
  z.string().max(max, `at most ${max} characters`).refine(wellFormed, "must be storable text");

/** Letters and digits of any script and `_ - . space / :`; no path tricks, for keys become file names in exports. */
const keyPattern = /^[/\p{L}\p{N}_.\- :]+$/u;
export const EntityKey = StoredText(250)
  .min(1)
  .refine((key) => keyPattern.test(key), "may hold letters, digits, and _ - . space : /")
  .refine(
    (key) => !key.startsWith("/") && !key.split("/").some((part) => part === ".." || part === "." || part === ""),
    "must be a clean relative name",
  );

export const ParamInput = z.object({ key: EntityKey, value: StoredText(6_000) });
export const TagInput = z.object({ key: EntityKey, value: StoredText(8_000) });
export const MetricInput = z.object({
  key: EntityKey,
  /** NaN and the infinities are values like others. */
  value: z.union([z.number(), z.nan(), z.literal(Number.POSITIVE_INFINITY), z.literal(Number.NEGATIVE_INFINITY)]),
  timestamp: z.number().int(),
  step: z.number().int().default(0),
  /** The logged model that was measured, and on what. */
  modelId: z.string().max(64).optional(),
  datasetName: StoredText(500).optional(),
  datasetDigest: StoredText(36).optional(),
});
export type MetricInput = z.infer<typeof MetricInput>;

export const RunRef = z.object({ runId: z.uuid() });

/** What becomes of launched runs that are still at work where they are deleted. It must be said then; null: they ask. */
export const RunningChoice = z.enum(["stop", "leave"]).nullable().default(null);
export type RunningChoice = z.output<typeof RunningChoice>;
export const DeleteRunInput = RunRef.extend({ running: RunningChoice });

export const CreateRunInput = z.object({
  experimentNo: z.int32().min(0),
  name: StoredText(500).default(""),
  userName: StoredText(256).default(""),
  startTime: z.number().int().nullable().default(null),
  tags: z.array(TagInput).max(1_000).default([]),
});
export const UpdateRunInput = RunRef.extend({
  status: RunStatus.optional(),
  endTime: z.number().int().nullable().optional(),
  name: StoredText(500).optional(),
});
export const LogBatchInput = RunRef.extend({
  metrics: z.array(MetricInput).max(1_000).default([]),
  params: z.array(ParamInput).max(100).default([]),
  tags: z.array(TagInput).max(100).default([]),
}).refine(
  (batch) => batch.metrics.length + batch.params.length + batch.tags.length <= 1_000,
  "at most 1000 entities in a batch",
);

export const RunInputEntry = z.object({
  name: StoredText(500).min(1),
  digest: StoredText(36).min(1),
  sourceType: StoredText(36),
  source: StoredText(65_535),
  schema: StoredText(1_048_575).nullable().default(null),
  profile: StoredText(16_777_215).nullable().default(null),
  tags: z.array(TagInput).max(100).default([]),
});
/** A model as MLflow's MLmodel file has it, as JSON. */
export const RecordModelInput = RunRef.extend({ modelJson: z.string().max(100_000) });
export const LogInputsInput = RunRef.extend({
  datasets: z.array(RunInputEntry).max(1_000),
  modelIds: z.array(z.string().max(64)).max(1_000).default([]),
});
export const LogOutputsInput = RunRef.extend({
  models: z.array(z.object({ modelId: z.string().max(64), step: z.number().int().default(0) })).max(1_000),
});

const Keys = z.array(EntityKey).max(200);
/** Which metrics, params and tags of each run are given: a run may have thousands. */
export const RunColumns = z.object({ metrics: Keys, params: Keys, tags: Keys });
export type RunColumns = z.infer<typeof RunColumns>;

export const SearchRunsInput = z.object({
  experimentNos: z.array(z.int32().min(0)).max(1_000).nullable().default(null),
  filter: z.string().max(10_000).default(""),
  orderBy: z.array(z.string().max(500)).max(8).default([]),
  view: ViewType.default("ACTIVE_ONLY"),
  pageToken: z.string().max(4_000).nullable().default(null),
  limit: z.number().int().min(1).max(50_000).default(100),
  /** All, where it is not said. */
  columns: RunColumns.nullable().default(null),
});

export const CountRunsInput = SearchRunsInput.pick({ experimentNos: true, filter: true, view: true });
export const RunKeysInput = z.object({ experimentNos: z.array(z.int32().min(0)).min(1).max(100) });
export const SparklinesInput = z.object({
  runIds: z.array(z.uuid()).min(1).max(200),
  key: EntityKey,
  points: z.number().int().min(2).max(100).default(24),
});

export const MetricHistoryInput = RunRef.extend({
  key: EntityKey,
  pageToken: z.string().max(500).nullable().default(null),
  limit: z.number().int().min(1).max(25_000).default(25_000),
});

export const ChartSeriesInput = z.object({
  runIds: z.array(z.uuid()).min(1).max(100),
  keys: z.array(EntityKey).min(1).max(50),
  /** Points a series at most; where there are more, each bucket keeps its first, lowest, highest and last. */
  points: z.number().int().min(10).max(2_000).default(400),
  fromStep: z.number().int().nullable().default(null),
  toStep: z.number().int().nullable().default(null),
});

export type MetricSummary = {
  key: string;
  lastValue: number;
  lastStep: number;
  lastTimestamp: number;
  minValue: number | null;
  minStep: number | null;
  maxValue: number | null;
  maxStep: number | null;
  firstTimestamp: number;
  /** Of points; final once they are sealed, for a repeat may be found there. */
  count: number;
  /** Over finite values; their mean is `valueSum / valueCount`. The sum of some is infinite itself. */
  valueSum: number;
  valueCount: number;
};
export type MetricPoint = { step: number; timestamp: number; value: number };
export type KeyValue = { key: string; value: string };

export type RunInputView = z.infer<typeof RunInputEntry>;

/** What a launch fixed for its run. */
export type LaunchFacts = {
  recipe: string;
  version: number;
  parameters: Record<string, string | number | boolean>;
  inputs: Record<string, string>;
  command: string[];
  clonedFrom: string | null;
};

export type RunView = {
  id: string;
  experimentNo: number;
  experimentName: string;
  name: string;
  status: RunStatus;
  lifecycleStage: "active" | "deleted";
  userName: string;
  startTime: number | null;
  endTime: number | null;
  artifactUri: string;
  parentRunId: string | null;
  jobId: string | null;
  recipeId: string | null;
  launch: LaunchFacts | null;
  failure: string | null;
  metrics: MetricSummary[];
  params: KeyValue[];
  tags: KeyValue[];
};

/** By the recipe that a run was launched from: what it logs, and the units of its parameters. */
export type RunPromises = { metrics: { key: string; direction: "minimize" | "maximize"; unit: string; description: string }[]; units: Record<string, string> };

/** Which end of a metric is better, where the recipes of its runs say so. */
export type BetterEnd = "max" | "min";

export type RunDetail = RunView & { promises: RunPromises | null; /** Jobs that filled it, the newest last: one that was resumed had several. */ jobIds: string[]; /** Null where no prices are set, or it has no job. */ cost: Money | null; inputs: RunInputView[]; modelInputs: string[]; outputs: { modelId: string; step: number }[] };

/** Keys of the latest runs: how many carry each, and for params and tags some of their values. */
export type RunKeys = {
  /** `scoring`: only runs that score a model logged it. */
  metrics: { key: string; runs: number; points: number; scoring?: boolean; better?: BetterEnd }[];
  params: { key: string; runs: number; distinct: number; values: string[] }[];
  tags: { key: string; runs: number; distinct: number; values: string[] }[];
};

export type ChartSeries = { runId: string; key: string; points: MetricPoint[]; total: number };
