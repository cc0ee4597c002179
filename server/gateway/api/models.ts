import { getVerdict, judgeVersion, listVerdicts } from "@/server/domains/models/service/judge-version";
import { createModel, getModel, listModels, setGate, updateModel } from "@/server/domains/models/service/models";
import { decidePromotion, listLedger, listPromotions, readLedgerAt, requestPromotion, rollback } from "@/server/domains/models/service/promotions";
import { readExample } from "@/server/domains/models/serving/example";
import { getVersion, listVersions, registerVersion } from "@/server/domains/models/service/versions";
import { type ApiRoute, projectRoute } from "./route";

export const modelRoutes: ApiRoute[] = [
  projectRoute("post", "/models", createModel, "models", "Make a model", { status: 201 }),
  projectRoute("get", "/models", listModels, "models", "List models"),
  projectRoute("get", "/models/{name}", getModel, "models", "One model with its aliases"),
  projectRoute("patch", "/models/{name}", updateModel, "models", "Change the description"),
  projectRoute("put", "/models/{name}/gate", setGate, "models", "Change suite, feature service or who approves (maintainer)"),
  projectRoute("post", "/models/{name}/versions", registerVersion, "models", "Register a version", { status: 201 }),
  projectRoute("get", "/models/{name}/versions", listVersions, "models", "List versions, newest first"),
  projectRoute("get", "/models/{name}/versions/{version}", getVersion, "models", "One version"),
  projectRoute("post", "/models/{name}/versions/{version}/judge", judgeVersion, "models", "Let the gate judge a version", { status: 202 }),
  projectRoute("get", "/models/{name}/verdicts", listVerdicts, "models", "Gate verdicts, newest first"),
  projectRoute("get", "/verdicts/{verdictId}", getVerdict, "models", "One gate verdict with its evidence"),
  projectRoute("get", "/models/{name}/example", readExample, "models", "A row to ask the endpoint with: its newest inference, or one of its dataset"),
  projectRoute("post", "/models/{name}/promotions", requestPromotion, "models", "Ask for a promotion", { status: 201 }),
  projectRoute("get", "/promotions", listPromotions, "models", "List promotions"),
  projectRoute("post", "/promotions/{promotionId}/decision", decidePromotion, "models", "Approve or refuse (a person, signed in)"),
  projectRoute("post", "/models/{name}/rollback", rollback, "models", "Back to what held the alias before"),
  projectRoute("get", "/models/{name}/ledger", listLedger, "models", "What held which alias when"),
  projectRoute("get", "/models/{name}/ledger/at", readLedgerAt, "models", "What held which alias at a moment"),
];
