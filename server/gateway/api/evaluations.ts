import { compareEvaluations } from "@/server/domains/evaluations/service/compare-evaluations";
import { createEvaluation } from "@/server/domains/evaluations/service/create-evaluation";
import {
  getComparison,
  listComparisons,
  listDisagreements,
} from "@/server/domains/evaluations/service/read-comparisons";
import { evaluateModel } from "@/server/domains/evaluations/service/evaluate-model";
import { planEvaluation } from "@/server/domains/evaluations/service/plan-evaluation";
import {
  getEvaluation,
  getEvaluationRequest,
  listEvaluationRequests,
  listEvaluations,
} from "@/server/domains/evaluations/service/read-evaluations";
import { applySuite, getSuite, listSuites } from "@/server/domains/evaluations/service/suites";
import { type ApiRoute, projectRoute } from "./route";

const tag = "evaluations";
const started = { status: 202 } as const;

export const evaluationRoutes: ApiRoute[] = [
  projectRoute("post", "/suites", applySuite, tag, "Apply a suite; the same content is the same version"),
  projectRoute("get", "/suites", listSuites, tag, "List suites"),
  projectRoute("get", "/suites/{name}", getSuite, tag, "One suite with its versions"),
  projectRoute("post", "/evaluations", createEvaluation, tag, "Evaluate a logged model's scores by a suite", started),
  projectRoute("get", "/evaluations", listEvaluations, tag, "List evaluations"),
  projectRoute(
    "post",
    "/evaluation-requests",
    evaluateModel,
    tag,
    "Score a logged model by a job, and evaluate it when the scores are there",
    started,
  ),
  projectRoute("get", "/evaluation-requests", listEvaluationRequests, tag, "Evaluations under way, and failed ones"),
  projectRoute(
    "get",
    "/evaluation-requests/{evaluationId}",
    getEvaluationRequest,
    tag,
    "The state of an evaluation that was asked for",
  ),
  projectRoute("get", "/evaluation-plan", planEvaluation, tag, "What a model can be evaluated by, with defaults"),
  projectRoute(
    "get",
    "/evaluations/{evaluationId}",
    getEvaluation,
    tag,
    "One evaluation: metrics, slices, calibration, ROC",
  ),
  projectRoute(
    "post",
    "/comparisons",
    compareEvaluations,
    tag,
    "Compare two evaluations of the same examples",
    started,
  ),
  projectRoute("get", "/comparisons", listComparisons, tag, "List comparisons"),
  projectRoute(
    "get",
    "/comparisons/{comparisonId}",
    getComparison,
    tag,
    "One comparison: paired differences, harm tests",
  ),
  projectRoute(
    "get",
    "/comparisons/{comparisonId}/disagreements",
    listDisagreements,
    tag,
    "Examples on which the two disagree most",
  ),
];
