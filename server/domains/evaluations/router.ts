import { read, router, write } from "@/server/platform/trpc/procedures";
import { compareEvaluations } from "./service/compare-evaluations";
import { createEvaluation } from "./service/create-evaluation";
import { evaluateModel } from "./service/evaluate-model";
import { planEvaluation } from "./service/plan-evaluation";
import { getComparison, listComparisons, listDisagreements } from "./service/read-comparisons";
import { getEvaluation, getEvaluationRequest, listEvaluationRequests, listEvaluations } from "./service/read-evaluations";
import { applySuite, getSuite, listSuites } from "./service/suites";

export const evaluationsRouter = router({
  listSuites: read(listSuites),
  getSuite: read(getSuite),
  listEvaluations: read(listEvaluations),
  getEvaluation: read(getEvaluation),
  listEvaluationRequests: read(listEvaluationRequests),
  getEvaluationRequest: read(getEvaluationRequest),
  planEvaluation: read(planEvaluation),
  listComparisons: read(listComparisons),
  getComparison: read(getComparison),
  listDisagreements: read(listDisagreements),
  applySuite: write(applySuite),
  createEvaluation: write(createEvaluation),
  evaluateModel: write(evaluateModel),
  compareEvaluations: write(compareEvaluations),
});
