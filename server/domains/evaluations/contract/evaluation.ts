/** Inputs and views of the verbs on suites, evaluations and comparisons. Browser-safe. */
import { z } from "zod";
import { LoggedModelId } from "@/server/domains/experiments/contract/experiment";
import { RecipeName } from "@/server/domains/experiments/contract/recipe";
import { disagreementOrders } from "./disagreement-orders";
import type { ComparisonResult, Estimate, EvaluationResult, MetricName, Support } from "./result";
import { SuiteDefinition } from "./suite";

const SuiteName = SuiteDefinition.shape.name;
const Limit = z.number().int().min(1).max(200).default(50);
/** The last id of the page before. */
const After = z.uuid().nullable().default(null);

export const ApplySuiteInput = z.object({ definition: SuiteDefinition });
export const ListSuitesInput = z.object({});
export const SuiteRef = z.object({ name: SuiteName, version: z.int32().min(1).nullable().default(null) });

/** Parquet with the suite's id column and `score`, the probability of label 1: uploaded, or an artifact of a run. */
export const ScoresSource = z.union([
  z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/, "a SHA-256 in hex") }),
  z.strictObject({ runId: z.uuid(), path: z.string().min(1).max(1_000) }),
]);
export type ScoresSource = z.infer<typeof ScoresSource>;

export const CreateEvaluationInput = z.object({
  suite: SuiteName,
  loggedModelId: LoggedModelId,
  /** A dataset's id or name (its newest version); without it the suite's own. */
  dataset: z.string().min(1).max(100).nullable().default(null),
  scores: ScoresSource,
});
/** A dataset's id or name (its newest version); without one the suite's own. Without a recipe, the one that fits. */
export const EvaluateModelInput = CreateEvaluationInput.omit({ scores: true }).extend({
  recipe: RecipeName.nullable().default(null),
});
export const PlanEvaluationInput = z.object({ loggedModelId: LoggedModelId.nullable().default(null) });
export const EvaluationRef = z.object({ evaluationId: z.uuid() });
export const ListEvaluationsInput = z.object({
  suite: SuiteName.nullable().default(null),
  suiteVersion: z.int32().min(1).nullable().default(null),
  loggedModelId: LoggedModelId.nullable().default(null),
  datasetId: z.uuid().nullable().default(null),
  after: After,
  limit: Limit,
});
export const ListRequestsInput = z.object({ limit: Limit });

export const CompareEvaluationsInput = z
  .object({ candidateId: z.uuid(), baselineId: z.uuid() })
  .refine((pair) => pair.candidateId !== pair.baselineId, {
    message: "an evaluation is not compared with itself",
    path: ["baselineId"],
  });
export const ComparisonRef = z.object({ comparisonId: z.uuid() });
export const ListComparisonsInput = z.object({
  /** Those that have this evaluation on either side. */
  evaluationId: z.uuid().nullable().default(null),
  suite: SuiteName.nullable().default(null),
  after: After,
  limit: Limit,
});
export const ListDisagreementsInput = ComparisonRef.extend({
  /** By |score difference|, or by how much more (harm) or less (gain) the candidate loses on the example. */
  order: z.enum(disagreementOrders).default("difference"),
  limit: z.number().int().min(1).max(500).default(50),
});

export type SuiteVersionView = { id: string; name: string; version: number };
export type SuiteView = SuiteVersionView & {
  isCurrent: boolean;
  definition: SuiteDefinition;
  contentSha256: string;
  appliedBy: string;
  createdAt: Date;
};
export type SuiteDetail = SuiteView & {
  versions: { version: number; isCurrent: boolean; appliedBy: string; createdAt: Date }[];
};

export type EvaluationSummary = {
  id: string;
  suite: SuiteVersionView;
  model: { id: string; name: string; runId: string | null };
  dataset: { id: string; name: string; version: number };
  /** Of its dataset's newest skew check: the share of values that differ online; null where none has compared any. */
  skewShare: number | null;
  scoringRunId: string | null;
  support: Support;
  metrics: Record<MetricName, Estimate>;
  createdBy: string;
  createdAt: Date;
};
export type EvaluationView = EvaluationSummary & {
  definition: SuiteDefinition;
  result: EvaluationResult;
  scoresSha256: string;
  /** Two evaluations of one suite version with the same digest can be compared. */
  examplesDigest: string;
  tookMs: number;
};

export const requestStates = ["scoring", "computing", "done", "failed"] as const;
/** An evaluation from the moment it was asked for; `evaluationId` is that of an earlier one where the content is the same. */
export type EvaluationRequestView = {
  id: string;
  suite: SuiteVersionView;
  model: { id: string; name: string; runId: string | null };
  dataset: { id: string; name: string; version: number };
  recipe: string | null;
  scoringRunId: string | null;
  jobId: string | null;
  operationId: string | null;
  state: (typeof requestStates)[number];
  /** Of the computation: what it does now, and how far it is. */
  stage: string;
  progress: number | null;
  reason: string | null;
  evaluationId: string | null;
  requestedBy: string;
  createdAt: Date;
};

export type ModelChoice = { id: string; name: string; runId: string | null; runName: string | null; createdAt: Date };
export type SuiteChoice = { name: string; version: number; dataset: string; split: string; description: string };
export type DatasetChoice = { id: string; name: string; version: number; rows: number; splits: string[] };
export type RecipeChoice = { name: string; version: number; description: string };
/** What can be evaluated by what, with what was used last for this model or its experiment. */
export type EvaluationPlan = {
  models: ModelChoice[];
  suites: SuiteChoice[];
  datasets: DatasetChoice[];
  recipes: RecipeChoice[];
  chosen: { loggedModelId: string | null; suite: string | null; datasetId: string | null; recipe: string | null };
};

export type ComparisonSummary = {
  id: string;
  suite: SuiteVersionView;
  candidate: EvaluationSummary;
  baseline: EvaluationSummary;
  overall: ComparisonResult["overall"];
  /** In how many slices the candidate is worse, whatever it is overall. */
  worseSlices: number;
  createdAt: Date;
};
export type ComparisonView = ComparisonSummary & {
  definition: SuiteDefinition;
  result: ComparisonResult;
  tookMs: number;
};

export type Disagreement = {
  id: string;
  label: 0 | 1;
  cluster: string | null;
  candidate: number;
  baseline: number;
  difference: number;
  /** Log-loss of the candidate less that of the baseline, on this example. */
  lossDifference: number;
  slices: Record<string, string | number | null>;
};
